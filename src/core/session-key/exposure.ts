import type { Span } from "../model/source.js";
import type { Call, Expression } from "../python/syntax/syntax.js";
import { childExpressions, isNotScope, walkStatements } from "../python/syntax/walk.js";
import { isRequest, lastName, readSession } from "../session/access/session-expression.js";
import { lastBinding, type Scope } from "../session/bindings/scopes.js";
import { isCookieName } from "./cookie-name.js";

/** How the key shows in a value. */
export interface Exposure {
  /** Only a few characters of it. */
  readonly truncated: boolean;
  /** The earlier statement that put the key into a container. */
  readonly from: Span | undefined;
}

/** Calls whose result does not show what they were given. */
const HIDING =
  /^(?:salted_hmac|sha\d+\w*|md5|blake2\w*|new|hexdigest|hash|hashed|hash_\w+|\w+_hash|hmac|digest|encrypt|fernet|bool|len|filter|exclude|get_or_create|update_or_create|create|first|exists|count|get_object_or_404|delete|cache|mask\w*|redact\w*|int|isinstance)$/;

const MAX_STEPS = 10;

/** Whether the session key shows in a value, and how much of it. */
export function exposure(
  expression: Expression,
  scope: Scope,
  steps: number,
): Exposure | undefined {
  if (steps > MAX_STEPS) return undefined;
  if (isKey(expression, scope)) return { truncated: false, from: undefined };
  switch (expression.kind) {
    case "name":
      return exposureOfName(expression.id, expression.span.start, scope, steps + 1);
    case "subscript": {
      const [index] = expression.indices;
      const shown = exposure(expression.object, scope, steps + 1);
      const slice = index?.kind === "other" && index.type === "slice";
      return shown && slice ? { ...shown, truncated: true } : undefined;
    }
    case "call":
      return exposureOfCall(expression, scope, steps);
    case "comparison":
    case "lambda":
      return undefined;
    case "conditional":
      return (
        exposure(expression.body, scope, steps + 1) ?? exposure(expression.orelse, scope, steps + 1)
      );
    case "unary":
      return undefined;
    case "attribute":
      return undefined;
    default:
      return firstOf(childExpressions(expression), scope, steps);
  }
}

/** Names of what a template or a client is given: filling them shows the key already. */
const SHOWN_AS_FILLED = /^(?:context|ctx|\w*response|\w*resp|headers)$/;

/** What the name was given before, or was filled with: `answer["token"] = session.session_key`. */
function exposureOfName(
  name: string,
  before: number,
  scope: Scope,
  steps: number,
): Exposure | undefined {
  const given = lastBinding(scope, name, before);
  const shown = given?.value && exposure(given.value, scope, steps);
  if (given !== undefined && shown !== undefined) {
    const contained = given.value?.kind === "dictionary" ? given.span : undefined;
    return { ...shown, from: shown.from ?? contained };
  }
  if (SHOWN_AS_FILLED.test(name)) return undefined;
  for (const statement of walkStatements(scope.body, isNotScope)) {
    if (statement.kind !== "assignment" || statement.span.start >= before) continue;
    if (statement.value === undefined || !statement.targets.some((one) => isItemOf(one, name)))
      continue;
    const filled = exposure(statement.value, scope, steps);
    if (filled !== undefined) return { ...filled, from: filled.from ?? statement.span };
  }
  return undefined;
}

function isItemOf(target: Expression, name: string): boolean {
  return target.kind === "subscript" && target.object.kind === "name" && target.object.id === name;
}

function exposureOfCall(call: Call, scope: Scope, steps: number): Exposure | undefined {
  const name = lastName(call.callee) ?? "";
  if (HIDING.test(name)) return undefined;
  if (call.callee.kind === "attribute") {
    if (!/^(?:format|encode|decode|join|strip|upper|lower|dumps|reverse)$/.test(name))
      return undefined;
    return firstOf([call.callee.object, ...call.args.map((arg) => arg.value)], scope, steps);
  }
  const passes =
    /^(?:str|repr|dict|list|tuple|format|urlencode|quote|escape|mark_safe|dumps|reverse|to_json|json_dumps)$/;
  if (!passes.test(name)) return undefined;
  return firstOf(
    call.args.map((arg) => arg.value),
    scope,
    steps,
  );
}

function firstOf(
  expressions: readonly Expression[],
  scope: Scope,
  steps: number,
): Exposure | undefined {
  for (const one of expressions) {
    const shown = exposure(one, scope, steps + 1);
    if (shown !== undefined) return shown;
  }
  return undefined;
}

/** `request.session.session_key`, `request.COOKIES["sessionid"]`. */
function isKey(expression: Expression, scope: Scope): boolean {
  if (expression.kind === "attribute") {
    return (
      /^_?session_key$/.test(expression.name) &&
      readSession(expression.object, scope)?.path.length === 0
    );
  }
  if (expression.kind === "subscript") {
    const [index] = expression.indices;
    return index !== undefined && isCookies(expression.object, scope) && isCookieName(index, scope);
  }
  if (expression.kind !== "call" || expression.callee.kind !== "attribute") return false;
  const [key] = expression.args;
  const { name, object } = expression.callee;
  return (
    name === "get" &&
    key !== undefined &&
    isCookies(object, scope) &&
    isCookieName(key.value, scope)
  );
}

function isCookies(object: Expression, scope: Scope): boolean {
  return (
    object.kind === "attribute" && object.name === "COOKIES" && isRequest(object.object, scope)
  );
}
