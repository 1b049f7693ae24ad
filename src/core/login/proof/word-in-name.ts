import { once } from "../../python/syntax/once.js";
import { hasPhrase } from "../../session/words/tokens.js";

/** Whether a name holds one of the words, also where it is glued to another: `userlogin`, `loginview`. */
export function isNamed(tokens: readonly string[], words: readonly string[]): boolean {
  if (hasPhrase(tokens, words)) return true;
  const glued = gluedWords(words);
  return tokens.some((token) =>
    glued.some((word) => token.startsWith(word) || token.endsWith(word)),
  );
}

/** Short words begin and end too many others. */
const gluedWords = once((words: readonly string[]) =>
  words.filter((word) => word.length >= 5 && !word.includes(" ")),
);
