import { isMeta } from "../../session/classify/classify-write.js";
import { hasPhrase, isOneOf } from "../../session/words/tokens.js";
import type { SessionWrite } from "../../session/writes/writes.js";
import {
  ANONYMOUS_WORDS,
  LOGGED_IN_PHRASES,
  PENDING_WORDS,
  RECORD_IDENTITY_KEYS,
  STRONG_IDENTITY_KEYS,
  WEAK_IDENTITY_KEYS,
} from "./identity-words.js";
import { PERSON_SUFFIXES, PERSON_WORDS } from "./person-words.js";

/**
 * How clearly a key says who is logged in: `strong` alone is enough, `record` needs any sign of a
 * login in its function, `weak` a check of who the visitor is.
 */
export type Identity = "strong" | "record" | "weak";

/** The identity that a key holds; undefined for ordinary keys and for those kept for a later step. */
export function identityOfKey(tokens: readonly string[]): Identity | undefined {
  if (isOneOf(tokens, STRONG_IDENTITY_KEYS)) return "strong";
  if (hasPhrase(tokens, PENDING_WORDS) || hasPhrase(tokens, ANONYMOUS_WORDS)) return undefined;
  if (isOneOf(tokens, RECORD_IDENTITY_KEYS)) return "record";
  if (isOneOf(tokens, WEAK_IDENTITY_KEYS)) return "weak";
  return namesPerson(tokens) ? "weak" : undefined;
}

/** The last word is one for a person, or what tells one from another follows it. */
function namesPerson(tokens: readonly string[]): boolean {
  const told = tokens.length > 1 && isOneOf(tokens.slice(-1), PERSON_SUFFIXES);
  const words = told ? tokens.slice(0, -1) : tokens;
  return hasPhrase(words.slice(-1), PERSON_WORDS) || hasPhrase(words.slice(-2), TWO_WORDS);
}

const TWO_WORDS = PERSON_WORDS.filter((word) => word.includes(" "));

/** The identity that a write puts into the session; undefined for None, flags put down and other keys. */
export function identityOf(write: SessionWrite): Identity | undefined {
  const tokens = write.path[0]?.tokens ?? [];
  if (isPutDown(write)) return undefined;
  const byKey = identityOfKey(tokens);
  if (byKey !== undefined) return byKey;
  const kept = hasPhrase(tokens, PENDING_WORDS) || hasPhrase(tokens, ANONYMOUS_WORDS);
  if (isTrue(write) && !kept && hasPhrase(tokens, LOGGED_IN_PHRASES))
    return isMetaOnly(tokens) ? undefined : "weak";
  return undefined;
}

/** None, a flag that is put down, an empty text: nothing is gained. */
export function isPutDown(write: SessionWrite): boolean {
  return write.facts.inert && !isTrue(write);
}

function isMetaOnly(tokens: readonly string[]): boolean {
  return isMeta(tokens.filter((token) => token !== "is"));
}

function isTrue(write: SessionWrite): boolean {
  const { value } = write;
  if (value?.kind === "constant") return value.value === true;
  return value?.kind === "number" && value.value !== 0;
}
