import type { Expression } from "../python/syntax/syntax.js";
import { lastName } from "../session/access/session-expression.js";
import { lastValue, type Scope } from "../session/bindings/scopes.js";

/** Whether an expression is the name of the session cookie: Django's default, or the setting. */
export function isCookieName(expression: Expression, scope: Scope): boolean {
  if (expression.kind === "string") return expression.value === "sessionid";
  if (lastName(expression) === "SESSION_COOKIE_NAME") return true;
  if (expression.kind !== "name") return false;
  const value = lastValue(scope, expression.id, expression.span.start);
  return value !== undefined && value.kind !== "name" && isCookieName(value, scope);
}
