import type { Span } from "../model/source.js";
import type { PythonModule } from "../python/module.js";
import type { Call, Expression, Statement } from "../python/syntax.js";
import {
  expressionsOf,
  isNotScope,
  walkAllExpressions,
  walkExpressions,
  walkStatements,
} from "../python/walk.js";
import { classifyTokens } from "../session/classify.js";
import { hasDjangoSessions } from "../session/foreign-sessions.js";
import { type Scope, scopesOf } from "../session/functions.js";
import { type KeyPart, readKeys } from "../session/keys.js";
import { lastName, readSession } from "../session/session-expression.js";
import { hasPhrase, tokensOf } from "../session/tokens.js";
import { isLogoutName } from "./auth-evidence.js";
import { mayRotateElsewhere } from "./callers.js";
import { calledScope, isRequestOrSession } from "./effect.js";
import { identityOfKey } from "./identity-keys.js";
import { PENDING_WORDS } from "./identity-words.js";
import { logsIn } from "./login-calls.js";
import { loginFacts } from "./login-facts.js";
import { isLoginKey } from "./login-keys.js";
import { passwordChanges } from "./password-changes.js";
import { coveringStatements, statementsWith } from "./path-rule.js";

/** How a logout forgets the visitor: `nothing` does not, `unseen` leaves it to code of another module. */
export type Forgetting = "flush" | "unseen" | "clear" | "keys" | "cookie" | "nothing";

/** A statement that forgets the visitor and leaves the session alive. */
export interface Forgotten {
  readonly statement: Statement;
  readonly how: "clear" | "keys" | "cookie";
  /** The session expression; undefined when only a cookie is deleted. */
  readonly session: Expression | undefined;
  /** The statement does nothing else, so another may stand in its place. */
  readonly alone: boolean;
}

export interface LogoutFact {
  readonly scope: Scope;
  /** It is a logout by its name or by what it forgets; otherwise only what it ended before counts. */
  readonly logout: boolean;
  /** It is a login too, or changes a password: what it loses is another rule's. */
  readonly elsewhere: boolean;
  readonly how: Forgetting;
  /** The statements that leave the session alive, in order. */
  readonly left: readonly Forgotten[];
  /** The statements that end the session, on whatever path. */
  readonly ending: readonly Span[];
}

/** What the functions that a hunk touches do to end a session. */
export function logoutFacts(module: PythonModule): readonly LogoutFact[] {
  if (!hasDjangoSessions(module)) return [];
  const { sinks, others } = loginFacts(module);
  const taken = new Set([
    ...sinks.map((sink) => sink.write.scope.definition),
    ...others.map((other) => other.scope.definition),
    ...passwordChanges(module).map((change) => change.scope.definition),
  ]);
  return scopesOf(module, module.touchedSyntax)
    .filter((scope) => scope.definition !== undefined && !isReceiver(scope))
    .map((scope) => {
      const elsewhere = taken.has(scope.definition);
      return isLogout(scope) ? readLogout(scope, elsewhere) : readEnding(scope, elsewhere);
    });
}

/** django/contrib/auth/__init__.py: logout() tells its receivers first, then flushes the session. */
function isReceiver({ definition }: Scope): boolean {
  return definition?.parameters[0]?.name === "sender";
}

/** A function of any other name: whether it ends the session, renews its key, or may elsewhere. */
function readEnding(scope: Scope, elsewhere: boolean): LogoutFact {
  const ending = statementsWith(scope, "ends").map((statement) => statement.span);
  const kept = usesSession(scope) && !logsIn(scope) && !mayRotateElsewhere(scope);
  const how = ending.length > 0 ? "flush" : kept ? "nothing" : "unseen";
  return { scope, logout: false, elsewhere, how, left: [], ending };
}

/** Stepping back from another identity is not a logout. */
const STEPPING_BACK: readonly string[] = [
  "sudo",
  "desudo",
  "impersonate",
  "impersonation",
  "hijack",
  "release",
  "stop",
];

function isLogout(scope: Scope): boolean {
  if (hasPhrase(tokensOf(scope.symbol), STEPPING_BACK)) return false;
  return isLogoutName(scope) || sendsToLogin(scope);
}

/** A function of another name that forgets who was logged in and shows the login page. */
function sendsToLogin(scope: Scope): boolean {
  const last = scope.body.at(-1);
  const target = last?.kind === "return" && last.value?.kind === "call" ? last.value : undefined;
  const to = target?.args[0]?.value;
  if (
    target === undefined ||
    !/^(?:redirect|HttpResponseRedirect)$/.test(lastName(target.callee) ?? "")
  ) {
    return false;
  }
  const text = to?.kind === "string" ? to.value : undefined;
  if (text === undefined || !hasPhrase(tokensOf(text), LOGIN_PAGES)) return false;
  return scope.body.some(
    (statement) =>
      statement.kind === "delete" && statement.targets.some((one) => isIdentity(one, scope)),
  );
}

const LOGIN_PAGES: readonly string[] = ["login", "signin", "sign in", "log in"];

function isIdentity(target: Expression, scope: Scope): boolean {
  const [index] = target.kind === "subscript" ? target.indices : [];
  if (target.kind !== "subscript" || index === undefined) return false;
  const strong = readKeys(index, scope).some((key) => identityOfKey(key.tokens) === "strong");
  return strong && readSession(target.object, scope)?.path.length === 0;
}

/** Statements of one function that are followed: each costs a walk over all its neighbours. */
const MAX_FORGOTTEN = 40;

function usesSession(scope: Scope): boolean {
  return [...walkAllExpressions(scope.body, isNotScope)].some(
    (one) => readSession(one, scope) !== undefined,
  );
}

function readLogout(scope: Scope, elsewhere: boolean): LogoutFact {
  const forgotten = [...walkStatements(scope.body, isNotScope)].flatMap((one) =>
    readForgotten(one, scope),
  );
  const left = forgotten
    .slice(0, MAX_FORGOTTEN)
    .filter((one) => coveringStatements(one.statement, scope, "ends").length === 0);
  const ending = statementsWith(scope, "ends");
  return {
    scope,
    logout: true,
    elsewhere,
    how: howOf(scope, left, ending.length > 0),
    left,
    ending: ending.map((statement) => statement.span),
  };
}

function howOf(scope: Scope, left: readonly Forgotten[], ends: boolean): Forgetting {
  if (left.length === 0) {
    if (ends) return "flush";
    return leavesItToOthers(scope) ? "unseen" : "nothing";
  }
  if (allCalls(scope).some(isSuperCall)) return "unseen";
  if (left.some((one) => one.how === "clear")) return "clear";
  return left.some((one) => one.how === "keys") ? "keys" : "cookie";
}

const RENDERING =
  /^(?:render|redirect|TemplateResponse|HttpResponse\w*|JsonResponse|messages?|success|info|warning|error|reverse|get_\w+)$/;

/** The request or the session is handed to code that is not seen here, or to a base class. */
function leavesItToOthers(scope: Scope): boolean {
  return allCalls(scope).some((call) => {
    if (isSuperCall(call)) return true;
    if (RENDERING.test(lastName(call.callee) ?? "") || calledScope(call, scope) !== undefined) {
      return false;
    }
    return call.args.some((arg) => isRequestOrSession(arg.value, scope));
  });
}

function isSuperCall({ callee }: Call): boolean {
  if (callee.kind !== "attribute" || callee.object.kind !== "call") return false;
  return lastName(callee.object.callee) === "super";
}

function allCalls(scope: Scope): readonly Call[] {
  const calls: Call[] = [];
  for (const statement of walkStatements(scope.body, isNotScope)) {
    if (!isNotScope(statement)) continue;
    for (const expression of expressionsOf(statement)) {
      for (const one of walkExpressions(expression)) if (one.kind === "call") calls.push(one);
    }
  }
  return calls;
}

function readForgotten(statement: Statement, scope: Scope): readonly Forgotten[] {
  if (statement.kind === "delete") {
    const sessions = statement.targets.map((target) => identityIn(target, scope));
    const session = sessions.find((one) => one !== undefined);
    return session === undefined
      ? []
      : [{ statement, how: "keys", session, alone: !sessions.includes(undefined) }];
  }
  if (
    statement.kind === "assignment" &&
    statement.value !== undefined &&
    isNothing(statement.value)
  ) {
    const session = statement.targets
      .map((target) => identityIn(target, scope))
      .find((one) => one !== undefined);
    return session === undefined
      ? []
      : [{ statement, how: "keys", session, alone: statement.targets.length === 1 }];
  }
  return expressionsOf(statement).flatMap((expression) => {
    const call = [...walkExpressions(expression)].find(
      (one) => one.kind === "call" && forgets(one, scope) !== undefined,
    );
    const found = call?.kind === "call" ? forgets(call, scope) : undefined;
    if (found === undefined) return [];
    const whole =
      statement.kind === "expression" &&
      (statement.value === call ||
        (statement.value.kind === "await" && statement.value.value === call));
    return [{ statement, ...found, alone: whole }];
  });
}

function forgets(call: Call, scope: Scope): Pick<Forgotten, "how" | "session"> | undefined {
  const { callee } = call;
  if (callee.kind !== "attribute") return undefined;
  if (callee.name === "delete_cookie")
    return isSessionCookie(call) ? { how: "cookie", session: undefined } : undefined;
  if (!/^(?:a?pop|a?clear)$/.test(callee.name)) return undefined;
  const place = readSession(callee.object, scope);
  if (place === undefined || place.path.length > 0) return undefined;
  if (callee.name.endsWith("clear")) return { how: "clear", session: place.session };
  const key = call.args[0]?.value;
  const keys = key === undefined ? [] : readKeys(key, scope);
  return keys.some((one) => namesVisitor(one, scope))
    ? { how: "keys", session: place.session }
    : undefined;
}

function isSessionCookie(call: Call): boolean {
  const name = call.args[0]?.value;
  if (name?.kind === "string") return name.value === "sessionid";
  return name !== undefined && lastName(name) === "SESSION_COOKIE_NAME";
}

/** The session of `session["user_id"]`; undefined for other targets and other keys. */
function identityIn(target: Expression, scope: Scope): Expression | undefined {
  const [index] = target.kind === "subscript" ? target.indices : [];
  if (target.kind !== "subscript" || index === undefined) return undefined;
  const place = readSession(target.object, scope);
  if (place === undefined || place.path.length > 0) return undefined;
  if (readKeys(index, scope).some((key) => namesVisitor(key, scope)) || isEveryKey(index, scope))
    return place.session;
  return undefined;
}

/** `for key in list(request.session.keys()): del request.session[key]` is a `clear()`. */
function isEveryKey(index: Expression, scope: Scope): boolean {
  const each = index.kind === "name" ? scope.bindings.get(index.id)?.at(-1)?.each : undefined;
  if (each === undefined) return false;
  return [...walkExpressions(each)].some((one) => readSession(one, scope)?.path.length === 0);
}

const VISITOR_WORDS: readonly string[] = [
  "user",
  "account",
  "member",
  "login",
  "auth",
  "logged",
  "admin",
  "authenticated",
];

function namesVisitor(key: KeyPart, { module }: Scope): boolean {
  if (identityOfKey(key.tokens) !== undefined) return true;
  if (hasPhrase(key.tokens, PENDING_WORDS)) return false;
  if (hasPhrase(key.tokens, VISITOR_WORDS)) return true;
  const category = classifyTokens(key.tokens)?.category;
  if (category === "token" || category === "credential") return true;
  return key.kind === "literal" && isLoginKey(module, key.text);
}

function isNothing(value: Expression): boolean {
  if (value.kind === "constant") return value.value !== true;
  return value.kind === "string" && value.value === "";
}
