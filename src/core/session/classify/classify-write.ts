import type { DataCategory } from "../../model/scan-result.js";
import type { Confidence } from "../../model/severity.js";
import type { KeyPart } from "../access/keys.js";
import type { ValueFacts, ValueName } from "../values/value-facts.js";
import { classifyTokens, type NameClass } from "../words/name-class.js";
import { LEADING_META_WORDS, META_WORDS } from "../words/name-words.js";
import { hasPhrase, isOneOf, splitGlued, tokensOf } from "../words/tokens.js";
import {
  CATEGORY_WORDS,
  HANDSHAKE_PHRASES,
  ORDINARY_KEYS,
  type SensitiveCategory,
} from "../words/wordlists.js";

/** Whether the name is about a thing (`password_sent_at`) rather than the thing itself. */
export function isMeta(tokens: readonly string[]): boolean {
  return hasPhrase(tokens, META_WORDS);
}

/** What a session write stores, and how sure that is. */
export interface WriteClass {
  readonly category: DataCategory;
  readonly confidence: Confidence;
  /** The words that gave it away, of the key and of the value; none for what is not sensitive. */
  readonly phrases: readonly string[];
  /** The id of a record about it. */
  readonly record: boolean;
}

function plain(category: DataCategory, confidence: Confidence): WriteClass {
  return { category, confidence, phrases: [], record: false };
}

/**
 * What a write stores, by its innermost key and its value. An outer key counts when the innermost
 * is computed or says nothing. A constant, an identifier or a mask is never sensitive.
 */
export function classifyWrite(path: readonly KeyPart[], value: ValueFacts): WriteClass {
  const key = path.findLast((part) => part.kind !== "dynamic");
  const tokens = tokensKept(key?.tokens ?? [], value);
  if (key !== undefined && isOneOf(tokens, ORDINARY_KEYS)) return plain("other", "high");
  if (isHandshake(tokens, value)) return plain("handshake", "high");
  const byKey = classifyTokens(tokens) ?? classifyNested(path);
  if (value.inert) return plain("other", "high");
  if (value.identifier && byKey?.record !== true) return plain("other", "high");
  if (byKey !== undefined && value.literal && byKey.extra > 0) return plain("other", "medium");
  const byValue = valueClass(value, byKey);
  const found = byKey && classifyKey(byKey, byValue, value);
  if (found !== undefined) return found;
  if (byValue !== undefined && !endsInMeta(tokens)) {
    const shared = tokens.some((word) => tokensOf(byValue.phrase).includes(word));
    const alone = byValue.aliased && byKey?.category !== byValue.category && !shared;
    return { ...of(byValue), confidence: alone || byValue.doubtful ? "low" : "medium" };
  }
  return plain(key === undefined ? "unknown" : "other", "low");
}

/** Words by which a key says that what it holds is protected. */
const CLAIMS: ReadonlySet<string> = new Set(["hash", "hashed", "digest", "encrypted", "sealed"]);

/** A key that calls a value protected which is only encoded, or hashed by trying all, says what it is. */
function tokensKept(tokens: readonly string[], { readable }: ValueFacts): readonly string[] {
  return readable === undefined ? tokens : tokens.filter((word) => !CLAIMS.has(word));
}

/** What the key says, if it is enough or the value agrees. */
function classifyKey(
  byKey: NameClass,
  byValue: ValueClass | undefined,
  value: ValueFacts,
): WriteClass | undefined {
  if (byKey.strong) {
    if (byValue !== undefined && isSeed(byValue) && isSecretKey(byKey)) {
      return { ...of(byValue), confidence: "high" };
    }
    const same = byValue?.category === byKey.category ? [byValue.phrase] : [];
    const confidence = same.length > 0 ? "high" : "medium";
    return { ...of(byKey), phrases: [byKey.phrase, ...same], confidence };
  }
  if (byKey.category === "health" && byKey.record) return { ...of(byKey), confidence: "low" };
  return value.digits && CODE_WORDS.has(byKey.phrase) ? CODE : undefined;
}

/** Random digits under such a name are a one-time code. */
const CODE_WORDS: ReadonlySet<string> = new Set(["code", "codigo", "codice", "kode", "kod", "sms"]);

/** A one-time code, by what is done with it. */
export const CODE: WriteClass = {
  category: "otp",
  confidence: "medium",
  phrases: ["one time code"],
  record: false,
};

function of({ category, phrase, record }: NameClass): Omit<WriteClass, "confidence"> {
  return { category, phrases: [phrase], record };
}

/** The secret of an authenticator app is called a secret key, too. */
function isSeed({ category, phrase }: NameClass): boolean {
  return category === "otp" && /secret|seed|b32/.test(phrase);
}

function isSecretKey({ category, phrase }: NameClass): boolean {
  return category === "token" && phrase.includes("secret");
}

function isHandshake(tokens: readonly string[], value: ValueFacts): boolean {
  const words = splitGlued(tokens);
  return (
    hasPhrase(words, HANDSHAKE_PHRASES) ||
    value.names.some(({ text }) => hasPhrase(tokensOf(text), ["request token"]))
  );
}

/** `card` and `number`, `otp` and `code`: what only the two keys together say. */
function classifyNested(path: readonly KeyPart[]): NameClass | undefined {
  const last = path.at(-1);
  const outer = path.at(-2);
  if (last === undefined || outer === undefined || outer.kind === "dynamic") return undefined;
  const found = classifyTokens([...outer.tokens, ...last.tokens]);
  return found?.strong === true && last.kind !== "dynamic" ? found : undefined;
}

function isCode({ category, phrase }: NameClass): boolean {
  return category === "otp" && phrase !== "secret";
}

/** What codes are for that prove nothing about who sends them: of `coupon code`, `invite code`. */
const OTHER_CODES: ReadonlySet<string> = new Set([
  ...CATEGORY_WORDS.flatMap(({ category, not }) =>
    category === "otp" ? not.flatMap((phrase) => /^(\w+) codes?$/.exec(phrase)?.[1] ?? []) : [],
  ),
]);

/** A code of some kind, by its key or its value, that was just drawn: of which kind its use has to tell. */
export function drawnCode(path: readonly KeyPart[], value: ValueFacts): WriteClass | undefined {
  const named = value.names.map(({ text }) => tokensOf(text));
  const keys = path.map(({ tokens }) => tokens);
  if (keys.some((tokens) => tokens.some((token) => OTHER_CODES.has(token)))) return undefined;
  const isNamed = [...keys, ...named].some((tokens) => {
    const found = classifyTokens(tokens);
    return found !== undefined && (isCode(found) || found.phrase === "token");
  });
  if (!isNamed || value.protection !== "none") return undefined;
  return value.drawn || value.digits ? CODE : undefined;
}

function endsInMeta(tokens: readonly string[]): boolean {
  return isMeta(tokens.slice(-1)) || hasPhrase(tokens.slice(0, 1), LEADING_META_WORDS);
}

interface ValueClass extends NameClass {
  readonly aliased: boolean;
  /** Neither the key nor the value is enough alone. */
  readonly doubtful: boolean;
}

/** What the names of a value say: of the category of the key if one of them does, else the gravest. */
function valueClass(value: ValueFacts, byKey: NameClass | undefined): ValueClass | undefined {
  const classes = value.names.flatMap((name) => nameClass(name, byKey));
  const same = classes.find((one) => one.category === byKey?.category);
  if (same !== undefined) return same;
  return classes.toSorted((a, b) => rank(a.category) - rank(b.category))[0];
}

function nameClass(name: ValueName, byKey: NameClass | undefined): readonly ValueClass[] {
  if (name.remote && byKey !== undefined && isBareToken(byKey)) {
    return [{ ...byKey, aliased: name.aliased, doubtful: false }];
  }
  const found = classifyTokens(tokensOf(name.text));
  if (found === undefined) return [];
  if (found.strong) return [{ ...found, aliased: name.aliased, doubtful: false }];
  if (byKey === undefined || byKey.phrase !== found.phrase || found.extra + byKey.extra > 4) {
    return [];
  }
  if (name.remote) return [{ ...found, aliased: name.aliased, doubtful: false }];
  const exact = found.phrase === "pass" && found.extra + byKey.extra === 0;
  return COMMON_WORDS.has(found.phrase) && !exact
    ? []
    : [{ ...found, aliased: name.aliased, doubtful: true }];
}

/** A key that says no more than `token`: what another server answered is one that opens something. */
function isBareToken({ phrase, strong }: NameClass): boolean {
  return !strong && (phrase === "token" || phrase === "tokens");
}

/**
 * Weak words that say nothing even twice: there are tokens of carts, codes of countries, and passes of
 * seasons; only a field called `pass` and nothing else is one for a password.
 */
const COMMON_WORDS: ReadonlySet<string> = new Set([
  "token",
  "tokens",
  "code",
  "codigo",
  "codice",
  "kode",
  "kod",
  "sms",
  "verification",
  "verify",
  "confirmation",
  "activation",
  "yanzhengma",
  "yzm",
  "验证码",
  "認証コード",
  "인증번호",
  "код",
  "pass",
  "credentials",
  "medical",
  "treatment",
]);

function rank(category: SensitiveCategory): number {
  return CATEGORY_WORDS.findIndex((words) => words.category === category);
}
