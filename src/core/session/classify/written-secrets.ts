import type { DataCategory } from "../../model/scan-result.js";
import { classifyTokens } from "../words/name-class.js";
import { tokensOf } from "../words/tokens.js";

const SECRET: ReadonlySet<DataCategory> = new Set([
  "payment",
  "credential",
  "government-id",
  "token",
  "otp",
  "health",
  "handshake",
]);

/** Whether no literal of this kind of data is ever shown. */
export function isSecret(category: DataCategory): boolean {
  return SECRET.has(category);
}

/** Whether what goes by this name is a secret. */
export function namesSecret(name: string): boolean {
  const found = classifyTokens(tokensOf(name));
  return found !== undefined && isSecret(found.category);
}

/** Longer lines are not looked through. */
const MAX_LINE = 2_000;
/** `name =`, `name:`, `"name":`, `["name"] =`. */
const NAMED = /(\w+)["'\]]*\s*(?::(?!:)|=(?!=))/g;
/** The next argument with a name, or the next key of a dictionary. */
const NEXT = /,\s*(?:\w+\s*=(?!=)|["'][\w-]+["']\s*:)/;
/** What picks something by its name: `environ["KEY"]`, `get("KEY"`, `env("KEY"`. */
const PICKED =
  /\w\s*\[\s*(["'])[\w.-]*\1\s*\]|\b(?:get\w*|pop|env|config|str)\(\s*(["'])[\w.-]*\2/g;
const TEXTS = /"([^"]+)"|'([^']+)'/g;
/** What is about a secret, and none: `JWT_AUTH_COOKIE`, `TOKEN_HEADER`. */
const ABOUT = /(?:cookie|header|name|prefix|class|backends?|hashers|validators)$/i;
const PASSWORD_IN_ADDRESS = /:\/\/[^\s/@"']*:[^\s/@"']+@/;

/** `set_cookie("name", "value"`, `setdefault("name", "value"`, `setattr(view, "name", "value"`. */
const SET = /\bset\w*\((?:\w+,)?\s*["']([\w.-]+)["']\s*,\s*(?:"([^"]+)"|'([^']+)')/g;

/** Whether a line of Python writes out what one of its names calls a secret. */
export function writesSecret(line: string): boolean {
  if (line.length > MAX_LINE || PASSWORD_IN_ADDRESS.test(line)) return true;
  for (const match of line.matchAll(NAMED)) {
    const [named, name = ""] = match;
    const [value = ""] = line.slice(match.index + named.length).split(NEXT, 1);
    if (ABOUT.test(name) || !namesSecret(name)) continue;
    const texts = [...value.replace(PICKED, "").matchAll(TEXTS)];
    if (texts.some(([, double, single]) => !namesSecret(double ?? single ?? ""))) return true;
  }
  return [...line.matchAll(SET)].some(
    ([, name = "", double, single]) => namesSecret(name) && !namesSecret(double ?? single ?? ""),
  );
}
