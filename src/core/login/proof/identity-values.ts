import type { Call, Expression } from "../../python/syntax/syntax.js";
import { unparse } from "../../python/syntax/unparse.js";
import { lastName } from "../../session/access/session-expression.js";
import { lastValue } from "../../session/bindings/scopes.js";
import { hasPhrase, tokensOf } from "../../session/words/tokens.js";
import type { SessionWrite } from "../../session/writes/writes.js";
import {
  ANONYMOUS_WORDS,
  ASSERTED_NAMES,
  PENDING_WORDS,
  PREFERENCE_WORDS,
} from "../identity/identity-words.js";
import type { Proof } from "./proof.js";
import { isNamedThing } from "./record-queries.js";

/** Whether a write stores who the visitor proved to be, under a key of any name. */
export function storesProven(write: SessionWrite, proof: Proof): boolean {
  const tokens = write.path[0]?.tokens ?? [];
  if (write.value === undefined || isNamedThing(tokens)) return false;
  if (hasPhrase(tokens, PENDING_WORDS) || isOrdinary(tokens)) return false;
  const { value, scope } = write;
  if (identifies(value, proof, 0)) return true;
  if (value.kind !== "name") return false;
  const source = lastValue(scope, value.id, write.statement.span.start);
  return source !== undefined && identifies(source, proof, 0);
}

function isOrdinary(tokens: readonly string[]): boolean {
  return hasPhrase(tokens, ANONYMOUS_WORDS) || hasPhrase(tokens, PREFERENCE_WORDS);
}

const MAX_DEPTH = 6;

/** A record, something that is read from it, or a mapping that holds such a thing. */
export function identifies(value: Expression, proof: Proof, depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  const inner = (one: Expression) => identifies(one, proof, depth + 1);
  if (proof.claims.size > 0 && proof.claims.has(unparse(value))) return true;
  switch (value.kind) {
    case "name":
      return proof.records.has(value.id) || proof.assertions.has(value.id);
    case "attribute":
      return !isOrdinary(tokensOf(value.name)) && inner(value.object);
    case "subscript":
      return isAssertedName(value, proof) || inner(value.object);
    case "call":
      return ofCall(value, proof, inner);
    case "dictionary":
      return value.entries.some((entry) => inner(entry.value));
    case "await":
      return inner(value.value);
    default:
      return false;
  }
}

/** Calls that leave a record what it is, or put it into a token. */
const CARRYING =
  /^(?:str|int|dict|list|model_to_dict|force_str|hex|\w*Serializer)$|(?:^|_)(?:encode|dumps|jwt|token|sign|encrypt|seal)(?:_|$)/i;

function ofCall(call: Call, proof: Proof, inner: (one: Expression) => boolean): boolean {
  const { callee, args } = call;
  if (lastName(callee) === "get_nameid") return true;
  if (callee.kind === "attribute" && callee.name === "get" && isAssertedName(call, proof))
    return true;
  if (CARRYING.test(lastName(callee) ?? "") && args.some((arg) => inner(arg.value))) return true;
  return callee.kind === "attribute" && args.length === 0 && inner(callee);
}

/** `claims["sub"]`, `claims.get("email")`: the part of an assertion that says who it is about. */
function isAssertedName(value: Expression, proof: Proof): boolean {
  const from =
    value.kind === "subscript"
      ? value.object
      : value.kind === "call" && value.callee.kind === "attribute"
        ? value.callee.object
        : undefined;
  const key =
    value.kind === "subscript"
      ? value.indices[0]
      : value.kind === "call"
        ? value.args[0]?.value
        : undefined;
  return (
    from?.kind === "name" &&
    proof.assertions.has(from.id) &&
    key?.kind === "string" &&
    ASSERTED_NAMES.test(key.value ?? "")
  );
}
