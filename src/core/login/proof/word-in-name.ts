import { hasPhrase } from "../../session/words/tokens.js";

/** Whether a name holds one of the words, also where it is glued to another: `userlogin`, `loginview`. */
export function isNamed(tokens: readonly string[], words: readonly string[]): boolean {
  if (hasPhrase(tokens, words)) return true;
  const long = words.filter((word) => word.length >= 5 && !word.includes(" "));
  return tokens.some((token) =>
    long.some((word) => token.startsWith(word) || token.endsWith(word)),
  );
}
