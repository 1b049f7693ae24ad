import type { Expression } from "../../python/syntax/syntax.js";
import { walkExpressions } from "../../python/syntax/walk.js";
import { isRequest, readSession } from "../../session/access/session-expression.js";
import { lastValue, type Scope } from "../../session/bindings/scopes.js";

/** Local names through which a value is followed. */
const MAX_STEPS = 4;

/** Whether the visitor typed it: it comes from a form, a query or a body of the request. */
export function isSent(value: Expression, scope: Scope): boolean {
  return some(value, scope, MAX_STEPS, (one) => {
    if (one.kind !== "attribute") return false;
    if (/^(?:cleaned_data|validated_data)$/.test(one.name)) return true;
    return (
      /^(?:POST|GET|data|body|query_params|json|JSON)$/.test(one.name) &&
      isRequest(one.object, scope)
    );
  });
}

/** Whether it is taken from who the visitor is already: the session, `request.user`. */
export function isOfSession(value: Expression, scope: Scope): boolean {
  return some(value, scope, MAX_STEPS, (one) => {
    if (one.kind === "attribute" && one.name === "user") return isRequest(one.object, scope);
    return readSession(one, scope) !== undefined;
  });
}

function some(
  value: Expression,
  scope: Scope,
  steps: number,
  test: (one: Expression) => boolean,
): boolean {
  for (const one of walkExpressions(value)) {
    if (test(one)) return true;
    if (one.kind !== "name" || steps <= 0) continue;
    const source = lastValue(scope, one.id, one.span.start);
    if (source !== undefined && some(source, scope, steps - 1, test)) return true;
  }
  return false;
}
