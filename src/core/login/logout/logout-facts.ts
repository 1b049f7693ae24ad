import type { Span } from "../../model/source.js";
import type { PythonModule } from "../../python/syntax/module.js";
import type { Call } from "../../python/syntax/syntax.js";
import { unparse } from "../../python/syntax/unparse.js";
import {
  expressionsOf,
  isNotScope,
  walkAllExpressions,
  walkExpressions,
  walkStatements,
} from "../../python/syntax/walk.js";
import { hasDjangoSessions } from "../../session/access/foreign-sessions.js";
import { lastName, readSession } from "../../session/access/session-expression.js";
import { type Scope, scopesOf } from "../../session/bindings/scopes.js";
import { loginFacts } from "../login-facts.js";
import { mayRotateElsewhere } from "../paths/callers.js";
import { logsIn } from "../paths/django-logins.js";
import { calledScope, isRequestOrSession } from "../paths/effect.js";
import { coveringStatements, statementsWith } from "../paths/path-rule.js";
import { type Forgotten, forgottenIn } from "./forgetting-statements.js";
import { isLogout, isReceiver } from "./logout-functions.js";
import { passwordChanges } from "./password-changes.js";

/** How a logout forgets the visitor: `nothing` does not, `unseen` leaves it to code of another module. */
export type Forgetting = "flush" | "unseen" | "clear" | "keys" | "cookie" | "nothing";

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
  /** What is called that may end it in code that is not seen here, with the bases it may come from. */
  readonly unseen: readonly string[];
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

/** A function of any other name: whether it ends the session, renews its key, or may elsewhere. */
function readEnding(scope: Scope, elsewhere: boolean): LogoutFact {
  const ending = statementsWith(scope, "ends").map((statement) => statement.span);
  const kept = usesSession(scope) && !logsIn(scope) && !mayRotateElsewhere(scope);
  const how = ending.length > 0 ? "flush" : kept ? "nothing" : "unseen";
  return { scope, logout: false, elsewhere, how, left: [], ending, unseen: [] };
}

/** Statements of one function that are followed: each costs a walk over all its neighbours. */
const MAX_FORGOTTEN = 40;

function usesSession(scope: Scope): boolean {
  return [...walkAllExpressions(scope.body, isNotScope)].some(
    (one) => readSession(one, scope) !== undefined,
  );
}

function readLogout(scope: Scope, elsewhere: boolean): LogoutFact {
  const left = forgottenIn(scope)
    .slice(0, MAX_FORGOTTEN)
    .filter((one) => coveringStatements(one.statement, scope, "ends").length === 0);
  const ending = statementsWith(scope, "ends");
  const unseen = unseenCalls(scope);
  return {
    scope,
    logout: true,
    elsewhere,
    how: howOf(scope, left, ending.length > 0, unseen.length > 0),
    left,
    ending: ending.map((statement) => statement.span),
    unseen,
  };
}

function howOf(
  scope: Scope,
  left: readonly Forgotten[],
  ends: boolean,
  mayEnd: boolean,
): Forgetting {
  if (left.length === 0) {
    if (ends) return "flush";
    return mayEnd ? "unseen" : "nothing";
  }
  if (allCalls(scope).some(isSuperCall)) return "unseen";
  if (left.some((one) => one.how === "clear")) return "clear";
  return left.some((one) => one.how === "keys") ? "keys" : "cookie";
}

const RENDERING =
  /^(?:render|redirect|TemplateResponse|HttpResponse\w*|JsonResponse|messages?|success|info|warning|error|reverse|get_\w+)$/;

/** Those that hand the request or the session to code that is not seen here, or to a base class. */
function unseenCalls(scope: Scope): readonly string[] {
  const mayEnd = (call: Call) => {
    if (isSuperCall(call)) return true;
    if (RENDERING.test(lastName(call.callee) ?? "") || calledScope(call, scope) !== undefined) {
      return false;
    }
    return call.args.some((arg) => isRequestOrSession(arg.value, scope));
  };
  const bases = scope.classes.at(-1)?.bases.map(({ value }) => unparse(value)) ?? [];
  return allCalls(scope)
    .filter(mayEnd)
    .map((call) => [unparse(call.callee), ...(isSuperCall(call) ? bases : [])].join(" "));
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
