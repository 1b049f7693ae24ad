import type { PythonModule } from "../python/syntax/module.js";
import type { Call, Expression, Statement } from "../python/syntax/syntax.js";
import {
  expressionsOf,
  findArgument,
  isNotScope,
  walkAllExpressions,
  walkExpressions,
  walkStatements,
} from "../python/syntax/walk.js";
import { hasDjangoSessions } from "../session/access/foreign-sessions.js";
import { isRequest, lastName, readSession } from "../session/access/session-expression.js";
import { lastValue, type Scope, scopesOf } from "../session/bindings/scopes.js";
import { isCookieName } from "./cookie-name.js";
import { chosenSource } from "./request-values.js";

/** A place at which a request gets a session by its key. */
export interface ChosenKey {
  readonly scope: Scope;
  readonly statement: Statement;
  /** What is done with the key. */
  readonly how: "session" | "store" | "cookie" | "response" | "lookup";
  /** What of the visitor's request the key comes from, for the message; undefined when it chooses none. */
  readonly source: string | undefined;
}

const MEMO = new WeakMap<PythonModule, readonly ChosenKey[]>();

/** The places of what a hunk touches at which a session is taken by its key. */
export function chosenKeys(module: PythonModule): readonly ChosenKey[] {
  const known = MEMO.get(module);
  if (known !== undefined) return known;
  const found = hasDjangoSessions(module) ? readKeys(module) : [];
  MEMO.set(module, found);
  return found;
}

function readKeys(module: PythonModule): readonly ChosenKey[] {
  return scopesOf(module, module.touchedSyntax)
    .filter((scope) => scope.definition !== undefined)
    .flatMap((scope) =>
      [...walkStatements(scope.body, isNotScope)]
        .filter(isNotScope)
        .flatMap((statement) => readStatement(statement, scope)),
    );
}

function readStatement(statement: Statement, scope: Scope): readonly ChosenKey[] {
  const found: ChosenKey[] = [];
  const add = (how: ChosenKey["how"], key: Expression | undefined) => {
    if (key !== undefined) found.push({ scope, statement, how, source: chosenSource(key, scope) });
  };
  if (statement.kind === "assignment" && statement.value !== undefined) {
    for (const target of statement.targets) readTarget(target, statement.value, scope, add);
  }
  for (const expression of expressionsOf(statement)) {
    for (const one of walkExpressions(expression)) {
      if (one.kind === "call") readCall(one, scope, add);
    }
  }
  const chosen = found.find(({ source }) => source !== undefined) ?? found[0];
  return chosen === undefined ? [] : [chosen];
}

type Add = (how: ChosenKey["how"], key: Expression | undefined) => void;

function readTarget(target: Expression, value: Expression, scope: Scope, add: Add): void {
  if (target.kind === "attribute") {
    if (target.name === "session" && isRequest(target.object, scope))
      add("store", keyOf(value, scope));
    if (/^_?_?session_key$/.test(target.name) && target.name !== "session_key") {
      if (isSession(target.object, scope)) add("session", value);
    }
    return;
  }
  const [index] = target.kind === "subscript" ? target.indices : [];
  if (target.kind !== "subscript" || index === undefined) return;
  const cookies = target.object;
  const isCookies =
    cookies.kind === "attribute" && cookies.name === "COOKIES" && isRequest(cookies.object, scope);
  if (isCookies && isCookieName(index, scope)) add("cookie", value);
}

function isSession(object: Expression, scope: Scope): boolean {
  return readSession(object, scope)?.path.length === 0 || lastName(object) === "session";
}

/** The key a session store is made with, also where it was made before. */
function keyOf(value: Expression, scope: Scope): Expression | undefined {
  const made = value.kind === "name" ? lastValue(scope, value.id, value.span.start) : value;
  if (made?.kind !== "call") return undefined;
  const name = lastName(made.callee) ?? "";
  if (!/^(?:SessionStore|\w*_store|store|\w*session_class|SessionBase)$/i.test(name))
    return undefined;
  return findArgument(made, "session_key", 0)?.value;
}

function readCall(call: Call, scope: Scope, add: Add): void {
  const name = lastName(call.callee) ?? "";
  if (name === "_set_session_key" && call.callee.kind === "attribute") {
    if (isSession(call.callee.object, scope)) add("session", call.args[0]?.value);
  }
  if (name === "set_cookie") {
    const cookie = findArgument(call, "key", 0)?.value;
    if (cookie !== undefined && isCookieName(cookie, scope)) {
      add("response", findArgument(call, "value", 1)?.value);
    }
  }
  if (/^a?get$|^a?get_object_or_404$/.test(name)) {
    const key = findArgument(call, "session_key")?.value ?? findArgument(call, "pk")?.value;
    if (asksForSessions(call) && restoresIdentity(scope)) add("lookup", key);
  }
}

/** `Session.objects.get(...)`, `get_object_or_404(Session, ...)`. */
function asksForSessions(call: Call): boolean {
  const { callee } = call;
  if (callee.kind === "name") return lastName(call.args[0]?.value ?? callee) === "Session";
  const manager = callee.kind === "attribute" ? callee.object : undefined;
  return (
    manager?.kind === "attribute" &&
    manager.name === "objects" &&
    lastName(manager.object) === "Session"
  );
}

/** The function reads the session it found and goes on as the visitor of it. */
function restoresIdentity(scope: Scope): boolean {
  let reads = false;
  let restores = false;
  for (const one of walkAllExpressions(scope.body, isNotScope)) {
    if (one.kind !== "call") continue;
    const name = lastName(one.callee) ?? "";
    if (name === "get_decoded") reads = true;
    if (/^(?:a?login|auth_login|django_login|update)$/.test(name)) restores = true;
    if (name === "delete" || name === "flush") return false;
  }
  restores ||= [...walkStatements(scope.body, isNotScope)].some(
    (one) =>
      one.kind === "assignment" &&
      one.targets.some(
        (target) =>
          (target.kind === "attribute" &&
            target.name === "user" &&
            isRequest(target.object, scope)) ||
          (target.kind === "subscript" && readSession(target.object, scope) !== undefined),
      ),
  );
  return reads && restores;
}
