import type { Span } from "../../model/source.js";
import type { Call, Expression } from "../../python/syntax/syntax.js";
import { calleeName, findArgument } from "../../python/syntax/walk.js";
import { evaluate } from "../evaluate/evaluate.js";
import { testInProduction } from "../evaluate/production-test.js";
import type { Scope } from "../evaluate/scope.js";
import { isTruthy } from "../evaluate/value.js";
import { constantOf } from "../facts/module-value.js";
import { readComprehension } from "./list-comprehension.js";
import { type ListReader, notKnown, sourceOf } from "./list-reader.js";
import {
  EMPTY_LIST,
  either,
  joinAll,
  type ListAlternatives,
  type ListValue,
  unknownList,
} from "./list-value.js";

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
        ? (reader.attribute(expression.object.id, expression.name, expression.span) ??
            notKnown(expression, reader))
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
  if (typeof text === "string") return [one(text, item.span)];
  const origin = originIn(item, reader);
  return origin === undefined
    ? notKnown(item, reader)
    : [{ ...one(origin, item.span), unknown: [sourceOf(item, reader)] }];
}

/** `https://*.{DOMAIN}`: of an origin the beginning tells enough, whatever the names in it hold. */
function originIn(item: Expression, reader: ListReader): string | undefined {
  const parts = partsOf(item).map((part) => {
    if (typeof part === "string") return part;
    const value = constantOf(evaluate(part, reader.scope));
    return typeof value === "string" ? value : `{${sourceOf(part, reader)}}`;
  });
  const text = parts.join("");
  return /^(?:https?|\{[\w.]+\}):\/\//.test(text) ? text : undefined;
}

function partsOf(item: Expression): readonly (string | Expression)[] {
  if (item.kind === "string") return item.parts;
  return item.kind === "binary" && item.operator === "+"
    ? [item.left, item.right].flatMap((side) =>
        side.kind === "string" || side.kind === "binary" ? partsOf(side) : [side],
      )
    : [item];
}

function one(text: string, span: Span): ListValue {
  return { ...EMPTY_LIST, elements: [{ text, span }] };
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
  return readSplit(call, reader) ?? readDefault(call, reader, inner);
}

/** `os.environ.get("X", "a,b").split(",")`, and decouple's `config("X", default="a,b", cast=Csv())`. */
function readSplit(call: Call, reader: ListReader): ListAlternatives | undefined {
  const { callee, args } = call;
  const cast = findArgument(call, "cast")?.value;
  const isCsv = cast?.kind === "call" && calleeName(cast)?.endsWith("Csv") === true;
  const text = isCsv
    ? findArgument(call, "default", 1)?.value
    : callee.kind === "attribute" && callee.name === "split"
      ? callee.object
      : undefined;
  if (text === undefined) return undefined;
  const value = evaluate(text, reader.scope);
  const constant = constantOf(value);
  if (typeof constant !== "string") return undefined;
  const separator = isCsv ? "," : constantOf(evaluate(args[0]?.value ?? BLANK, reader.scope));
  if (typeof separator !== "string" || separator === "") return undefined;
  const elements = constant
    .split(separator)
    .map((one) => ({ text: one.trim(), span: text.span }))
    .filter((one) => one.text !== "");
  const unknown = value.kind === "literal" && !isCsv ? [] : [sourceOf(call, reader)];
  return [{ ...EMPTY_LIST, elements, unknown }];
}

const BLANK: Expression = {
  kind: "string",
  value: " ",
  parts: [" "],
  bytes: false,
  span: { start: 0, end: 0, startLine: 0, endLine: 0 },
};

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
