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
export function tokensOf(text: string): readonly string[] {
  const plain = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[øłđıßæ]/g, (letter) => LETTERS[letter] ?? letter);
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

const PHRASES = new Map<string, readonly string[]>();

/** Tokens of a phrase of our own word lists, which are few, so they are kept. */
export function phraseTokens(phrase: string): readonly string[] {
  const known = PHRASES.get(phrase);
  if (known !== undefined) return known;
  const tokens = tokensOf(phrase);
  PHRASES.set(phrase, tokens);
  return tokens;
}

/** Whether one of the phrases occurs contiguously in `tokens`. */
export function hasPhrase(tokens: readonly string[], phrases: readonly string[]): boolean {
  return phrases.some((phrase) => phraseIndex(tokens, phraseTokens(phrase)) >= 0);
}

/** Whether `tokens` as a whole are one of the keys. */
export function isOneOf(tokens: readonly string[], keys: readonly string[]): boolean {
  return keys.some((key) => phraseTokens(key).join(" ") === tokens.join(" "));
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
