import { once, onceForText } from "../../python/syntax/once.js";
import { GLUED_FIRST, GLUED_LAST } from "./name-words.js";

const LETTERS: Readonly<Record<string, string>> = {
  ø: "o",
  ł: "l",
  đ: "d",
  ı: "i",
  ß: "ss",
  æ: "ae",
};

/**
 * The words of a key or an identifier: split on `_ - .` and space, at camelCase humps and at
 * letter/digit borders, lower-cased, accents stripped. Letters of other scripts stay together.
 */
export const tokensOf = onceForText((text): readonly string[] => {
  if (!/[^\0-\x7f]/.test(text)) return wordsOf(text);
  const plain = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[øłđıßæ]/g, (letter) => LETTERS[letter] ?? letter);
  return wordsOf(plain);
});

function wordsOf(plain: string): readonly string[] {
  const humps = plain.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\p{L}+|\d+/gu) ?? [];
  return humps.map((hump) => hump.toLowerCase());
}

/** Index of the first contiguous occurrence of `phrase` in `tokens`; -1 without one. */
export function phraseIndex(tokens: readonly string[], phrase: readonly string[]): number {
  if (phrase.length === 0) return -1;
  for (let i = 0; i + phrase.length <= tokens.length; i++) {
    if (phrase.every((token, j) => tokens[i + j] === token)) return i;
  }
  return -1;
}

interface ListedPhrase {
  readonly phrase: string;
  readonly words: readonly string[];
  /** Place in its word list. */
  readonly index: number;
}

/** The phrases of a word list by their first word, so that a name is held against few of them. */
const byFirstWord = once((phrases: readonly string[]) => {
  const found = new Map<string, ListedPhrase[]>();
  for (const [index, phrase] of phrases.entries()) {
    const words = tokensOf(phrase);
    const [first = ""] = words;
    found.set(first, [...(found.get(first) ?? []), { phrase, words, index }]);
  }
  return found;
});

/** The phrases of a word list that occur contiguously in `tokens`, in the order of the list. */
export function phrasesIn(
  tokens: readonly string[],
  phrases: readonly string[],
): readonly ListedPhrase[] {
  const starts = byFirstWord(phrases);
  if (!tokens.some((token) => starts.has(token))) return [];
  const candidates = new Set(tokens.flatMap((token) => starts.get(token) ?? []));
  return [...candidates]
    .filter(({ words }) => phraseIndex(tokens, words) >= 0)
    .sort((a, b) => a.index - b.index);
}

/** Whether one of the phrases of a word list occurs contiguously in `tokens`. */
export function hasPhrase(tokens: readonly string[], phrases: readonly string[]): boolean {
  return phrasesIn(tokens, phrases).length > 0;
}

const wholeKeys = once(
  (keys: readonly string[]) => new Set(keys.map((key) => tokensOf(key).join(" "))),
);

/** Whether `tokens` as a whole are one of the keys of a word list. */
export function isOneOf(tokens: readonly string[], keys: readonly string[]): boolean {
  return wholeKeys(keys).has(tokens.join(" "));
}

/** Takes words apart that are written as one: `authtoken`, `smsotp`. */
export function splitGlued(tokens: readonly string[]): readonly string[] {
  return tokens.flatMap((token) => {
    const first = GLUED_FIRST.find(
      (word) => token.startsWith(word) && GLUED_LAST.has(token.slice(word.length)),
    );
    return first === undefined ? [token] : [first, token.slice(first.length)];
  });
}
