import type { Confidence } from "../model/severity.js";
import type { Span } from "../model/source.js";
import type { PythonModule } from "../python/module.js";
import type { Expression, Statement } from "../python/syntax.js";
import {
  findArgument,
  isNotScope,
  walkAllExpressions,
  walkExpressions,
  walkStatements,
} from "../python/walk.js";
import { hasDjangoSessions } from "../session/foreign-sessions.js";
import { ownName, type Scope, scopesOf } from "../session/functions.js";
import { isRequest, lastName } from "../session/session-expression.js";
import { hasPhrase, tokensOf } from "../session/tokens.js";
import { isLogoutName } from "./auth-evidence.js";
import { statementsWith } from "./path-rule.js";

/** A view that ends the session of its visitor. */
export interface LogoutView {
  readonly name: string;
  readonly symbol: string;
  /** A link, or an image on any page, is enough to call it. */
  readonly byGet: boolean;
  /** The statement that ends the session; of a class that does so by GET, that in `get`. */
  readonly span: Span;
  /** What keeps GET away. */
  readonly guards: readonly Span[];
  /** A URL configuration may wrap what is decorated nowhere. */
  readonly confidence: Confidence;
}

/** The views that log out, of what a hunk touches. */
export function logoutViews(module: PythonModule): readonly LogoutView[] {
  if (!hasDjangoSessions(module)) return [];
  const scopes = scopesOf(module, module.touchedSyntax);
  return scopes.flatMap((scope) => {
    if (!isLogoutName(scope) || hasPhrase(tokensOf(scope.symbol), NOT_A_VISITORS_OWN)) return [];
    if (scope.definition !== undefined)
      return scope.classes.length === 0 ? readFunction(scope) : [];
    const owner = scope.classes.at(-1);
    return owner?.name === ownName(scope)
      ? readClass(
          scope,
          scopes.filter((one) => one.parent === scope),
        )
      : [];
  });
}

/** Logouts that an identity provider calls, through the browser too, and ways back from another identity. */
const NOT_A_VISITORS_OWN: readonly string[] = [
  "slo",
  "sls",
  "saml",
  "single",
  "frontchannel",
  "front channel",
  "backchannel",
  "back channel",
  "oidc",
  "sso",
  "cas",
  "callback",
  "impersonate",
  "impersonation",
  "sudo",
  "desudo",
  "hijack",
  "release",
];

function readFunction(scope: Scope): readonly LogoutView[] {
  const request = scope.definition?.parameters[0];
  const [ending] = statementsWith(scope, "ends");
  if (request === undefined || ending === undefined || !answers(scope)) return [];
  if (!/req/i.test(request.name) || scope.parent?.definition !== undefined) return [];
  const guards = methodGuards(scope.definition?.decorators ?? []);
  return [
    {
      name: ownName(scope),
      symbol: scope.symbol,
      byGet: guards.length === 0 && !asksForMethod(scope),
      span: ending.span,
      guards,
      confidence: "medium",
    },
  ];
}

const HANDLERS: readonly string[] = ["get", "dispatch", "post", "delete"];

function readClass(scope: Scope, methods: readonly Scope[]): readonly LogoutView[] {
  const owner = scope.classes.at(-1);
  const handlers = HANDLERS.flatMap((name) => methods.filter((one) => ownName(one) === name));
  const ending = handlers.flatMap((handler) => {
    const [statement] = statementsWith(handler, "ends");
    return statement === undefined ? [] : [{ handler, statement }];
  });
  const allowed = allowedMethods(scope.body);
  const refusesGet = allowed !== undefined ? !allowed.names.has("get") : isDjangosOwn(scope);
  const guards = [
    ...methodGuards(owner?.decorators ?? []),
    ...(refusesGet && allowed ? [allowed.span] : []),
  ];
  const open = ending.find(
    ({ handler }) =>
      /^(?:get|dispatch)$/.test(ownName(handler)) &&
      methodGuards(handler.definition?.decorators ?? []).length === 0 &&
      !asksForMethod(handler),
  );
  const [first] = ending;
  if (owner === undefined || first === undefined) return [];
  return [
    {
      name: owner.name,
      symbol: scope.symbol,
      byGet: open !== undefined && guards.length === 0 && !refusesGet,
      span: (open ?? first).statement.span,
      guards,
      confidence: "medium",
    },
  ];
}

/** Django's LogoutView takes POST only since 5.0, and GET anyway before: `get` in a subclass changes nothing. */
function isDjangosOwn({ classes }: Scope): boolean {
  const bases = classes.at(-1)?.bases ?? [];
  return bases.some((base) => lastName(base.value) === "LogoutView");
}

/** `http_method_names` of a class body. */
function allowedMethods(
  body: readonly Statement[],
): { readonly names: ReadonlySet<string>; readonly span: Span } | undefined {
  for (const statement of body) {
    if (statement.kind !== "assignment" || statement.value === undefined) continue;
    if (!statement.targets.some((target) => lastName(target) === "http_method_names")) continue;
    return { names: methodsIn(statement.value), span: statement.span };
  }
  return undefined;
}

function methodsIn(value: Expression): ReadonlySet<string> {
  const texts = [...walkExpressions(value)].flatMap((one) =>
    one.kind === "string" && one.value !== undefined ? [one.value.toLowerCase()] : [],
  );
  return new Set(texts);
}

/**
 * Decorators that keep GET away: `require_POST`, `require_http_methods(["POST"])`, `api_view(["POST"])`,
 * `action(methods=["post"])`, `router.post`, alone or inside `method_decorator`.
 */
function methodGuards(decorators: readonly Expression[]): readonly Span[] {
  return decorators.filter(keepsGetAway).map(({ span }) => span);
}

function keepsGetAway(decorator: Expression): boolean {
  for (const one of walkExpressions(decorator)) {
    const name = lastName(one) ?? "";
    if (/(?:^|_)post(?:_|$)/i.test(name)) return true;
    if (
      one.kind !== "call" ||
      !/^(?:require_http_methods|api_view|action)$/.test(lastName(one.callee) ?? "")
    )
      continue;
    const given = findArgument(one, "methods", undefined) ?? one.args[0];
    const methods = given === undefined ? new Set<string>() : methodsIn(given.value);
    if (methods.size > 0 && !methods.has("get")) return true;
  }
  return false;
}

/** `if request.method == "POST":`, whatever it does with the answer. */
function asksForMethod(scope: Scope): boolean {
  for (const expression of walkAllExpressions(scope.body, isNotScope)) {
    if (
      expression.kind === "attribute" &&
      /^(?:method|POST)$/.test(expression.name) &&
      isRequest(expression.object, scope)
    ) {
      return true;
    }
  }
  return false;
}

const ANSWER = /^(?:redirect\w*|render\w*|\w*Response\w*|\w*Redirect\w*|reverse|result|next_page)$/;

/** Whether a function returns what a view returns; a helper that logs out is called by one. */
function answers({ body }: Scope): boolean {
  for (const statement of walkStatements(body, isNotScope)) {
    const value = statement.kind === "return" ? statement.value : undefined;
    const call = value?.kind === "await" ? value.value : value;
    if (call?.kind === "call" && ANSWER.test(lastName(call.callee) ?? "")) return true;
    if (call?.kind === "name" && /^(?:response|resp|res)$/.test(call.id)) return true;
  }
  return false;
}
