import type { Call, Expression } from "../../python/syntax/syntax.js";
import { isNotScope, walkAllExpressions } from "../../python/syntax/walk.js";
import { lastName } from "../access/session-expression.js";
import { lastValue, type Scope } from "../bindings/scopes.js";
import type { SessionWrite } from "../writes/writes.js";

/**
 * Whether the function that keeps the secret of a generator also draws the current code from it, as
 * a login by e-mail does. Where a device is enrolled the code comes from the visitor.
 */
export function holdsCodeSource({ scope }: SessionWrite): boolean {
  for (const expression of walkAllExpressions(scope.body, isNotScope)) {
    if (expression.kind === "call" && drawsCode(expression, scope)) return true;
  }
  return false;
}

function drawsCode(call: Call, scope: Scope): boolean {
  if (call.callee.kind !== "attribute") return false;
  const { name, object } = call.callee;
  return (name === "now" || name === "at" || name === "generate_otp") && isGenerator(object, scope);
}

function isGenerator(expression: Expression, scope: Scope): boolean {
  const value =
    expression.kind === "name"
      ? lastValue(scope, expression.id, expression.span.start)
      : expression;
  return value?.kind === "call" && /^(?:TOTP|HOTP)$/i.test(lastName(value.callee) ?? "");
}
