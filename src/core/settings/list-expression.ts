import type { Span } from "../model/source.js";
import type { Call, Expression, OtherExpression } from "../python/syntax.js";
import { findArgument, walkExpressions } from "../python/walk.js";
import { evaluate } from "./evaluate.js";
import {
  EMPTY_LIST,
  either,
  joinAll,
  type ListAlternatives,
  type ListValue,
  unknownList,
} from "./list-value.js";
import { constantOf } from "./module-value.js";
import { testInProduction } from "./production-test.js";
import type { Scope } from "./scope.js";
import { isTruthy, literal } from "./value.js";

/** What a list expression may refer to. */
export interface ListReader {
  readonly scope: Scope;
  readonly text: string;
  /** The list a name holds at this point. */
  list(name: string): ListAlternatives | undefined;
  /** `Base.MIDDLEWARE`: a list of a class of the module. */
  attribute(owner: string, name: string): ListAlternatives | undefined;
}

/** Deeper expressions than any settings file holds. */
const MAX_DEPTH = 40;

/** The lists that an expression can be. */
export function readList(expression: Expression, reader: ListReader, depth = 0): ListAlternatives {
  if (depth > MAX_DEPTH) return notKnown(expression, reader);
  const inner = (one: Expression) => readList(one, reader, depth + 1);
  switch (expression.kind) {
    case "list":
    case "tuple":
    case "set":
      return expression.items.reduce<ListAlternatives>(
        (list, item) =>
          joinAll(list, item.kind === "starred" ? inner(item.value) : readElement(item, reader)),
        [EMPTY_LIST],
      );
    case "binary":
      return expression.operator === "+"
        ? joinAll(inner(expression.left), inner(expression.right))
        : notKnown(expression, reader);
    case "name":
      return reader.list(expression.id) ?? notKnown(expression, reader);
    case "attribute":
      return expression.object.kind === "name"
        ? (reader.attribute(expression.object.id, expression.name) ?? notKnown(expression, reader))
        : notKnown(expression, reader);
    case "conditional": {
      const holds = holdsInProduction(expression.test, reader.scope);
      if (holds !== undefined) return inner(holds ? expression.body : expression.orelse);
      return either([...inner(expression.body), ...inner(expression.orelse)]);
    }
    case "subscript":
      return inner(expression.object).map((list) => cut(list, sourceOf(expression, reader)));
    case "call":
      return readCall(expression, reader, inner);
    case "other":
      return readComprehension(expression, reader, inner);
    default:
      return notKnown(expression, reader);
  }
}

/** The truth of a test where the site serves; undefined when the text does not say. */
export function holdsInProduction(test: Expression, scope: Scope): boolean | undefined {
  const named = testInProduction(test);
  if (named !== undefined) return named;
  const value = constantOf(evaluate(test, scope));
  return value === undefined ? undefined : isTruthy(value);
}

export function readElement(item: Expression, reader: ListReader): ListAlternatives {
  const text = constantOf(evaluate(item, reader.scope));
  return typeof text === "string" ? [one(text, item.span)] : notKnown(item, reader);
}

function one(text: string, span: Span): ListValue {
  return { ...EMPTY_LIST, elements: [{ text, span }] };
}

function notKnown(expression: Expression, reader: ListReader): ListAlternatives {
  return unknownList(sourceOf(expression, reader));
}

function sourceOf({ span }: Expression, { text }: ListReader): string {
  return text.slice(span.start, span.end);
}

/** A part of a list: which elements are in it is not computed, so none of them is surely missing. */
function cut(list: ListValue, source: string): ListValue {
  return { ...list, unknown: [...list.unknown, source], ordered: false };
}

const COPIES: ReadonlySet<string> = new Set(["list", "tuple", "set", "deepcopy"]);

function readCall(
  call: Call,
  reader: ListReader,
  inner: (expression: Expression) => ListAlternatives,
): ListAlternatives {
  const { callee, args } = call;
  const [first] = args;
  if (callee.kind === "name" && COPIES.has(callee.id)) {
    if (first === undefined) return [EMPTY_LIST];
    if (args.length === 1 && first.unpack === undefined) return inner(first.value);
  }
  if (callee.kind === "attribute" && callee.name === "copy" && args.length === 0) {
    return inner(callee.object);
  }
  return readDefault(call, reader, inner);
}

/** `env.list("X", default=[...])`: the default holds where the variable is missing. */
function readDefault(
  call: Call,
  reader: ListReader,
  inner: (expression: Expression) => ListAlternatives,
): ListAlternatives {
  const fallback =
    findArgument(call, "default")?.value ??
    call.args.find((arg) => arg.name === undefined && isCollection(arg.value))?.value;
  const source = sourceOf(call, reader);
  if (fallback === undefined || !isCollection(fallback)) return unknownList(source);
  return inner(fallback).map((list) => ({ ...list, unknown: [...list.unknown, source] }));
}

function isCollection(expression: Expression): boolean {
  return expression.kind === "list" || expression.kind === "tuple";
}

/** `[m for m in MIDDLEWARE if m != "..."]`: what the condition drops is taken out by name. */
function readComprehension(
  expression: OtherExpression,
  reader: ListReader,
  inner: (expression: Expression) => ListAlternatives,
): ListAlternatives {
  const [result, each, ...conditions] = expression.children;
  if (
    !/^(?:list_comprehension|generator_expression|set_comprehension)$/.test(expression.type) ||
    result?.kind !== "name" ||
    each?.kind !== "other" ||
    each.type !== "for_in_clause"
  ) {
    return notKnown(expression, reader);
  }
  const [target, subject] = each.children;
  if (target?.kind !== "name" || target.id !== result.id || subject === undefined) {
    return notKnown(expression, reader);
  }
  const tests = conditions.flatMap((one) => (one.kind === "other" ? one.children : [one]));
  return inner(subject).map((list) => filter(list, target.id, tests, expression, reader));
}

function filter(
  list: ListValue,
  name: string,
  tests: readonly Expression[],
  whole: Expression,
  reader: ListReader,
): ListValue {
  const truth = (text: string) => tests.map((test) => truthOf(test, name, text, reader.scope));
  const kept = list.elements.filter(({ text }) => !truth(text).includes(false));
  const undecided = kept.some(({ text }) => truth(text).includes(undefined));
  // What is compared by name is dropped also from the part of the list that is not known.
  const named = tests.flatMap((test) =>
    [...walkExpressions(test)].flatMap((one) =>
      one.kind === "string" && one.value !== undefined ? [one.value] : [],
    ),
  );
  const dropped = named
    .filter((text) => truth(text).includes(false))
    .map((text) => ({ text, span: whole.span }));
  const lost = list.elements
    .filter((element) => !kept.includes(element))
    .map(({ text }) => ({ text, span: whole.span }));
  return {
    ...list,
    elements: kept,
    unknown: undecided
      ? [...list.unknown, reader.text.slice(whole.span.start, whole.span.end)]
      : list.unknown,
    removed: [...list.removed, ...lost, ...dropped],
  };
}

function truthOf(test: Expression, name: string, text: string, scope: Scope): boolean | undefined {
  const value = constantOf(
    evaluate(test, {
      ...scope,
      lookup: (other) => (other === name ? literal(text) : scope.lookup(other)),
    }),
  );
  return value === undefined ? undefined : isTruthy(value);
}
