import type { Call, Expression } from "../../python/syntax/syntax.js";
import { walkExpressions } from "../../python/syntax/walk.js";
import { lastName } from "../../session/access/session-expression.js";
import { hasPhrase, isOneOf, tokensOf } from "../../session/words/tokens.js";
import {
  RECORD_IDENTITY_KEYS,
  STRONG_IDENTITY_KEYS,
  WEAK_IDENTITY_KEYS,
} from "../identity/identity-words.js";
import { nameOf, secretOf, secretOfName } from "./auth-comparisons.js";
import { CHECKED_WORDS, CHECKING_CALLS, CHECKING_WORDS } from "./auth-words.js";
import { isHandOff } from "./hand-offs.js";

/** What the calls of a function show, collected one by one. */
export interface AuthSigns {
  /** A secret, a token or an assertion is checked. */
  checks: boolean;
  /** The code of the second step is checked. */
  code: boolean;
  /** A record is looked up by who somebody says they are. */
  lookups: boolean;
  /** Where somebody is left to log in later: a code is sent, an identity provider asked. */
  readonly handOffs: Call[];
  /** An account is made that cannot log in yet. */
  inactive: boolean;
  created: boolean;
}

export function noSigns(): AuthSigns {
  return {
    checks: false,
    code: false,
    lookups: false,
    handOffs: [],
    inactive: false,
    created: false,
  };
}

const SECOND_STEP_CHECKS: readonly string[] = ["otp", "totp", "code", "token", "pin"];

export function readAuthCall(call: Call, signs: AuthSigns, proven: Set<string>): void {
  const name = lastName(call.callee) ?? "";
  const tokens = tokensOf(name);
  const [first = "", ...rest] = tokens;
  if (CHECKING_CALLS.has(name) || isFormUser(call)) {
    signs.checks = true;
    addProven(call, proven);
  }
  if (CHECKING_WORDS.has(first) && hasPhrase(rest, CHECKED_WORDS)) {
    signs.checks = true;
    if (hasPhrase(rest, SECOND_STEP_CHECKS)) signs.code = true;
  }
  if (isCheckByName(call, name, tokens) || isGivenSecret(call, tokens)) signs.checks = true;
  if (first === "verify" && rest.length === 0) readVerify(call, signs);
  readQuery(call, name, signs);
  if (isHandOff(call, name, tokens)) signs.handOffs.push(call);
  if (
    makesRecord(name) &&
    call.args.some(({ name: field, value }) => field === "is_active" && isFalse(value))
  )
    signs.inactive = true;
}

/** `Member(...)`, `Member.objects.create(...)`: a record that was not there before. */
function makesRecord(name: string): boolean {
  return /^(?:a?create(?:_user)?|a?(?:get|update)_or_create)$|^[A-Z]/.test(name);
}

/** The records whose secret a call checks: `user.check_password(x)`, `check_password(x, user.password)`. */
function addProven(call: Call, proven: Set<string>): void {
  const parts = [call.callee, ...call.args.map((arg) => arg.value)];
  for (const part of parts) {
    if (part.kind !== "attribute" || part.object.kind !== "name") continue;
    if (!/^(?:self|cls|request|req|settings|auth)$/.test(part.object.id))
      proven.add(part.object.id);
  }
}

/** `form.get_user()` of Django's AuthenticationForm, which has checked the password. */
export function isFormUser({ callee }: Call): boolean {
  return (
    callee.kind === "attribute" &&
    callee.name === "get_user" &&
    /form/i.test(lastName(callee.object) ?? "")
  );
}

/** Words of a function that is about logins and checks nobody. */
const NOT_A_LOGIN: readonly string[] = [
  "required",
  "url",
  "redirect",
  "form",
  "view",
  "log",
  "send",
  "email",
  "track",
  "record",
  "notify",
  "template",
  "render",
];

const LOGIN_CALLS: readonly string[] = ["login", "signin", "sign in", "authenticate"];

function isCheckByName(call: Call, name: string, tokens: readonly string[]): boolean {
  const { callee, args } = call;
  if (name === "decode") return callee.kind === "attribute" && lastName(callee.object) === "jwt";
  if (name === "loads") return args.some((arg) => arg.name === "max_age");
  if (name === "post") return args[0] !== undefined && mentionsLogin(args[0].value);
  if (exchangesCode(call, name) || sendsSecret(call)) return true;
  if (name === "bind") return args.length === 0 && DIRECTORY.test(ownerOf(call));
  if (asksSecretInSql(call)) return true;
  const named = hasPhrase(tokens, LOGIN_CALLS);
  return named && !hasPhrase(tokens, NOT_A_LOGIN);
}

/** A question in SQL that the visitor's password is part of. */
export function asksSecretInSql({ callee, args }: Call): boolean {
  const name = lastName(callee);
  return (name === "execute" || name === "raw") && args.some((arg) => comparesInSql(arg.value));
}

/** `select ... where name = %s and password = %s` */
function comparesInSql(sql: Expression): boolean {
  const parts = sql.kind === "string" ? sql.parts : sql.kind === "binary" ? [sql.left] : [];
  const texts = sql.kind === "string" && sql.value !== undefined ? [sql.value] : parts;
  return texts.some((part) => {
    if (typeof part !== "string") return comparesInSql(part);
    const where = part.toLowerCase().split("where")[1];
    return where !== undefined && /pass|pwd/.test(where);
  });
}

const ACCOUNT_WORDS: readonly string[] = [
  "user",
  "username",
  "uname",
  "email",
  "login",
  "name",
  "account",
  "phone",
];

/** Functions that take a name and a password and do not compare them. */
const NO_CHECK =
  /^(?:print|info|debug|warning|error|log|format|render|create|create_user|create_superuser|set_password|make_password|save|update|dict|update_or_create|get_or_create|encrypt|send_mail|send)$/;

/** A function of any name that is given both who somebody says they are and their password. */
function isGivenSecret(call: Call, tokens: readonly string[]): boolean {
  if (NO_CHECK.test(tokens.join("_")) || call.args.length < 2 || call.args.length > 6) return false;
  if (/^[A-Z]/.test(lastName(call.callee) ?? "")) return false;
  const names = call.args.map((arg) => arg.name ?? nameOf(arg.value) ?? "");
  const secret = call.args.some(
    (arg, i) =>
      secretOf(arg.value) === "credential" || secretOfName(names[i] ?? "") === "credential",
  );
  return secret && names.some((name) => hasPhrase(tokensOf(name), ACCOUNT_WORDS));
}

const HASHERS: readonly string[] = [
  "hasher",
  "ph",
  "argon2",
  "bcrypt",
  "pbkdf2",
  "crypt",
  "pwd context",
  "sha256",
];
const DEVICES: readonly string[] = ["totp", "hotp", "otp", "device"];

/** `totp.verify(code)`, `pyotp.TOTP(secret).verify(code)`, `hasher.verify(hash, password)`. */
function readVerify({ callee, args }: Call, signs: AuthSigns): void {
  if (callee.kind !== "attribute") return;
  const owner = callee.object.kind === "call" ? callee.object.callee : callee.object;
  const tokens = tokensOf(lastName(owner) ?? "");
  if (hasPhrase(tokens, DEVICES)) signs.code = true;
  const secret = args.some((arg) => secretOf(arg.value) !== undefined);
  if (signs.code || secret || hasPhrase(tokens, HASHERS)) signs.checks = true;
}

const IDENTITY_KEYS = [...WEAK_IDENTITY_KEYS, ...STRONG_IDENTITY_KEYS, ...RECORD_IDENTITY_KEYS];

/** Records found by their secret, found by who they are, or made here. */
function readQuery(call: Call, name: string, signs: AuthSigns): void {
  const keywords = call.args.flatMap((arg) => (arg.name === undefined ? [] : [arg.name]));
  const secret = keywords.some((keyword) => secretOfName(keyword) === "credential");
  if (/^(?:filter|get|aget|get_object_or_404|aget_object_or_404|first|exists)$/.test(name)) {
    if (secret || keywords.some((keyword) => /^(?:token|otp|magic)/.test(keyword))) {
      signs.checks = true;
    }
    if (keywords.some((keyword) => isOneOf(tokensOf(keyword), IDENTITY_KEYS))) signs.lookups = true;
  }
  if (/^(?:a?create|a?create_user|get_or_create|save|register|signup)$/.test(name)) {
    signs.created = true;
    if (secret || name === "create_user") signs.checks = true;
  }
}

const LOGIN_ADDRESSES: readonly string[] = [
  "login",
  "token",
  "auth",
  "oauth",
  "authenticate",
  "signin",
];

function mentionsLogin(url: Expression): boolean {
  return [...walkExpressions(url)].some((one) => {
    const parts = one.kind === "string" ? one.parts : [lastName(one) ?? ""];
    const text = parts.filter((part) => typeof part === "string").join(" ");
    return hasPhrase(tokensOf(text), LOGIN_ADDRESSES);
  });
}

/** What an identity provider sends the visitor back with. */
const HANDED_BACK = /^(?:js_?code|code|auth_?code|ticket|oauth_verifier|oauth_token|id_token)$/;

/** `requests.get(url, params={"code": code})`: the provider is asked who came back. */
function exchangesCode({ args }: Call, name: string): boolean {
  if (!/^(?:get|post|request|urlopen|fetch)$/.test(name)) return false;
  return args.some(
    ({ value }) =>
      value.kind === "dictionary" &&
      value.entries.some(({ key }) => key?.kind === "string" && HANDED_BACK.test(key.value ?? "")),
  );
}

/** `api("POST", "/auth/login", body={"email": ..., "password": ...})`: another server checks it. */
function sendsSecret({ args }: Call): boolean {
  const secret = args.some(
    ({ value }) =>
      value.kind === "dictionary" &&
      value.entries.some(
        ({ key }) => key?.kind === "string" && secretOfName(key.value ?? "") === "credential",
      ),
  );
  return secret && args.some(({ value }) => value.kind !== "dictionary" && isLoginPath(value));
}

function isLoginPath(value: Expression): boolean {
  const text = value.kind === "string" ? value.parts : [];
  return (
    text.some((part) => typeof part === "string" && part.includes("/")) && mentionsLogin(value)
  );
}

/** Names of a connection to a directory, whose `bind()` checks a password. */
const DIRECTORY = /^(?:l|c|con|conn|connection|ldap\w*|server)$/i;

function ownerOf({ callee }: Call): string {
  return callee.kind === "attribute" ? (lastName(callee.object) ?? "") : "";
}

/** Calls whose answer is what a signed token or an identity provider says of somebody. */
const ASSERTING =
  /^(?:verify_oauth2_token|verify_id_token|verify_session_cookie|verify_token|parse_id_token|authorize_access_token|userinfo|get_userinfo|get_user_info|get_nameid|verify_ticket|validate_ticket)$/;

export function isAssertionCheck({ callee }: Call): boolean {
  const name = lastName(callee) ?? "";
  if (name === "decode") return callee.kind === "attribute" && lastName(callee.object) === "jwt";
  return ASSERTING.test(name);
}

function isFalse(expression: Expression): boolean {
  return expression.kind === "constant" && expression.value === false;
}
