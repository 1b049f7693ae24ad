import type { PythonModule } from "../python/module.js";
import type { Call, Expression, Statement } from "../python/syntax.js";
import {
  childExpressions,
  expressionsOf,
  isNotScope,
  walkExpressions,
  walkStatements,
} from "../python/walk.js";
import { hasDjangoSessions } from "../session/foreign-sessions.js";
import { lastValue, type Scope, scopesOf } from "../session/functions.js";
import { isRequest, lastName, readSession } from "../session/session-expression.js";
import { isCookieName } from "./cookie-name.js";

/** Where a session key goes. */
export type Leak = "url" | "response" | "header" | "template" | "log" | "service" | "mail";

export interface ExposedKey {
  readonly scope: Scope;
  readonly statement: Statement;
  readonly leak: Leak;
  /** Only a few characters of it. */
  readonly truncated: boolean;
}

export function exposedKeys(module: PythonModule): readonly ExposedKey[] {
  if (!hasDjangoSessions(module)) return [];
  return scopesOf(module, module.touchedSyntax)
    .filter((scope) => scope.definition !== undefined && mentionsKey(scope))
    .flatMap((scope) =>
      [...walkStatements(scope.body, isNotScope)]
        .filter(isNotScope)
        .flatMap((statement) => readStatement(statement, scope)),
    );
}

function mentionsKey({ definition, module }: Scope): boolean {
  if (definition === undefined) return false;
  const text = module.text.slice(definition.span.start, definition.span.end);
  return /session_key|COOKIES/.test(text);
}

function readStatement(statement: Statement, scope: Scope): readonly ExposedKey[] {
  const found = findLeak(statement, scope);
  return found === undefined ? [] : [{ scope, statement, ...found }];
}

function findLeak(
  statement: Statement,
  scope: Scope,
): Pick<ExposedKey, "leak" | "truncated"> | undefined {
  for (const expression of expressionsOf(statement)) {
    for (const one of walkExpressions(expression)) {
      if (one.kind !== "call") continue;
      const leak = leakOf(one, scope);
      if (leak === undefined) continue;
      const given = one.args.map((arg) => arg.value).map((arg) => exposure(arg, scope, 0));
      const shown = given.find((how) => how !== undefined);
      if (shown !== undefined) return { leak, truncated: shown === "truncated" };
    }
    const link = [...walkExpressions(expression)].find((one) => isLink(one));
    const shown = link === undefined ? undefined : exposure(link, scope, 0);
    if (shown !== undefined) return { leak: "url", truncated: shown === "truncated" };
  }
  return assigned(statement, scope);
}

/** `context["key"] = ...`, `response["X-Session"] = ...`. */
function assigned(
  statement: Statement,
  scope: Scope,
): Pick<ExposedKey, "leak" | "truncated"> | undefined {
  if (statement.kind !== "assignment" || statement.value === undefined) return undefined;
  const [target] = statement.targets;
  if (target?.kind !== "subscript") return undefined;
  const name = lastName(target.object) ?? "";
  const leak = /^(?:context|ctx)$/.test(name)
    ? "template"
    : /^(?:\w*response|\w*resp|headers)$/.test(name)
      ? "header"
      : undefined;
  const shown = exposure(statement.value, scope, 0);
  return leak && shown && { leak, truncated: shown === "truncated" };
}

const RESPONSES = /^(?:JsonResponse|Response|HttpResponse|StreamingHttpResponse)$/;
const REDIRECTS =
  /^(?:redirect|HttpResponseRedirect|HttpResponsePermanentRedirect|reverse|reverse_lazy|urlencode)$/;
const TEMPLATES =
  /^(?:render|render_to_string|render_to_response|TemplateResponse|Context|RequestContext)$/;
const LOG_METHODS = /^(?:debug|info|warning|warn|error|exception|critical|log)$/;
const SERVICES =
  /^(?:capture_message|capture_event|set_tag|set_tags|set_context|set_extra|set_user|add_breadcrumb|track|identify|capture)$/;
const MAILS = /^(?:send_mail|mail_admins|mail_managers|EmailMessage|EmailMultiAlternatives)$/;
const CLIENTS = /^(?:requests|httpx|urllib|client)$/;

function leakOf(call: Call, scope: Scope): Leak | undefined {
  const { callee } = call;
  const name = lastName(callee) ?? "";
  if (REDIRECTS.test(name)) return "url";
  if (RESPONSES.test(name)) return "response";
  if (TEMPLATES.test(name)) return "template";
  if (MAILS.test(name)) return "mail";
  if (callee.kind === "name")
    return name === "print" ? "log" : SERVICES.test(name) ? "service" : undefined;
  if (callee.kind !== "attribute" || readSession(callee.object, scope) !== undefined)
    return undefined;
  const owner = lastName(callee.object) ?? "";
  if (LOG_METHODS.test(name) && /log/i.test(owner)) return "log";
  if (SERVICES.test(name) && /sentry|analytics|posthog|mixpanel|segment|scope|statsd/i.test(owner))
    return "service";
  return CLIENTS.test(owner) && /^(?:get|post|put|patch|request)$/.test(name)
    ? "service"
    : undefined;
}

/** Text with a query in which something is filled in: `f"/join?sid={key}"`, `"?sid=" + key`. */
function isLink(expression: Expression): boolean {
  const texts =
    expression.kind === "string"
      ? expression.parts
      : expression.kind === "binary" && expression.left.kind === "string"
        ? [expression.left.value]
        : [];
  return texts.some((part) => typeof part === "string" && /[?&][\w-]+=/.test(part));
}

type Exposure = "whole" | "truncated";

/** Calls whose result does not show what they were given. */
const HIDING =
  /^(?:salted_hmac|sha\d+\w*|md5|blake2\w*|new|hexdigest|hash|hashed|hash_\w+|\w+_hash|hmac|digest|encrypt|fernet|bool|len|filter|exclude|get_or_create|update_or_create|create|first|exists|count|get_object_or_404|delete|cache|mask\w*|redact\w*|int|isinstance)$/;

const MAX_STEPS = 10;

/** Whether the session key shows in a value, and how much of it. */
function exposure(expression: Expression, scope: Scope, steps: number): Exposure | undefined {
  if (steps > MAX_STEPS) return undefined;
  if (isKey(expression, scope)) return "whole";
  switch (expression.kind) {
    case "name": {
      const value = lastValue(scope, expression.id, expression.span.start);
      return value === undefined ? undefined : exposure(value, scope, steps + 1);
    }
    case "subscript": {
      const [index] = expression.indices;
      const shown = exposure(expression.object, scope, steps + 1);
      const slice = index?.kind === "other" && index.type === "slice";
      if (shown !== undefined) return slice ? "truncated" : undefined;
      return undefined;
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

function exposureOfCall(call: Call, scope: Scope, steps: number): Exposure | undefined {
  const name = lastName(call.callee) ?? "";
  if (HIDING.test(name)) return undefined;
  if (call.callee.kind === "attribute") {
    if (!/^(?:format|encode|decode|join|strip|upper|lower|dumps|reverse)$/.test(name))
      return undefined;
    return firstOf([call.callee.object, ...call.args.map((arg) => arg.value)], scope, steps);
  }
  const passes =
    /^(?:str|repr|dict|list|tuple|format|urlencode|quote|escape|mark_safe|dumps|reverse)$/;
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
