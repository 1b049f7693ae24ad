import type { Expression } from "../../python/syntax/syntax.js";
import { lastName, readSession } from "../access/session-expression.js";
import type { Scope } from "../bindings/scopes.js";
import { isRemote, isTokenResponse } from "./server-answers.js";

export type Protection = "none" | "hashed" | "encrypted";

/** What a value is called where it comes from. */
export interface ValueName {
  readonly text: string;
  /** A local variable stands between. */
  readonly aliased: boolean;
  /** Another server sent it. */
  readonly remote?: true;
}

/** What the expression of a stored value says about it. */
export interface ValueFacts {
  /** None, a flag, a number, a time, an empty text: nothing that could be secret. */
  readonly inert: boolean;
  /** The id of a record, or a masked value. */
  readonly identifier: boolean;
  /** A text written in the code. */
  readonly literal: boolean;
  readonly protection: Protection;
  /** Hashed without a key or cost: no protection for what is short. */
  readonly fast: boolean;
  /** The call that signs, encodes or fast-hashes the value. */
  readonly readable: string | undefined;
  /** Digits drawn at random. */
  readonly digits: boolean;
  /** Drawn at random, digits or not, or made by a function that is called after a code. */
  readonly drawn: boolean;
  /** Drawn by a generator that can be foretold. */
  readonly predictable: boolean;
  /** Also of what is inside a protection. */
  readonly names: readonly ValueName[];
}

export const OPAQUE: ValueFacts = {
  inert: false,
  identifier: false,
  literal: false,
  protection: "none",
  fast: false,
  readable: undefined,
  digits: false,
  drawn: false,
  predictable: false,
  names: [],
};
export const INERT: ValueFacts = { ...OPAQUE, inert: true };
export const IDENTIFIER: ValueFacts = { ...OPAQUE, identifier: true };

/** How the value was reached. */
export interface ValueContext {
  readonly scope: Scope;
  readonly aliased: boolean;
  /** Local variables that were followed, and where the last of them was given its value. */
  readonly hops: number;
  readonly before?: number | undefined;
  readonly steps: number;
  /** How many expressions may still be looked at, wherever they stand in the value. */
  readonly looks: { left: number };
  /** Reads what is inside. */
  readonly describe: (value: Expression, context: ValueContext) => ValueFacts;
}

const ORDER: readonly Protection[] = ["none", "hashed", "encrypted"];

/** A value put together from several is as protected as its weakest part. */
export function merge(parts: readonly ValueFacts[]): ValueFacts {
  const telling = parts.filter((part) => !part.inert);
  if (telling.length === 0) return parts.find((part) => part.digits) ?? INERT;
  const secrets = telling.filter((part) => !part.literal);
  const weakest = Math.min(...secrets.map((part) => ORDER.indexOf(part.protection)));
  return {
    inert: false,
    identifier: telling.every((part) => part.identifier || part.literal) && secrets.length > 0,
    literal: secrets.length === 0,
    protection: ORDER[weakest] ?? "none",
    fast: secrets.some((part) => part.fast),
    readable: secrets.find((part) => part.readable !== undefined)?.readable,
    digits: secrets.some((part) => part.digits),
    drawn: secrets.some((part) => part.drawn),
    predictable: secrets.some((part) => part.predictable),
    names: telling.flatMap((part) => part.names),
  };
}

export function named(text: string, { aliased }: ValueContext): ValueFacts {
  return { ...OPAQUE, names: [{ text, aliased }] };
}

/** Mappings of what is said about fields, by the name of the field. */
const ABOUT_FIELDS = /^(?:\w*errors?|fields|labels|help_texts?|widgets|error_messages|choices)$/;

/**
 * What a mapping holds under a key; `from` is the mapping. What the session held before is nothing new;
 * of any other mapping nothing is known where the key is computed.
 */
export function picked(
  key: Expression,
  from: Expression,
  context: ValueContext,
): ValueFacts | undefined {
  const { scope, aliased } = context;
  if (readSession(from, scope) !== undefined) return INERT;
  if (key.kind !== "string" || key.value === undefined) return undefined;
  const text = key.value;
  if (ABOUT_FIELDS.test(lastName(from) ?? "")) return OPAQUE;
  if (!isRemote(from, scope)) return named(text, context);
  // A server that issues tokens may call them by their kind alone.
  const kind = /^(?:access|refresh)$/.test(text) && isTokenResponse(from, scope);
  return { ...OPAQUE, names: [{ text: kind ? `${text} token` : text, aliased, remote: true }] };
}
