import type { Span } from "../../model/source.js";
import type { Call, Expression, Subscript } from "../../python/syntax/syntax.js";
import { calleeName } from "../../python/syntax/walk.js";
import type { Scope } from "./scope.js";

export interface Entry {
  readonly key: string;
  readonly value: Expression;
  /** Key and value. */
  readonly span: Span;
}

/** What a mapping holds, in order: the last of two entries with one key counts. */
export interface Mapping {
  readonly entries: readonly Entry[];
  /** It holds nothing else; otherwise any entry may be another one. */
  readonly complete: boolean;
}

const UNREAD: Mapping = { entries: [], complete: false };
/** Names and parts that are followed, one into the other. */
const MAX_STEPS = 4;
/** Entries of one table, and tables that it takes in: more than any settings file has. */
const MAX_ENTRIES = 200;
const MAX_SPREADS = 8;
/** Those that are complete: of another one each rule has to ask what it lacks. */
const COMPLETE = new WeakMap<Expression, Mapping>();

/** Reads `{"X": v, **more}`, `dict(more, X=v)`, `one | another`, and names of these. */
export function readMapping(expression: Expression, scope: Scope, step = 0): Mapping {
  const known = COMPLETE.get(expression);
  if (known !== undefined || step > MAX_STEPS) return known ?? UNREAD;
  const found = readParts(expression, scope, step);
  if (found.complete) COMPLETE.set(expression, found);
  return found;
}

function readParts(expression: Expression, scope: Scope, step: number): Mapping {
  const read = (one: Expression) => readMapping(one, scope, step + 1);
  switch (expression.kind) {
    case "dictionary":
      return isTooLarge(expression.entries, ({ key }) => key === undefined)
        ? UNREAD
        : join(
            expression.entries.map(({ key, value }) =>
              key === undefined ? read(value) : entry(key, value),
            ),
          );
    case "call":
      return calleeName(expression) === "dict" ? argumentsOf(expression, read) : UNREAD;
    case "binary":
      return expression.operator === "|"
        ? join([read(expression.left), read(expression.right)])
        : UNREAD;
    case "name": {
      const value = scope.assigned(expression.id);
      const { entries, complete } = value === undefined ? UNREAD : read(value);
      return { entries, complete: complete && !scope.changes(expression.id) };
    }
    case "subscript": {
      const value = entryOf(expression, scope, step + 1);
      return value === undefined ? UNREAD : read(value);
    }
    default:
      return UNREAD;
  }
}

/** The value that `mapping["key"]` stands for; undefined where that is not certain. */
export function entryOf(
  { object, indices }: Subscript,
  scope: Scope,
  step = 0,
): Expression | undefined {
  const [key] = indices;
  if (key?.kind !== "string") return undefined;
  const { entries, complete } = readMapping(object, scope, step);
  return complete ? entries.findLast((one) => one.key === key.value)?.value : undefined;
}

/** What a call is given by name, as in `update({"X": v}, Y=v, **more)`. */
export function readArguments(call: Call, scope: Scope): Mapping {
  return argumentsOf(call, (one) => readMapping(one, scope));
}

function argumentsOf(call: Call, read: (one: Expression) => Mapping): Mapping {
  if (isTooLarge(call.args, ({ name }) => name === undefined)) return UNREAD;
  return join(
    call.args.map(({ name, value, span }) =>
      name === undefined ? read(value) : { entries: [{ key: name, value, span }], complete: true },
    ),
  );
}

function entry(key: Expression, value: Expression): Mapping {
  const isPlain = key.kind === "string" && key.value !== undefined;
  const span = { ...key.span, end: value.span.end, endLine: value.span.endLine };
  return isPlain ? { entries: [{ key: key.value, value, span }], complete: true } : UNREAD;
}

function isTooLarge<T>(parts: readonly T[], isSpread: (part: T) => boolean): boolean {
  return parts.length > MAX_ENTRIES || parts.filter(isSpread).length > MAX_SPREADS;
}

function join(parts: readonly Mapping[]): Mapping {
  return {
    entries: parts.flatMap(({ entries }) => entries),
    complete: parts.every(({ complete }) => complete),
  };
}
