import type { Configuration } from "../model/configuration.js";
import { once } from "../python/once.js";
import { classifyWrite, type WriteClass } from "./classify.js";
import type { KeyPart } from "./keys.js";
import { tokensOf } from "./tokens.js";
import type { SessionWrite } from "./writes.js";

/** The phrase of a key that the configuration, and nothing else, calls sensitive. */
export const NAMED_BY_CONFIGURATION = "(named by the configuration)";

/** What a write stores: what the configuration says of its key, else what key and value tell. */
export function classOfWrite({ path, facts, scope }: SessionWrite): WriteClass {
  const { add, allow } = namesOf(scope.module.configuration.sensitiveKeys);
  const names = add.size + allow.size === 0 ? [] : namesOfKey(path);
  const found = classifyWrite(path, facts);
  if (names.some((name) => add.has(name))) return facts.inert ? found : sensitive(found);
  return names.some((name) => allow.has(name)) ? HARMLESS : found;
}

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
