import { once } from "../../python/syntax/once.js";
import type { Call, Expression, Statement } from "../../python/syntax/syntax.js";
import {
  expressionsOf,
  isNotScope,
  walkExpressions,
  walkStatements,
} from "../../python/syntax/walk.js";
import { type KeyPart, readKeys } from "../../session/access/keys.js";
import { lastName, readSession } from "../../session/access/session-expression.js";
import type { Scope } from "../../session/bindings/scopes.js";
import { classifyTokens } from "../../session/words/name-class.js";
import { hasPhrase } from "../../session/words/tokens.js";
import { identityOfKey } from "../identity/identity-keys.js";
import { PENDING_WORDS } from "../identity/identity-words.js";
import { isLoginKey } from "../login-keys.js";

/** A statement that forgets the visitor and leaves the session alive. */
export interface Forgotten {
  readonly statement: Statement;
  readonly how: "clear" | "keys" | "cookie";
  /** What is forgotten, by the names that the session has for it. */
  readonly keys: string;
  /** The session expression; undefined when only a cookie is deleted. */
  readonly session: Expression | undefined;
  /** The statement does nothing else, so another may stand in its place. */
  readonly alone: boolean;
}

/** The statements of a function that forget who the visitor is, in order. */
export const forgottenIn = once((scope: Scope): readonly Forgotten[] =>
  [...walkStatements(scope.body, isNotScope)].flatMap((one) =>
    readForgotten(one, scope).map((found) => ({ ...found, keys: keysIn(one, scope) })),
  ),
);

function keysIn(statement: Statement, scope: Scope): string {
  const keys = expressionsOf(statement).flatMap((expression) =>
    [...walkExpressions(expression)].flatMap((one) => {
      const [container, key] =
        one.kind === "subscript"
          ? [one.object, one.indices[0]]
          : one.kind === "call" && one.callee.kind === "attribute"
            ? [one.callee.object, one.args[0]?.value]
            : [];
      if (container === undefined || key === undefined) return [];
      return readSession(container, scope)?.path.length === 0 ? readKeys(key, scope) : [];
    }),
  );
  return keys.map(({ text }) => text).join(" ");
}

function readForgotten(statement: Statement, scope: Scope): readonly Omit<Forgotten, "keys">[] {
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
