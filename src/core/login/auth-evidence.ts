import type { Call, Comparison, Expression, Statement } from "../python/syntax.js";
import { isNotScope, walkAllExpressions, walkStatements } from "../python/walk.js";
import { classifyTokens } from "../session/classify.js";
import { ownName, type Scope } from "../session/functions.js";
import { isRequest, lastName } from "../session/session-expression.js";
import { hasPhrase, isOneOf, tokensOf } from "../session/tokens.js";
import {
  CHECKED_WORDS,
  CHECKING_CALLS,
  CHECKING_WORDS,
  HANDSHAKE_STARTS,
  LOGGED_IN_GUARDS,
  LOGIN_WORDS,
  LOGOUT_WORDS,
  SECOND_STEP_WORDS,
  SIGN_UP_WORDS,
} from "./auth-words.js";
import {
  RECORD_IDENTITY_KEYS,
  STRONG_IDENTITY_KEYS,
  WEAK_IDENTITY_KEYS,
} from "./identity-words.js";

/** What a function shows of checking who the visitor is. */
export interface AuthEvidence {
  /** It checks a secret, a token or an assertion, or makes the account itself. */
  readonly checks: boolean;
  /** It is called what a login is called. */
  readonly named: boolean;
  /** It makes the request somebody's: `request.user = user`. */
  readonly establishes: boolean;
  /** Local names of records whose secret was checked. */
  readonly proven: ReadonlySet<string>;
  /** The login is finished later: a second factor, an identity provider, an account not yet active. */
  readonly unfinished: boolean;
  /** Only visitors who are logged in already get here. */
  readonly behindLogin: boolean;
}

export function readAuthEvidence(scope: Scope): AuthEvidence {
  const names = namesOf(scope).map(tokensOf);
  const named = names.some(
    (tokens) => isNamed(tokens, LOGIN_WORDS) && !isNamed(tokens, LOGOUT_WORDS),
  );
  const establishes = [...walkStatements(scope.body, isNotScope)].some((one) =>
    givesIdentity(one, scope),
  );
  const signsUp = names.some((tokens) => isNamed(tokens, SIGN_UP_WORDS));
  const found: Findings = {
    checks: false,
    code: false,
    lookups: false,
    unfinished: false,
    inactive: false,
    created: false,
  };
  const proven = new Set<string>();
  for (const expression of walkAllExpressions(scope.body, isNotScope)) {
    if (expression.kind === "call") readCall(expression, found, proven);
    if (expression.kind === "comparison") readComparison(expression, found);
    if (expression.kind === "string" && /^(?:HTTP_)?REMOTE_USER$/.test(expression.value ?? ""))
      found.checks = true;
  }
  for (const [name, bindings] of scope.bindings) {
    if (bindings.some((binding) => binding.value !== undefined && provesUser(binding.value)))
      proven.add(name);
  }
  const checks =
    found.checks || found.code || (named && found.lookups) || (signsUp && found.created);
  return {
    checks,
    named: named || establishes,
    establishes,
    proven,
    unfinished: found.inactive || (found.unfinished && !found.code),
    behindLogin: isBehindLogin(scope),
  };
}

/** `request.user = user`: the request is somebody's, whatever session it came with. */
function givesIdentity(statement: Statement, scope: Scope): boolean {
  if (statement.kind !== "assignment" || statement.value?.kind === "constant") return false;
  return statement.targets.some(
    (target) =>
      target.kind === "attribute" &&
      /^(?:user|account|member|customer)$/.test(target.name) &&
      isRequest(target.object, scope),
  );
}

/** Whether the function, or a class around it, is called what ends a session. */
export function isLogoutName(scope: Scope): boolean {
  return namesOf(scope).some((name) => isNamed(tokensOf(name), LOGOUT_WORDS));
}

function namesOf(scope: Scope): readonly string[] {
  const owner = scope.classes.at(-1)?.name;
  return owner === undefined ? [ownName(scope)] : [ownName(scope), owner];
}

/** A word of a name, also where it is glued to another: `userlogin`, `loginview`. */
function isNamed(tokens: readonly string[], words: readonly string[]): boolean {
  if (hasPhrase(tokens, words)) return true;
  const long = words.filter((word) => word.length >= 5 && !word.includes(" "));
  return tokens.some((token) =>
    long.some((word) => token.startsWith(word) || token.endsWith(word)),
  );
}

interface Findings {
  checks: boolean;
  /** The second factor itself is compared. */
  code: boolean;
  lookups: boolean;
  unfinished: boolean;
  inactive: boolean;
  created: boolean;
}

function readCall(call: Call, found: Findings, proven: Set<string>): void {
  const name = lastName(call.callee) ?? "";
  const tokens = tokensOf(name);
  const [first = "", ...rest] = tokens;
  if (CHECKING_CALLS.has(name) || isFormUser(call)) {
    found.checks = true;
    addProven(call, proven);
  }
  if (CHECKING_WORDS.has(first) && hasPhrase(rest, CHECKED_WORDS)) {
    found.checks = true;
    if (hasPhrase(rest, ["otp", "totp", "code", "token", "pin"])) found.code = true;
  }
  if (isCheckByName(call, name, tokens)) found.checks = true;
  if (first === "verify" && rest.length === 0) readVerify(call, found);
  readQuery(call, name, found);
  readHandOff(call, name, tokens, found);
  if (call.args.some((arg) => arg.name === "is_active" && isFalse(arg.value))) {
    found.inactive = true;
  }
}

/** The records whose secret a call checks: `user.check_password(x)`, `check_password(x, user.password)`. */
function addProven(call: Call, proven: Set<string>): void {
  const parts = [call.callee, ...call.args.map((arg) => arg.value)];
  for (const part of parts) {
    if (part.kind === "attribute" && part.object.kind === "name") proven.add(part.object.id);
  }
}

const NOT_A_LOGIN: readonly string[] = ["required", "url", "redirect", "form", "view", "log"];

function isCheckByName(call: Call, name: string, tokens: readonly string[]): boolean {
  const { callee, args } = call;
  if (name === "decode") return callee.kind === "attribute" && lastName(callee.object) === "jwt";
  if (name === "loads") return args.some((arg) => arg.name === "max_age");
  if (name === "post") return args[0] !== undefined && mentionsLogin(args[0].value);
  return hasPhrase(tokens, ["login", "signin", "authenticate"]) && !hasPhrase(tokens, NOT_A_LOGIN);
}

function readVerify(call: Call, found: Findings): void {
  const owner = call.callee.kind === "attribute" ? (lastName(call.callee.object) ?? "") : "";
  const called = call.callee.kind === "attribute" && call.callee.object.kind === "call";
  const inner =
    called && call.callee.kind === "attribute" && call.callee.object.kind === "call"
      ? lastName(call.callee.object.callee)
      : "";
  const tokens = [...tokensOf(owner), ...tokensOf(inner ?? "")];
  if (hasPhrase(tokens, ["totp", "hotp", "otp", "hasher", "ph", "argon2", "device"])) {
    found.checks = true;
    found.code = hasPhrase(tokens, ["totp", "hotp", "otp", "device"]) || found.code;
  }
}

/** Records found by their secret, found by who they are, or made here. */
function readQuery(call: Call, name: string, found: Findings): void {
  const keywords = call.args.flatMap((arg) => (arg.name === undefined ? [] : [tokensOf(arg.name)]));
  const secret = keywords.some((tokens) => classifyTokens(tokens)?.category === "credential");
  if (/^(?:filter|get|aget|get_object_or_404|first|exists)$/.test(name)) {
    if (secret) found.checks = true;
    const keys = [...WEAK_IDENTITY_KEYS, ...STRONG_IDENTITY_KEYS, ...RECORD_IDENTITY_KEYS];
    if (keywords.some((tokens) => isOneOf(tokens, keys))) found.lookups = true;
  }
  if (/^(?:a?create|a?create_user|get_or_create|save|register|signup)$/.test(name)) {
    found.created = true;
    if (secret || name === "create_user") found.checks = true;
  }
}

/** A code is made or sent, or the visitor goes to an identity provider: somebody logs in later. */
function readHandOff(call: Call, name: string, tokens: readonly string[], found: Findings): void {
  if (HANDSHAKE_STARTS.has(name)) found.unfinished = true;
  if (
    /^(?:send|generate|create|make|gen|request|asend)$/.test(tokens[0] ?? "") &&
    hasPhrase(tokens, [...SECOND_STEP_WORDS, "code"])
  ) {
    found.unfinished = true;
  }
  if (!/^(?:redirect|reverse|reverse_lazy|HttpResponseRedirect)$/.test(name)) return;
  const target = call.args[0]?.value;
  if (target?.kind === "string" && hasPhrase(tokensOf(target.value ?? ""), SECOND_STEP_WORDS))
    found.unfinished = true;
}

function readComparison(comparison: Comparison, found: Findings): void {
  if (!comparison.operators.every((operator) => operator === "==" || operator === "!=")) return;
  const classes = comparison.operands.map((operand) => secretOf(operand));
  if (!classes.some((one) => one !== undefined)) return;
  if (comparison.operands.some((operand) => isConfirmation(operand) || operand.kind === "constant"))
    return;
  found.checks = true;
  if (classes.includes("otp")) found.code = true;
}

function secretOf(operand: Expression): "credential" | "otp" | undefined {
  const tokens = tokensOf(nameOf(operand) ?? "");
  const category = classifyTokens(tokens)?.category;
  return category === "credential" || category === "otp" ? category : undefined;
}

/** The second field of a form in which a new password is typed twice. */
function isConfirmation(operand: Expression): boolean {
  return hasPhrase(tokensOf(nameOf(operand) ?? ""), [
    "confirm",
    "confirmation",
    "repeat",
    "again",
    "retype",
    "2",
    "conf",
    "re",
  ]);
}

function nameOf(expression: Expression): string | undefined {
  if (expression.kind === "subscript") {
    const [index] = expression.indices;
    return index?.kind === "string" ? index.value : undefined;
  }
  if (expression.kind === "call") {
    const [argument] = expression.args;
    if (argument?.value.kind === "string") return argument.value.value;
    return argument === undefined ? undefined : lastName(argument.value);
  }
  return lastName(expression);
}

function provesUser(value: Expression): boolean {
  const call = value.kind === "await" ? value.value : value;
  if (call.kind !== "call") return false;
  return isFormUser(call) || /^a?authenticate$/.test(lastName(call.callee) ?? "");
}

/** `form.get_user()` of Django's AuthenticationForm, which has checked the password. */
function isFormUser({ callee }: Call): boolean {
  return (
    callee.kind === "attribute" &&
    callee.name === "get_user" &&
    /form/i.test(lastName(callee.object) ?? "")
  );
}

function mentionsLogin(url: Expression): boolean {
  const text = url.kind === "string" ? (url.value ?? "") : (lastName(url) ?? "");
  return hasPhrase(tokensOf(text), ["login", "token", "auth", "oauth", "authenticate", "signin"]);
}

function isFalse(expression: Expression): boolean {
  return expression.kind === "constant" && expression.value === false;
}

function isBehindLogin(scope: Scope): boolean {
  const owner = scope.classes.at(-1);
  const marks = [
    ...(scope.definition?.decorators ?? []),
    ...(owner?.decorators ?? []),
    ...(owner?.bases.map((base) => base.value) ?? []),
  ];
  return marks.some((mark) => {
    const names =
      mark.kind === "call" ? [mark.callee, ...mark.args.map((arg) => arg.value)] : [mark];
    return names.some((name) => LOGGED_IN_GUARDS.test(lastName(name) ?? ""));
  });
}
