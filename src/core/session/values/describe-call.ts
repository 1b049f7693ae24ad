import type { Call, Expression } from "../../python/syntax/syntax.js";
import { dottedName, walkExpressions } from "../../python/syntax/walk.js";
import { lastName } from "../access/session-expression.js";
import { resolveImport } from "../bindings/scopes.js";
import { hasPhrase, tokensOf } from "../words/tokens.js";
import {
  ASKING_WORDS,
  CHARACTER_CALLS,
  DRAWING_WORDS,
  ENCRYPTING_WORDS,
  FAST_HASHING_CALLS,
  HASHING_CALLS,
  MAKING_WORDS,
  MASKING_WORDS,
  NUMBER_CALLS,
  PICKING_METHODS,
  READABLE_CALLS,
  SEED_CALLS,
  TIME_CALLS,
  TOKEN_RESPONSE_CALLS,
  TRANSPARENT_CALLS,
  TRANSPARENT_METHODS,
} from "./call-words.js";
import { isTokenResponse } from "./server-answers.js";
import {
  IDENTIFIER,
  INERT,
  merge,
  named,
  OPAQUE,
  picked,
  type ValueContext,
  type ValueFacts,
} from "./value-facts.js";

/** A call with the name of what is called. */
interface NamedCall {
  readonly call: Call;
  readonly name: string;
  readonly tokens: readonly string[];
  /** Dotted, with what it was imported as undone. */
  readonly dotted: string;
}

/** What the result of a call is: protected, readable, drawn, fetched, or what it was given. */
export function describeCall(call: Call, context: ValueContext): ValueFacts {
  const { callee } = call;
  const name = callee.kind === "attribute" ? callee.name : callee.kind === "name" ? callee.id : "";
  const written = dottedName(callee) ?? name;
  const dotted = resolveImport(context.scope, written) ?? written;
  const one: NamedCall = { call, name, tokens: tokensOf(name), dotted };
  return (
    protectedValue(one, context) ??
    drawnValue(one, context) ??
    fetchedValue(one, context) ??
    passedValue(one, context) ??
    madeValue(one, context)
  );
}

function protectedValue(one: NamedCall, context: ValueContext): ValueFacts | undefined {
  const { call, name, tokens, dotted } = one;
  const inside = (): ValueFacts =>
    merge(call.args.map((arg) => context.describe(arg.value, context)));
  if (hasPhrase(tokens, ENCRYPTING_WORDS)) {
    return { ...OPAQUE, names: inside().names, protection: "encrypted" };
  }
  const isOf = (calls: ReadonlySet<string>): boolean => calls.has(name) || calls.has(tail(dotted));
  if (isOf(HASHING_CALLS) || isHashMethod(name, dotted)) {
    return { ...OPAQUE, names: inside().names, protection: "hashed" };
  }
  if (isOf(FAST_HASHING_CALLS)) {
    return {
      ...OPAQUE,
      names: inside().names,
      protection: "hashed",
      fast: true,
      readable: tail(dotted),
      digits: inside().digits,
    };
  }
  if (hasPhrase(tokens, MASKING_WORDS)) return IDENTIFIER;
  const [argument] = call.args;
  if (!isOf(READABLE_CALLS) || argument === undefined) return undefined;
  const value = context.describe(argument.value, context);
  return { ...value, readable: value.readable ?? tail(dotted) };
}

/** The last two names. */
function tail(dotted: string): string {
  return dotted.split(".").slice(-2).join(".");
}

function isHashMethod(name: string, dotted: string): boolean {
  const [owner = ""] = dotted.split(".").slice(-2, -1);
  return (
    name === "hash" && hasPhrase(tokensOf(owner), ["argon2", "hasher", "ph", "bcrypt", "pbkdf2"])
  );
}

/** What chance, or a clock, makes. */
function drawnValue(
  { call, name, dotted }: NamedCall,
  context: ValueContext,
): ValueFacts | undefined {
  if (SEED_CALLS.has(name)) return named("totp secret", context);
  const predictable = dotted.startsWith("random.");
  if (NUMBER_CALLS.has(name)) return { ...OPAQUE, digits: true, drawn: true, predictable };
  if (CHARACTER_CALLS.has(name)) {
    const digits = call.args.some((argument) => isDigits(argument.value));
    return { ...OPAQUE, digits, drawn: true, predictable };
  }
  if (TIME_CALLS.has(name)) return INERT;
  if (name !== "now") return undefined;
  const owner = call.callee.kind === "attribute" ? tokensOf(dotted.split(".").at(-2) ?? "") : [];
  if (hasPhrase(owner, ["totp", "otp"])) return named("otp code", context);
  return INERT;
}

/** `string.digits`, or digits written out, and no letters. */
function isDigits(expression: Expression): boolean {
  const parts = [...walkExpressions(expression)];
  const names = parts.map((part) => lastName(part) ?? "");
  return (
    !names.some((name) => /^(?:ascii_)?(?:letters|lowercase|uppercase)$/.test(name)) &&
    (names.includes("digits") ||
      parts.some((part) => part.kind === "string" && /^\d{5,}$/.test(part.value ?? "")))
  );
}

function fetchedValue(one: NamedCall, context: ValueContext): ValueFacts | undefined {
  const { call, name } = one;
  if (TOKEN_RESPONSE_CALLS.has(name)) return named("token response", context);
  if (name === "json" || name === "loads") {
    if (isTokenResponse(call, context.scope)) return named("token response", context);
  }
  const { callee } = call;
  const [argument] = call.args;
  if (isWrittenCredentials(dottedName(callee) ?? "")) return named("token response", context);
  if (callee.kind !== "attribute" || !PICKING_METHODS.has(name)) return undefined;
  return argument && picked(argument.value, callee.object, context);
}

/** google.oauth2.credentials.Credentials: its JSON holds the refresh token and the client secret. */
function isWrittenCredentials(dotted: string): boolean {
  return /(?:^|\.)cred(?:ential)?s?(?:_to_(?:dict|json)|\.to_(?:dict|json))$/.test(dotted);
}

/** What hands back its object or its argument, readable. */
function passedValue({ call, name }: NamedCall, context: ValueContext): ValueFacts | undefined {
  const { callee } = call;
  const [argument] = call.args;
  if (callee.kind === "attribute") {
    // `jwt.decode(...)` answers what stands in a token, not with the token.
    if (name === "decode" && lastName(callee.object) === "jwt") return OPAQUE;
    if (TRANSPARENT_METHODS.has(name)) return context.describe(callee.object, context);
    if (name === "join" && argument !== undefined) return context.describe(argument.value, context);
    if (name === "format") {
      return merge(
        [callee.object, ...call.args.map((one) => one.value)].map((part) =>
          context.describe(part, context),
        ),
      );
    }
  }
  if (TRANSPARENT_CALLS.has(name) && argument !== undefined)
    return context.describe(argument.value, context);
  return undefined;
}

function madeValue({ call, name, tokens, dotted }: NamedCall, context: ValueContext): ValueFacts {
  const [first = "", ...rest] = tokens;
  if (ASKING_WORDS.has(first)) return INERT;
  if (/(?:^|\.)jwt\.encode$/.test(dotted)) return named("jwt", context);
  if (/^[A-Z]/.test(name) || name === "for_user") return describeMaker(call, context);
  if (!MAKING_WORDS.has(first) || rest.length === 0) return OPAQUE;
  return { ...named(rest.join(" "), context), drawn: DRAWING_WORDS.has(first) };
}

/** `RefreshToken(...)` and `RefreshToken.for_user(user)` are what their class says. */
function describeMaker({ callee }: Call, context: ValueContext): ValueFacts {
  const dotted = dottedName(callee)?.split(".") ?? [];
  const type = dotted.findLast((part) => /^[A-Z]/.test(part));
  return type === undefined ? OPAQUE : named(type, context);
}
