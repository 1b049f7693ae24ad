import type { DataCategory } from "../model/scan-result.js";
import type { Confidence } from "../model/severity.js";
import type { KeyPart } from "./keys.js";
import { hasPhrase, isOneOf, phraseIndex, phraseTokens, tokensOf } from "./tokens.js";
import type { ValueFacts } from "./values.js";
import {
  CATEGORY_WORDS,
  type CategoryWords,
  HANDSHAKE_PHRASES,
  META_WORDS,
  ORDINARY_KEYS,
  type SensitiveCategory,
} from "./wordlists.js";

/** What one name says it holds. */
export interface NameClass {
  readonly category: SensitiveCategory;
  /** The name alone is enough; otherwise the value must say the same. */
  readonly strong: boolean;
  /** Words beyond the phrase that matched. */
  readonly extra: number;
}

/** What a name says it holds; undefined for ordinary names, flags, counters and times. */
export function classifyTokens(tokens: readonly string[]): NameClass | undefined {
  let weak: NameClass | undefined;
  for (const words of CATEGORY_WORDS) {
    if (hasPhrase(tokens, words.not)) continue;
    const found = matchCategory(tokens, words);
    if (found?.strong === true) return found;
    weak ??= found;
  }
  return weak;
}

function matchCategory(tokens: readonly string[], words: CategoryWords): NameClass | undefined {
  return (
    matchPhrases(tokens, words.phrases, words.category, true) ??
    matchPhrases(tokens, words.weak, words.category, false)
  );
}

function matchPhrases(
  tokens: readonly string[],
  phrases: readonly string[],
  category: SensitiveCategory,
  strong: boolean,
): NameClass | undefined {
  for (const phrase of phrases) {
    const wanted = phraseTokens(phrase);
    const at = phraseIndex(tokens, wanted);
    if (at < 0) continue;
    const rest = [...tokens.slice(0, at), ...tokens.slice(at + wanted.length)];
    if (hasPhrase(rest, META_WORDS)) continue;
    return { category, strong, extra: rest.length };
  }
  return undefined;
}

/** Whether the name is about a thing (`password_sent_at`) rather than the thing itself. */
export function isMeta(tokens: readonly string[]): boolean {
  return hasPhrase(tokens, META_WORDS);
}

/** What a session write stores, and how sure that is. */
export interface WriteClass {
  readonly category: DataCategory;
  readonly confidence: Confidence;
}

/**
 * What a write stores, by its innermost key and its value. An outer key counts only when the
 * innermost is computed. A constant, an identifier or a mask is never sensitive.
 */
export function classifyWrite(path: readonly KeyPart[], value: ValueFacts): WriteClass {
  const key = path.findLast((part) => part.kind !== "dynamic");
  const tokens = key?.tokens ?? [];
  if (key !== undefined && isOneOf(tokens, ORDINARY_KEYS))
    return { category: "other", confidence: "high" };
  if (hasPhrase(tokens, HANDSHAKE_PHRASES)) return { category: "handshake", confidence: "high" };
  if (value.inert || value.identifier) return { category: "other", confidence: "high" };
  const byKey = classifyTokens(tokens);
  if (byKey !== undefined && value.literal && byKey.extra > 0)
    return { category: "other", confidence: "medium" };
  const byValue = valueClass(value, byKey?.category);
  if (byKey?.strong === true) {
    const same = byValue?.category === byKey.category;
    return { category: byKey.category, confidence: same ? "high" : "medium" };
  }
  if (byValue !== undefined && !isMeta(tokens)) {
    return { category: byValue.category, confidence: byValue.aliased ? "low" : "medium" };
  }
  return { category: key === undefined ? "unknown" : "other", confidence: "low" };
}

function valueClass(
  value: ValueFacts,
  preferred: SensitiveCategory | undefined,
): { readonly category: SensitiveCategory; readonly aliased: boolean } | undefined {
  const classes = value.names.flatMap((name) => {
    const found = classifyTokens(tokensOf(name.text));
    return found?.strong === true ? [{ category: found.category, aliased: name.aliased }] : [];
  });
  const same = classes.find((one) => one.category === preferred);
  if (same !== undefined) return same;
  return classes.toSorted((a, b) => rank(a.category) - rank(b.category))[0];
}

function rank(category: SensitiveCategory): number {
  return CATEGORY_WORDS.findIndex((words) => words.category === category);
}
