import type { Confidence } from "../../model/severity.js";
import type { Span } from "../../model/source.js";
import type { PythonModule } from "../../python/syntax/module.js";
import type { Call, Expression, Statement } from "../../python/syntax/syntax.js";
import {
  dottedName,
  expressionsOf,
  isNotScope,
  walkAllExpressions,
  walkExpressions,
  walkStatements,
} from "../../python/syntax/walk.js";
import { hasDjangoSessions } from "../../session/access/foreign-sessions.js";
import { isRequest, lastName } from "../../session/access/session-expression.js";
import { lastValue, type Scope, scopesOf } from "../../session/bindings/scopes.js";
import { hasPhrase, tokensOf } from "../../session/words/tokens.js";
import { writesOf } from "../../session/writes/writes.js";
import { identityOf } from "../identity/identity-keys.js";
import { logsIn } from "../paths/django-logins.js";
import { statementsWith } from "../paths/path-rule.js";
import { SIGN_UP_WORDS } from "../proof/auth-words.js";

/** Something on which it depends that a new password ends the sessions made with the old one. */
export interface PasswordChange {
  readonly scope: Scope;
  readonly how: "own-sessions" | "constant-hash" | "other-user";
  readonly span: Span;
  /** Other sessions end, or nothing is wrong. */
  readonly ends: boolean;
  readonly guards: readonly Span[];
  readonly confidence: Confidence;
}

export function passwordChanges(module: PythonModule): readonly PasswordChange[] {
  if (!hasDjangoSessions(module) || /(?:^|\/)management\//.test(module.path)) return [];
  return scopesOf(module, module.touchedSyntax)
    .filter((scope) => scope.definition !== undefined)
    .flatMap((scope) => [...readHash(scope), ...readUpdate(scope), ...readChange(scope)]);
}

/** `get_session_auth_hash` that answers the same whatever the password is. */
function readHash(scope: Scope): readonly PasswordChange[] {
  const { definition } = scope;
  if (definition?.name !== "get_session_auth_hash" || scope.classes.length === 0) return [];
  const returned = [...walkStatements(scope.body, isNotScope)].filter(
    (one) => one.kind === "return",
  );
  const fixed = returned.every(
    ({ value }) =>
      value === undefined ||
      value.kind === "constant" ||
      value.kind === "number" ||
      (value.kind === "string" && value.value !== undefined),
  );
  const guards = fixed ? [] : returned.map((one) => one.span);
  return [
    {
      scope,
      how: "constant-hash",
      span: definition.span,
      ends: !fixed,
      guards,
      confidence: "high",
    },
  ];
}

/** `update_session_auth_hash(request, somebody_else)` gives this session to another user. */
function readUpdate(scope: Scope): readonly PasswordChange[] {
  for (const statement of walkStatements(scope.body, isNotScope)) {
    if (!isNotScope(statement)) continue;
    for (const call of callsIn(statement)) {
      if (!/^a?update_session_auth_hash$/.test(lastName(call.callee) ?? "")) continue;
      const user = call.args[1]?.value;
      if (user === undefined || !isLookedUp(user, scope)) continue;
      const { span } = statement;
      return [{ scope, how: "other-user", span, ends: false, guards: [], confidence: "medium" }];
    }
  }
  return [];
}

/** A record found by an id of the request, and not the visitor's own. */
function isLookedUp(user: Expression, scope: Scope): boolean {
  if (user.kind !== "name") return false;
  const value = lastValue(scope, user.id, user.span.start);
  if (value?.kind !== "call") return false;
  const parts = [...walkExpressions(value)];
  const own = parts.some(
    (one) =>
      one.kind === "attribute" &&
      ((one.name === "user" && isRequest(one.object, scope)) || one.name === "session"),
  );
  const key = value.args.some((arg) => /^(?:pk|id|user_id|username|uuid)$/.test(arg.name ?? ""));
  return !own && key && /^a?get(?:_object_or_404)?$/.test(lastName(value.callee) ?? "");
}

/** A new password where sessions are the project's own: nothing but code ends the others. */
function readChange(scope: Scope): readonly PasswordChange[] {
  if (hasPhrase(tokensOf(scope.symbol), NO_SESSION_YET)) return [];
  const statements = [...walkStatements(scope.body, isNotScope)].filter(isNotScope);
  const change = statements.find((one) => setsPassword(one));
  if (change === undefined || !usesSession(scope) || !hasOwnLogin(scope.module)) return [];
  const ending = [
    ...statementsWith(scope, "ends"),
    ...statements.filter((one) => callsIn(one).some(endsOthers)),
  ];
  const guards = ending.map((one) => one.span);
  return [
    {
      scope,
      how: "own-sessions",
      span: change.span,
      ends: ending.length > 0,
      guards,
      confidence: "medium",
    },
  ];
}

const NO_SESSION_YET: readonly string[] = [
  ...SIGN_UP_WORDS,
  "seed",
  "create",
  "migrate",
  "import",
  "fixture",
];

function setsPassword(statement: Statement): boolean {
  const calls = callsIn(statement);
  if (calls.some((call) => call.callee.kind === "attribute" && call.callee.name === "set_password"))
    return true;
  if (statement.kind !== "assignment") return false;
  return (
    calls.some((call) => lastName(call.callee) === "make_password") &&
    statement.targets.some((target) => target.kind === "attribute" && target.name === "password")
  );
}

/** A view of a visitor who has a session: it reads the identity from it. */
function usesSession(scope: Scope): boolean {
  return [...walkAllExpressions(scope.body, isNotScope)].some(
    (one) => one.kind === "attribute" && one.name === "session" && isRequest(one.object, scope),
  );
}

function endsOthers(call: Call): boolean {
  const name = lastName(call.callee) ?? "";
  if (/^a?update_session_auth_hash$/.test(name)) return true;
  const dotted = dottedName(call.callee) ?? "";
  if (name === "delete" && /session/i.test(dottedOfChain(call))) return true;
  return /session/i.test(dotted) && /(?:revoke|invalidate|end|kill|delete|expire|clear)/.test(name);
}

/** `Session.objects.filter(...).delete()`: the names along the chain. */
function dottedOfChain(call: Call): string {
  return [...walkExpressions(call.callee)].map((one) => lastName(one) ?? "").join(".");
}

const OWN_LOGINS = new WeakMap<PythonModule, boolean>();

/** Whether the module writes who is logged in into the session by itself. */
function hasOwnLogin(module: PythonModule): boolean {
  const known = OWN_LOGINS.get(module);
  if (known !== undefined) return known;
  const scopes = scopesOf(module, module.syntaxMentioning(["session["]));
  const found = scopes.some(
    (scope) =>
      scope.definition !== undefined &&
      writesOf(scope).some((write) => write.path.length === 1 && identityOf(write) === "strong") &&
      !logsInThroughDjango(scope),
  );
  OWN_LOGINS.set(module, found);
  return found;
}

function logsInThroughDjango(scope: Scope): boolean {
  if (!logsIn(scope)) return false;
  return [...walkAllExpressions(scope.body, isNotScope)].some(
    (one) =>
      one.kind === "call" &&
      /^(?:a?login|auth_login|django_login)$/.test(lastName(one.callee) ?? ""),
  );
}

function callsIn(statement: Statement): readonly Call[] {
  return expressionsOf(statement).flatMap((expression) =>
    [...walkExpressions(expression)].filter((one) => one.kind === "call"),
  );
}
