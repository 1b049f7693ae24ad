import type { Span } from "../../model/source.js";
import type { Call, Expression } from "../../python/syntax/syntax.js";
import { dottedName } from "../../python/syntax/walk.js";
import { evaluate } from "../evaluate/evaluate.js";
import { readArguments } from "../evaluate/mapping.js";
import type { Scope } from "../evaluate/scope.js";

/** A written name. */
export interface Write {
  readonly name: string;
  /** Undefined when it cannot be told apart. */
  readonly value: Expression | undefined;
  /** Where name and value stand together, apart from what writes them. */
  readonly span?: Span;
}

/** What a call writes into a namespace. */
export interface Writes {
  readonly named: readonly Write[];
  /** It may write any other name, too. */
  readonly others: boolean;
}

const NOTHING: Writes = { named: [], others: false };

/**
 * The names that a call writes into a namespace: `globals().update({...})`, `.update(X=v)`,
 * `.__setitem__("X", v)` and `setattr(sys.modules[__name__], "X", v)`.
 */
export function writesTo(
  call: Call,
  isNamespace: (expression: Expression) => boolean,
  scope: Scope,
): Writes {
  const { callee, args } = call;
  if (callee.kind === "attribute" && isNamespace(callee.object)) {
    const [name, value] = args;
    if (callee.name === "update") return updateWrites(call, scope);
    if (callee.name === "__setitem__") return pairWrite(name?.value, value?.value, scope);
    return callee.name === "pop" ? pairWrite(name?.value, undefined, scope) : NOTHING;
  }
  if (callee.kind !== "name" || callee.id !== "setattr") return NOTHING;
  const [object, name, value] = args;
  return object && isOwnModule(object.value)
    ? pairWrite(name?.value, value?.value, scope)
    : NOTHING;
}

/** What `f({"X": v}, X=v)` passes by name. */
export function updateWrites(call: Call, scope: Scope): Writes {
  const { entries, complete } = readArguments(call, scope);
  return {
    named: entries.map(({ key, value, span }) => ({ name: key, value, span })),
    others: !complete,
  };
}

export function pairWrite(
  name: Expression | undefined,
  value: Expression | undefined,
  scope: Scope,
): Writes {
  if (name === undefined) return NOTHING;
  const known = evaluate(name, scope);
  return known.kind === "literal" && typeof known.value === "string"
    ? { named: [{ name: known.value, value }], others: false }
    : { named: [], others: true };
}

/** `sys.modules[__name__]` */
export function isOwnModule(expression: Expression): boolean {
  if (expression.kind !== "subscript" || dottedName(expression.object) !== "sys.modules") {
    return false;
  }
  const [index] = expression.indices;
  return index?.kind === "name" && index.id === "__name__";
}
