import type {
  Attribute,
  Expression,
  OtherExpression,
  Subscript,
} from "../../python/syntax/syntax.js";
import { dottedName } from "../../python/syntax/walk.js";
import { lastBinding, type Scope } from "../bindings/scopes.js";
import { IDENTIFIER_ATTRIBUTES } from "./call-words.js";
import { describeCall } from "./describe-call.js";
import {
  IDENTIFIER,
  INERT,
  merge,
  named,
  OPAQUE,
  picked,
  type ValueContext,
  type ValueFacts,
  type ValueName,
} from "./value-facts.js";

/** Steps into an expression, after which it is taken as opaque. */
const MAX_STEPS = 16;
/** Local variables that are followed, one into the other. */
const MAX_HOPS = 3;
/** Expressions that are looked at for one value: each variable may be made of many others. */
const MAX_LOOKS = 2_000;

export function describeValue(value: Expression | undefined, scope: Scope): ValueFacts {
  return value === undefined
    ? OPAQUE
    : describe(value, {
        scope,
        aliased: false,
        hops: 0,
        steps: 0,
        looks: { left: MAX_LOOKS },
        describe,
      });
}

function describe(value: Expression, context: ValueContext): ValueFacts {
  if (context.steps > MAX_STEPS || --context.looks.left < 0) return OPAQUE;
  const next = { ...context, steps: context.steps + 1 };
  switch (value.kind) {
    case "constant":
    case "number":
    case "comparison":
      return INERT;
    case "unary":
      return value.operator === "not" ? INERT : describe(value.operand, next);
    case "string":
      return describeParts(value.value, value.parts, next);
    case "boolean":
    case "binary":
      return merge([describe(value.left, next), describe(value.right, next)]);
    case "conditional":
      return merge([describe(value.body, next), describe(value.orelse, next)]);
    case "await":
    case "walrus":
    case "starred":
      return describe(value.value, next);
    case "list":
    case "tuple":
    case "set":
      return value.items.length === 0
        ? INERT
        : merge(value.items.map((item) => describe(item, next)));
    case "dictionary":
      return value.entries.length === 0 ? INERT : OPAQUE;
    case "name":
      return describeName(value.id, value.span.start, next);
    case "attribute":
      return describeAttribute(value, next);
    case "subscript":
      return describeSubscript(value, next);
    case "call":
      return describeCall(value, next);
    case "other":
      return describeOther(value, next);
    default:
      return OPAQUE;
  }
}

function describeParts(
  text: string | undefined,
  parts: readonly (string | Expression)[],
  context: ValueContext,
): ValueFacts {
  if (text === "") return INERT;
  const holes = parts.filter((part) => typeof part !== "string");
  if (text !== undefined || holes.length === 0) return { ...OPAQUE, literal: true };
  const inside = merge(holes.map((hole) => describe(hole, context)));
  // What stands behind the word in a header is the token.
  return /\bBearer $/i.test(typeof parts[0] === "string" ? parts[0] : "")
    ? { ...inside, inert: false, names: [...inside.names, ...named("bearer token", context).names] }
    : inside;
}

/** What a comprehension makes is what it makes each time. */
function describeOther(value: OtherExpression, context: ValueContext): ValueFacts {
  const [element] = value.children;
  const repeats = /comprehension|generator/.test(value.type);
  return repeats && element !== undefined ? describe(element, context) : OPAQUE;
}

/** A variable made from itself (`code = str(code)`) is looked up before the statement that does so. */
function describeName(id: string, offset: number, context: ValueContext): ValueFacts {
  const { scope, hops } = context;
  const own: ValueName = { text: id, aliased: true };
  const before = Math.min(offset, context.before ?? offset);
  const { value, span } = (hops < MAX_HOPS && lastBinding(scope, id, before)) || {};
  if (value === undefined) return { ...OPAQUE, names: [own] };
  const source = describe(value, {
    ...context,
    aliased: true,
    hops: hops + 1,
    before: span?.start,
  });
  return { ...source, names: [own, ...source.names] };
}

function describeAttribute(value: Attribute, context: ValueContext): ValueFacts {
  if (IDENTIFIER_ATTRIBUTES.has(value.name)) return IDENTIFIER;
  if (value.name === "value" || value.name === "data") return describe(value.object, context);
  const { object } = value;
  // The key of an API token is the token itself.
  if (value.name === "key" && /token$/i.test(ownerOf(object))) return named("auth token", context);
  return named(value.name, context);
}

/** The last name of an object; of one that was looked up, `Token.objects.get(...)`, its model. */
function ownerOf(object: Expression): string {
  if (object.kind === "call") return dottedName(object.callee)?.split(".")[0] ?? "";
  return object.kind === "name" ? object.id : object.kind === "attribute" ? object.name : "";
}

function describeSubscript(value: Subscript, context: ValueContext): ValueFacts {
  const [index] = value.indices;
  const found = index && picked(index, value.object, context);
  if (found !== undefined) return found;
  if (index?.kind === "other" && index.type === "slice") {
    const [start] = index.children;
    return start?.kind === "unary" ? IDENTIFIER : describe(value.object, context);
  }
  return describe(value.object, context);
}
