import type { Attribute, Call, Expression, Subscript } from "../python/syntax.js";
import { dottedName } from "../python/walk.js";
import { lastValue, type Scope } from "./functions.js";
import { hasPhrase, tokensOf } from "./tokens.js";
import {
  ASKING_WORDS,
  ENCRYPTING_WORDS,
  HASHING_CALLS,
  IDENTIFIER_ATTRIBUTES,
  MAKING_WORDS,
  MASKING_WORDS,
  PICKING_METHODS,
  TRANSPARENT_CALLS,
  TRANSPARENT_METHODS,
} from "./value-calls.js";

export type Protection = "none" | "hashed" | "encrypted";

/** What the expression of a stored value says about it. */
export interface ValueFacts {
  /** None, a flag, a number, an empty text: nothing that could be secret. */
  readonly inert: boolean;
  /** The id of a record, or a masked value. */
  readonly identifier: boolean;
  /** A text written in the code. */
  readonly literal: boolean;
  readonly protection: Protection;
  /** What the value is called where it comes from. `aliased`: a local variable stands between. */
  readonly names: readonly { readonly text: string; readonly aliased: boolean }[];
}

const OPAQUE: ValueFacts = {
  inert: false,
  identifier: false,
  literal: false,
  protection: "none",
  names: [],
};
const INERT: ValueFacts = { ...OPAQUE, inert: true };
const IDENTIFIER: ValueFacts = { ...OPAQUE, identifier: true };

/** Steps into an expression, after which it is taken as opaque. */
const MAX_STEPS = 16;

export function describeValue(value: Expression | undefined, scope: Scope): ValueFacts {
  return value === undefined ? OPAQUE : describe(value, { scope, aliased: false, steps: 0 });
}

interface Context {
  readonly scope: Scope;
  readonly aliased: boolean;
  readonly steps: number;
}

function describe(value: Expression, context: Context): ValueFacts {
  if (context.steps > MAX_STEPS) return OPAQUE;
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
    default:
      return OPAQUE;
  }
}

function describeParts(
  text: string | undefined,
  parts: readonly (string | Expression)[],
  context: Context,
): ValueFacts {
  if (text === "") return INERT;
  const holes = parts.filter((part) => typeof part !== "string");
  if (text !== undefined || holes.length === 0) return { ...OPAQUE, literal: true };
  return merge(holes.map((hole) => describe(hole, context)));
}

/** A value put together from several is as protected as its weakest part. */
function merge(parts: readonly ValueFacts[]): ValueFacts {
  const telling = parts.filter((part) => !part.inert);
  if (telling.length === 0) return INERT;
  const order: readonly Protection[] = ["none", "hashed", "encrypted"];
  const secrets = telling.filter((part) => !part.literal);
  const weakest = Math.min(...secrets.map((part) => order.indexOf(part.protection)));
  return {
    inert: false,
    identifier: telling.every((part) => part.identifier || part.literal) && secrets.length > 0,
    literal: secrets.length === 0,
    protection: order[weakest] ?? "none",
    names: telling.flatMap((part) => part.names),
  };
}

function named(text: string, aliased: boolean): ValueFacts {
  return { ...OPAQUE, names: [{ text, aliased }] };
}

function describeName(id: string, offset: number, context: Context): ValueFacts {
  const own = named(id, context.aliased);
  if (context.aliased) return own;
  const value = lastValue(context.scope, id, offset);
  if (value === undefined) return named(id, true);
  const source = describe(value, { ...context, aliased: true });
  return { ...source, names: [{ text: id, aliased: true }, ...source.names] };
}

function describeAttribute(value: Attribute, context: Context): ValueFacts {
  if (IDENTIFIER_ATTRIBUTES.has(value.name)) return IDENTIFIER;
  if (value.name === "value" || value.name === "data") return describe(value.object, context);
  return named(value.name, context.aliased);
}

function describeSubscript(value: Subscript, context: Context): ValueFacts {
  const [index] = value.indices;
  if (index?.kind === "string" && index.value !== undefined)
    return named(index.value, context.aliased);
  if (index?.kind === "other" && index.type === "slice") {
    const [start] = index.children;
    return start?.kind === "unary" ? IDENTIFIER : describe(value.object, context);
  }
  return describe(value.object, context);
}

function describeCall(call: Call, context: Context): ValueFacts {
  const { callee } = call;
  const name = callee.kind === "attribute" ? callee.name : callee.kind === "name" ? callee.id : "";
  const tokens = tokensOf(name);
  const [first = "", ...rest] = tokens;
  const dotted = dottedName(callee) ?? name;
  if (hasPhrase(tokens, ENCRYPTING_WORDS)) return { ...OPAQUE, protection: "encrypted" };
  if (isHashing(name, dotted)) return { ...OPAQUE, protection: "hashed" };
  if (hasPhrase(tokens, MASKING_WORDS)) return IDENTIFIER;
  const [argument] = call.args;
  if (callee.kind === "attribute") {
    if (PICKING_METHODS.has(name) && argument?.value.kind === "string") {
      return named(argument.value.value ?? "", context.aliased);
    }
    if (TRANSPARENT_METHODS.has(name)) return describe(callee.object, context);
  }
  if (TRANSPARENT_CALLS.has(name) && argument !== undefined)
    return describe(argument.value, context);
  if (ASKING_WORDS.has(first)) return INERT;
  return MAKING_WORDS.has(first) && rest.length > 0
    ? named(rest.join(" "), context.aliased)
    : OPAQUE;
}

function isHashing(name: string, dotted: string): boolean {
  if (HASHING_CALLS.has(name)) return true;
  const [owner = ""] = dotted.split(".").slice(-2, -1);
  if (HASHING_CALLS.has(`${owner}.${name}`)) return true;
  return (
    name === "hash" && hasPhrase(tokensOf(owner), ["argon2", "hasher", "ph", "bcrypt", "pbkdf2"])
  );
}
