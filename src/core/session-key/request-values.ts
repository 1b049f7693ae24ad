import type { Span } from "../model/source.js";
import type { Expression } from "../python/syntax/syntax.js";
import { childExpressions, isNotScope, walkStatements } from "../python/syntax/walk.js";
import { isRequest, lastName } from "../session/access/session-expression.js";
import { lastBinding, parameterOf, type Scope } from "../session/bindings/scopes.js";

/** Parts of a request that whoever made a link or a form has chosen, with the name a reader knows. */
const CHOSEN: Readonly<Record<string, string>> = {
  GET: "the URL (request.GET)",
  POST: "the form (request.POST)",
  query_params: "the URL (request.query_params)",
  data: "the request body (request.data)",
  body: "the request body",
  headers: "a request header",
  META: "a request header (request.META)",
  path: "the URL",
};

/** Calls whose result is vouched for: a signature was checked, or the value was looked up. */
const VOUCHED =
  /^(?:loads|unsign|unsign_object|decode|decrypt|verify\w*|check\w*|validate\w*|get_signed_cookie|get_object_or_404|filter|exclude|first)$/;

const MAX_STEPS = 12;

/** Where in the request a value comes from; undefined when the visitor's link does not choose it. */
export function chosenSource(expression: Expression, scope: Scope, steps = 0): string | undefined {
  if (steps > MAX_STEPS) return undefined;
  const next = (one: Expression) => chosenSource(one, scope, steps + 1);
  switch (expression.kind) {
    case "name":
      return sourceOfName(expression, scope, steps);
    case "attribute":
      if (isRequest(expression.object, scope) && CHOSEN[expression.name] !== undefined) {
        return CHOSEN[expression.name];
      }
      if (/^(?:cleaned_data|validated_data)$/.test(expression.name)) return "the form";
      return expression.name === "kwargs" && lastName(expression.object) === "self"
        ? "the URL (self.kwargs)"
        : undefined;
    case "subscript":
      return next(expression.object);
    case "call":
      if (VOUCHED.test(lastName(expression.callee) ?? "")) return undefined;
      return first(
        [
          ...(expression.callee.kind === "attribute" ? [expression.callee.object] : []),
          ...expression.args.map((arg) => arg.value),
        ],
        next,
      );
    case "comparison":
    case "string":
      return expression.kind === "string" ? first(childExpressions(expression), next) : undefined;
    case "conditional":
      return first([expression.body, expression.orelse], next);
    default:
      return first(childExpressions(expression), next);
  }
}

function first<T, R>(items: readonly T[], read: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = read(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function sourceOfName(
  name: Expression & { readonly kind: "name" },
  scope: Scope,
  steps: number,
): string | undefined {
  const values = valuesOf(name, scope);
  if (values.length > 0) return first(values, (one) => chosenSource(one, scope, steps + 1));
  return isViewParameter(name.id, scope) ? "the URL" : undefined;
}

/** What a name may stand for: what it was given last, and before that where the last is in an `if`. */
function valuesOf(name: Expression & { readonly kind: "name" }, scope: Scope): Expression[] {
  const found: Expression[] = [];
  let before = name.span.start;
  for (;;) {
    const binding = lastBinding(scope, name.id, before);
    if (binding?.value !== undefined) found.push(binding.value);
    if (binding === undefined || !isInBranch(binding.span, name.span, scope)) return found;
    before = binding.span.start;
  }
}

function isInBranch(inner: Span, outside: Span, { body }: Scope): boolean {
  const holds = (outer: Span, span: Span) => outer.start < span.start && span.end <= outer.end;
  return [...walkStatements(body, isNotScope)].some(
    ({ kind, span }) =>
      (kind === "if" || kind === "try") && holds(span, inner) && !holds(span, outside),
  );
}

/** A part of the path: what a view is given beside the request. */
function isViewParameter(id: string, scope: Scope): boolean {
  const parameters = scope.definition?.parameters ?? [];
  const request = parameters.findIndex((one) => /^request$/.test(one.name));
  const own = parameters.findIndex((one) => one.name === id);
  if (request < 0 || own <= request || parameterOf(scope, id)?.default !== undefined) return false;
  if (!answers(scope)) return false;
  return request === 0 ? scope.classes.length === 0 : request === 1 && isHandler(scope);
}

/** A view answers; a function that is only given the request may get its key from the cookie. */
function answers(scope: Scope): boolean {
  return [...walkStatements(scope.body, isNotScope)].some(
    (one) =>
      one.kind === "return" &&
      one.value?.kind === "call" &&
      /^(?:redirect|render|\w*Response\w*)$/.test(lastName(one.value.callee) ?? ""),
  );
}

function isHandler(scope: Scope): boolean {
  return /^(?:get|post|put|patch|delete|dispatch)$/.test(scope.definition?.name ?? "");
}
