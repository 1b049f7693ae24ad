import type { Call, Comparison, Expression, Subscript } from "../../python/syntax/syntax.js";
import { calleeName, findArgument } from "../../python/syntax/walk.js";
import { isEnviron, readEnvironment } from "./environment.js";
import { entryOf } from "./mapping.js";
import { comparisonInProduction, isDebugName, nameInProduction } from "./production-test.js";
import { compareConstants, duration, FUNCTIONS, METHODS, operate } from "./python-functions.js";
import type { Scope } from "./scope.js";
import {
  type AbstractValue,
  bind,
  type Constant,
  fromEnvironment,
  inProduction,
  isDuration,
  isTruthy,
  literal,
  map,
  map2,
  oneOf,
  REQUIRED,
  UNKNOWN,
} from "./value.js";
import { isSetByPlatform } from "./variable-test.js";

/** Deeper expressions than any settings file holds; beyond it the answer is "not known". */
const MAX_DEPTH = 40;

type Inner = (expression: Expression) => AbstractValue;

/** What a settings expression evaluates to, as far as the text tells. */
export function evaluate(expression: Expression, scope: Scope, depth = 0): AbstractValue {
  if (depth > MAX_DEPTH) return UNKNOWN;
  const inner = (one: Expression) => evaluate(one, scope, depth + 1);
  if (isDebugName(expression)) return inProduction("DEBUG", literal(false));
  switch (expression.kind) {
    case "string":
      return expression.parts
        .map((part) => (typeof part === "string" ? literal(part) : inner(part)))
        .reduce((whole, part) => map2(whole, part, join), literal(""));
    case "number":
      return expression.value === undefined ? UNKNOWN : literal(expression.value);
    case "constant":
      return literal(expression.value);
    case "name":
      return named(expression, scope);
    case "list":
    case "tuple":
    case "set":
      return collect(expression.items.map(inner));
    case "dictionary":
      return expression.entries.length === 0 ? literal([]) : UNKNOWN;
    case "unary":
      return map(inner(expression.operand), (it) => negate(expression.operator, it));
    case "binary":
      return map2(inner(expression.left), inner(expression.right), (a, b) =>
        operate(expression.operator, a, b),
      );
    case "boolean":
      return bind(inner(expression.left), (it) =>
        isTruthy(it) === (expression.operator === "or") ? literal(it) : inner(expression.right),
      );
    case "comparison":
      return compare(expression, scope, inner);
    case "conditional":
      return choose(inner(expression.test), expression.body, expression.orelse, inner);
    case "walrus":
      return inner(expression.value);
    case "subscript":
      return isEnviron(expression.object, scope) ? REQUIRED : entry(expression, scope, depth);
    case "attribute":
      return map(inner(expression.object), (it) =>
        isDuration(it) && expression.name === "days" ? Math.floor(it.seconds / 86_400) : undefined,
      );
    case "call":
      return call(expression, scope, inner);
    default:
      return UNKNOWN;
  }
}

/** An entry is one step of many: tables may name each other, and themselves. */
const ENTRY_DEPTH = 25;
/** Characters; longer values of a table are no flags. */
const MAX_ENTRY = 500;

function entry(expression: Subscript, scope: Scope, depth: number): AbstractValue {
  const value = entryOf(expression, scope);
  return value === undefined || value.span.end - value.span.start > MAX_ENTRY
    ? UNKNOWN
    : evaluate(value, scope, depth + ENTRY_DEPTH);
}

/** `PRODUCTION`, `IS_PROD`: what cannot be computed holds in production by its name. */
function named(name: Extract<Expression, { kind: "name" }>, scope: Scope): AbstractValue {
  const value = scope.lookup(name.id);
  return value.kind === "unknown" && nameInProduction(name) === true
    ? inProduction("environment name", literal(true))
    : value;
}

/** What an f-string makes of its parts; how it prints other values than texts and numbers is left open. */
function join(whole: Constant, part: Constant): Constant | undefined {
  const prints = typeof part === "string" || Number.isInteger(part);
  return typeof whole === "string" && prints ? `${whole}${String(part)}` : undefined;
}

function negate(operator: string, value: Constant): Constant | undefined {
  if (operator === "not") return !isTruthy(value);
  if (typeof value !== "number") return undefined;
  if (operator === "-") return -value;
  return operator === "+" ? value : undefined;
}

function collect(values: readonly AbstractValue[]): AbstractValue {
  const items: Constant[] = [];
  for (const value of values) {
    if (value.kind !== "literal") return UNKNOWN;
    items.push(value.value);
  }
  return literal(items);
}

function choose(
  test: AbstractValue,
  body: Expression,
  orelse: Expression,
  inner: Inner,
): AbstractValue {
  return test.kind === "unknown" || test.kind === "inherited" || test.kind === "unset"
    ? oneOf([inner(body), inner(orelse)])
    : bind(test, (it) => inner(isTruthy(it) ? body : orelse));
}

function compare(comparison: Comparison, scope: Scope, inner: Inner): AbstractValue {
  const inProductionHolds = comparisonInProduction(comparison);
  if (inProductionHolds !== undefined) {
    return inProduction("environment name", literal(inProductionHolds));
  }
  const [left, right] = comparison.operands;
  const [operator] = comparison.operators;
  if (!left || !right || !operator || comparison.operators.length > 1) return UNKNOWN;
  if (isEnviron(right, scope)) {
    const isServed = left.kind === "string" && isSetByPlatform(left.value ?? "");
    if (isServed && (operator === "in" || operator === "not in")) {
      return inProduction("environment name", literal(operator === "in"));
    }
    if (operator === "in") return fromEnvironment(literal(false));
    return operator === "not in" ? fromEnvironment(literal(true)) : UNKNOWN;
  }
  return map2(inner(left), inner(right), (a, b) => compareConstants(operator, a, b));
}

function call(expression: Call, scope: Scope, inner: Inner): AbstractValue {
  const read = readEnvironment(expression, scope, inner);
  if (read !== undefined) return read;
  const { callee, args } = expression;
  if (callee.kind === "attribute" && (args.length === 0 || /^(?:en|de)code$/.test(callee.name))) {
    const method = own(METHODS, callee.name);
    return method ? map(inner(callee.object), method) : UNKNOWN;
  }
  if (
    callee.kind === "attribute" &&
    args.length === 1 &&
    /^(?:start|end)swith$/.test(callee.name)
  ) {
    const isStart = callee.name === "startswith";
    return map2(inner(callee.object), inner(args[0]?.value ?? callee), (text, part) =>
      typeof text === "string" && typeof part === "string"
        ? isStart
          ? text.startsWith(part)
          : text.endsWith(part)
        : undefined,
    );
  }
  const name = (calleeName(expression) ?? "").split(".").at(-1) ?? "";
  if (name === "timedelta") return timedelta(expression, inner);
  if (name === "isinstance") return isText(expression, inner);
  const [first] = args;
  const compute = own(FUNCTIONS, name);
  if (!compute || !first || first.unpack) return UNKNOWN;
  return args.length === 1 ? map(inner(first.value), compute) : UNKNOWN;
}

/** `isinstance(value, str)`: whether a variable was set tells it from a default that is no text. */
function isText({ args }: Call, inner: Inner): AbstractValue {
  const [value, type] = args;
  const isOfText =
    type?.value.kind === "name" && /^(?:str|basestring|unicode)$/.test(type.value.id);
  return value && isOfText ? map(inner(value.value), (it) => typeof it === "string") : UNKNOWN;
}

function timedelta(expression: Call, inner: Inner): AbstractValue {
  let sum: AbstractValue = literal({ seconds: 0 });
  for (const arg of expression.args) {
    const unit = arg.name ?? (arg === findArgument(expression, undefined, 0) ? "days" : "");
    const part = map(inner(arg.value), (it) =>
      typeof it === "number" ? duration(unit, it) : undefined,
    );
    sum = map2(sum, part, (a, b) => operate("+", a, b));
  }
  return sum;
}

/** A record is asked for its own keys only: `constructor` is a name in Python too. */
function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
