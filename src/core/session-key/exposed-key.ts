import type { Span } from "../model/source.js";
import type { PythonModule } from "../python/syntax/module.js";
import type { Call, Expression, Statement } from "../python/syntax/syntax.js";
import {
  expressionsOf,
  isNotScope,
  walkExpressions,
  walkStatements,
} from "../python/syntax/walk.js";
import { hasDjangoSessions } from "../session/access/foreign-sessions.js";
import { lastName, readSession } from "../session/access/session-expression.js";
import { type Scope, scopesOf } from "../session/bindings/scopes.js";
import { type Exposure, exposure } from "./exposure.js";

/** Where a session key goes. */
export type Leak = "url" | "response" | "header" | "template" | "log" | "service" | "mail";

export interface ExposedKey {
  readonly scope: Scope;
  /** From where the key is taken to where it is shown, as far as that is one function. */
  readonly span: Span;
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
  if (found === undefined) return [];
  const { leak, shown } = found;
  const span = shown.from === undefined ? statement.span : join(shown.from, statement.span);
  return [{ scope, span, leak, truncated: shown.truncated }];
}

function join(first: Span, second: Span): Span {
  return { ...second, start: first.start, startLine: first.startLine };
}

interface Leaking {
  readonly leak: Leak;
  readonly shown: Exposure;
}

function findLeak(statement: Statement, scope: Scope): Leaking | undefined {
  for (const expression of expressionsOf(statement)) {
    for (const one of walkExpressions(expression)) {
      if (one.kind !== "call") continue;
      const leak = leakOf(one, scope);
      if (leak === undefined) continue;
      const given = one.args.map((arg) => arg.value).map((arg) => exposure(arg, scope, 0));
      const shown = given.find((how) => how !== undefined);
      if (shown !== undefined) return { leak, shown };
    }
    const link = [...walkExpressions(expression)].find((one) => isLink(one));
    const shown = link === undefined ? undefined : exposure(link, scope, 0);
    if (shown !== undefined) return { leak: "url", shown };
  }
  return assigned(statement, scope);
}

/** `context["key"] = ...`, `response["X-Session"] = ...`. */
function assigned(statement: Statement, scope: Scope): Leaking | undefined {
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
  return leak && shown && { leak, shown };
}

const RESPONSES = /^(?:\w*Response|json_?response|jsonify)$/i;
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
  if (TEMPLATES.test(name)) return "template";
  if (RESPONSES.test(name)) return "response";
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
