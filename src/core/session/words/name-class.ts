import { once } from "../../python/syntax/once.js";
import {
  CLEAR_WORDS,
  LEADING_META_WORDS,
  META_WORDS,
  NEUTRAL_BEHIND_CODES,
  NEUTRAL_WORDS,
  PREPOSITIONS,
  RECORD_WORDS,
} from "./name-words.js";
import { hasPhrase, phraseIndex, phrasesIn, splitGlued } from "./tokens.js";
import { CATEGORY_WORDS, type CategoryWords, type SensitiveCategory } from "./wordlists.js";

/** What one name says it holds. */
export interface NameClass {
  readonly category: SensitiveCategory;
  /** The name alone is enough; otherwise the value must say the same. */
  readonly strong: boolean;
  /** The words that matched. */
  readonly phrase: string;
  /** Words beyond the phrase that matched. */
  readonly extra: number;
  /** The name is that of a record about it: `diagnosis_id`. */
  readonly record: boolean;
}

/** What a name says it holds; undefined for ordinary names, flags, counters and times. */
export const classifyTokens = once((tokens: readonly string[]): NameClass | undefined => {
  const words = splitGlued(tokens);
  let weak: NameClass | undefined;
  for (const list of CATEGORY_WORDS) {
    if (hasPhrase(words, list.not)) continue;
    const found = matchCategory(words, list);
    if (found?.strong === true) return found;
    weak ??= found;
  }
  return weak;
});

function matchCategory(tokens: readonly string[], words: CategoryWords): NameClass | undefined {
  return matchPhrases(tokens, words, true) ?? matchPhrases(tokens, words, false);
}

/** The longest match that names the thing itself, else the first. */
function matchPhrases(
  tokens: readonly string[],
  { category, phrases, weak }: CategoryWords,
  strong: boolean,
): NameClass | undefined {
  let first: NameClass | undefined;
  let longest: NameClass | undefined;
  for (const { phrase, words } of phrasesIn(tokens, strong ? phrases : weak)) {
    const at = phraseIndex(tokens, words);
    const before = tokens.slice(0, at);
    const behind = tokens.slice(at + words.length);
    if (hasPhrase(before, LEADING_META_WORDS) || hasPhrase(behind, META_WORDS)) continue;
    const found: NameClass = {
      category,
      strong: strong
        ? namesItself(behind, category) || ROMANCE.has(phrase)
        : hasPhrase([...before, ...behind], CLEAR_WORDS),
      phrase,
      extra: before.length + behind.length,
      record: behind.length > 0 && behind.every((word) => RECORD_WORDS.has(word)),
    };
    if (found.strong && found.phrase.length > (longest?.phrase.length ?? 0)) longest = found;
    first ??= found;
  }
  return longest ?? first;
}

/**
 * In English the last word of a name says what the thing is: an `otp_email` is an address. What
 * follows a preposition, a number and an empty word do not count.
 */
function namesItself(behind: readonly string[], category: SensitiveCategory): boolean {
  const [next] = behind;
  if (next === undefined || PREPOSITIONS.has(next)) return true;
  const codes = category !== "personal" && category !== "health" && category !== "credential";
  return behind.every(
    (word) =>
      NEUTRAL_WORDS.has(word) || /^\d+$/.test(word) || (codes && NEUTRAL_BEHIND_CODES.has(word)),
  );
}

/** Words of languages in which what the thing is comes first: `senha_usuario`. */
const ROMANCE: ReadonlySet<string> = new Set([
  "contrasena",
  "senha",
  "mot de passe",
  "motdepasse",
  "mdp",
  "parola",
  "codice fiscale",
  "cedula",
  "codigo verificacion",
  "codigo de verificacion",
  "code de verification",
  "correo",
  "telefono",
  "cpf",
  "cnpj",
  "dni",
  "pasaporte",
  "passaporte",
  "passeport",
  "carte identite",
  "documento identidad",
  "documento de identidad",
  "numero cartao",
  "numero do cartao",
  "numero tarjeta",
  "numero de tarjeta",
  "numero carte",
  "contrasenya",
  "palavra passe",
]);
