import type { Expression } from "../python/syntax/syntax.js";
import { lastName } from "../session/access/session-expression.js";
import { classifyTokens } from "../session/words/name-class.js";
import { hasPhrase, tokensOf } from "../session/words/tokens.js";
import type { SetCookie } from "./set-cookie.js";

/** What a cookie is for, told from its name and its value. */
export type CookieKind = "secret" | "authority" | "other" | "harmless";

/** A cookie with such a name carries a session, or stands for one. */
const SECRET_WORDS: readonly string[] = [
  "session",
  "sessionid",
  "sid",
  "auth",
  "token",
  "jwt",
  "remember",
  "sso",
  "credential",
  "credentials",
  "password",
  "apikey",
  "api key",
];

/** Whole names of the two tokens of a pair; in longer names the words mean other things. */
const PAIR: ReadonlySet<string> = new Set(["access", "refresh"]);

/** A cookie with such a name decides by being there what its visitor may do. */
const AUTHORITY_WORDS: readonly string[] = [
  "auth",
  "authenticated",
  "login",
  "logged",
  "loggedin",
  "admin",
  "remember",
  "role",
  "superuser",
];

/** With one of these, a name is about something ordinary, or the cookie is read by scripts on purpose. */
const HARMLESS_WORDS: readonly string[] = [
  "csrf",
  "csrftoken",
  "xsrf",
  "lang",
  "language",
  "locale",
  "theme",
  "consent",
  "cookie consent",
  "exists",
  "has",
  "hint",
  "seen",
  "shown",
  "dismissed",
  "visited",
  "banner",
  "timezone",
  "tz",
  "next",
  "redirect",
  "url",
  "expiry",
  "expires",
  "exp",
  "count",
  "error",
  "message",
  "last",
];

const GLUED =
  /(?:auth|access|refresh|user|session|id|login|api)token$|^session(?:id|key)$|^auth(?:key|id)$/;

export function kindOf(cookie: SetCookie): CookieKind {
  const tokens = cookie.name.tokens.filter((token) => token !== "cookie" && token !== "name");
  if (hasPhrase(cookie.name.tokens, HARMLESS_WORDS)) return "harmless";
  const constant = isConstant(cookie.value);
  if (constant) {
    if (grantsNothing(cookie.value)) return "harmless";
    return hasPhrase(tokens, AUTHORITY_WORDS) ? "authority" : "other";
  }
  const named =
    hasPhrase(tokens, SECRET_WORDS) ||
    (tokens.length === 1 && PAIR.has(tokens[0] ?? "")) ||
    tokens.some((token) => GLUED.test(token));
  return named || isSecretValue(cookie.value) ? "secret" : "other";
}

function isConstant(value: Expression): boolean {
  if (value.kind === "string") return value.value !== undefined;
  return value.kind === "number" || value.kind === "constant";
}

/** `""` deletes the cookie; `"0"` and its like say no. */
function grantsNothing(value: Expression): boolean {
  if (value.kind === "string") return /^(?:0|false|no|off|none|)$/i.test(value.value ?? "");
  if (value.kind === "number") return value.value === 0;
  return value.kind === "constant" && value.value !== true;
}

/** `request.session.session_key`, `access_token`, `RefreshToken.for_user(user)` */
function isSecretValue(value: Expression): boolean {
  const at = value.kind === "call" ? (value.args[0]?.value ?? value.callee) : value;
  const name = lastName(at) ?? "";
  if (name === "session_key") return true;
  const category = classifyTokens(tokensOf(name))?.category;
  return category === "credential" || category === "token";
}
