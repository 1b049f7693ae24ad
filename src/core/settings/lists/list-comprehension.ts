import type { Expression, OtherExpression } from "../../python/syntax/syntax.js";
import { walkExpressions } from "../../python/syntax/walk.js";
import { evaluate } from "../evaluate/evaluate.js";
import type { Scope } from "../evaluate/scope.js";
import { type Constant, isTruthy, literal } from "../evaluate/value.js";
import { constantOf } from "../facts/module-value.js";
import { type ListReader, notKnown, sourceOf } from "./list-reader.js";
import { EMPTY_LIST, type ListAlternatives, type ListValue } from "./list-value.js";

/**
 * `[m for m in MIDDLEWARE if m != "..."]`: what the condition drops is taken out by name.
 * `[f"https://{host}" for host in HOSTS]`: a list of other texts.
 */
export function readComprehension(
  expression: OtherExpression,
  reader: ListReader,
  inner: (expression: Expression) => ListAlternatives,
): ListAlternatives {
  const [result, each, ...conditions] = expression.children;
  if (
    !/^(?:list_comprehension|generator_expression|set_comprehension)$/.test(expression.type) ||
    result === undefined ||
    each?.kind !== "other" ||
    each.type !== "for_in_clause"
  ) {
    return notKnown(expression, reader);
  }
  const [target, subject] = each.children;
  if (target?.kind !== "name" || subject === undefined) return notKnown(expression, reader);
  const { id } = target;
  const tests = conditions.flatMap((one) => (one.kind === "other" ? one.children : [one]));
  const kept = inner(subject).map((list) => filter(list, id, tests, expression, reader));
  if (result.kind === "name" && result.id === id) return kept;
  return kept.map((list) => become(list, id, result, expression, reader));
}

/** Each element as `result` makes another text of it; what cannot be told is not known. */
function become(
  list: ListValue,
  name: string,
  result: Expression,
  whole: Expression,
  reader: ListReader,
): ListValue {
  const texts = list.elements.map(({ text }) => valueWith(result, name, text, reader.scope));
  const elements = texts.flatMap((text) =>
    typeof text === "string" ? [{ text, span: whole.span }] : [],
  );
  const isKnown = elements.length === texts.length && list.unknown.length === 0;
  return { ...EMPTY_LIST, elements, unknown: isKnown ? [] : [sourceOf(whole, reader)] };
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
  const value = valueWith(test, name, text, scope);
  return value === undefined ? undefined : isTruthy(value);
}

function valueWith(
  expression: Expression,
  name: string,
  text: string,
  scope: Scope,
): Constant | undefined {
  return constantOf(
    evaluate(expression, {
      ...scope,
      lookup: (other) => (other === name ? literal(text) : scope.lookup(other)),
    }),
  );
}
