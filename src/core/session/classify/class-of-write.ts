import type { Configuration } from "../../model/configuration.js";
import { once } from "../../python/syntax/once.js";
import type { KeyPart } from "../access/keys.js";
import { tokensOf } from "../words/tokens.js";
import type { SessionWrite } from "../writes/writes.js";
import { CODE, classifyWrite, drawnCode, type WriteClass } from "./classify-write.js";
import { isPictured, isSentOut } from "./code-context.js";

/** The phrase of a key that the configuration, and nothing else, calls sensitive. */
export const NAMED_BY_CONFIGURATION = "(named by the configuration)";

/** What a write stores: what the configuration says of its key, else what key and value tell. */
export function classOfWrite(write: SessionWrite): WriteClass {
  const { path, facts, scope } = write;
  const { add, allow } = namesOf(scope.module.configuration.sensitiveKeys);
  const names = add.size + allow.size === 0 ? [] : namesOfKey(path);
  const found = inContext(classifyWrite(path, facts), write);
  if (names.some((name) => add.has(name))) return facts.inert ? found : sensitive(found);
  return names.some((name) => allow.has(name)) ? HARMLESS : found;
}

/** What the function does with a code beside storing it tells whether it proves anything. */
function inContext(found: WriteClass, write: SessionWrite): WriteClass {
  if (found.category === "otp" && !found.phrases.some((one) => LASTING.test(one))) {
    return isPictured(write) ? { ...HARMLESS, category: "handshake" } : found;
  }
  if (isOfCardOrLogin(found) && (write.facts.drawn || isSentOut(write))) return CODE;
  if (found.category !== "other" && found.category !== "unknown") return found;
  const code = drawnCode(write.path, write.facts);
  return code !== undefined && isSentOut(write) ? code : found;
}

/** A security code stands on the back of a card, or is sent to prove who reads the mail. */
function isOfCardOrLogin({ category, phrases }: WriteClass): boolean {
  return category === "payment" && phrases.every((phrase) => phrase === "security code");
}

/** What is kept for more than one answer. */
const LASTING = /secret|seed|b32|backup|recovery/;

const HARMLESS: WriteClass = { category: "other", confidence: "high", phrases: [], record: false };

/** As grave as its words say where they say something. */
function sensitive(found: WriteClass): WriteClass {
  if (found.phrases.length > 0 && found.category !== "personal") {
    return { ...found, confidence: "high" };
  }
  return {
    category: "credential",
    confidence: "high",
    phrases: [NAMED_BY_CONFIGURATION],
    record: false,
  };
}

/** The innermost key, and the whole path, in words. */
function namesOfKey(path: readonly KeyPart[]): readonly string[] {
  const innermost = path.findLast((part) => part.kind !== "dynamic");
  return [innermost?.tokens ?? [], path.flatMap(({ tokens }) => tokens)].map((tokens) =>
    tokens.join(" "),
  );
}

const namesOf = once(({ add, allow }: Configuration["sensitiveKeys"]) => ({
  add: wordsOfAll(add),
  allow: wordsOfAll(allow),
}));

function wordsOfAll(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.map((name) => tokensOf(name).join(" ")).filter((name) => name !== ""));
}
