import type { Span } from "../../model/source.js";
import type { PythonModule } from "../../python/syntax/module.js";
import type { ClassDefinition, Expression, Statement } from "../../python/syntax/syntax.js";
import {
  findArgument,
  isNotScope,
  walkAllExpressions,
  walkExpressions,
  walkStatements,
} from "../../python/syntax/walk.js";
import { isRequest, lastName } from "../../session/access/session-expression.js";
import { ownName, type Scope } from "../../session/bindings/scopes.js";
import { hasPhrase, tokensOf } from "../../session/words/tokens.js";
import { type LogoutFact, logoutFacts } from "./logout-facts.js";

/** A view that logs its visitor out, well or badly. */
export interface LogoutView {
  readonly name: string;
  readonly symbol: string;
  /** A link, or an image on any page, is enough to call it. */
  readonly byGet: boolean;
  /** It logs out in other code, which may refuse GET, or not at all. */
  readonly isUnseen: boolean;
  /** The statement that logs out; of a class that does so by GET, the one that GET reaches. */
  readonly span: Span;
  /** What keeps GET away. */
  readonly guards: readonly Span[];
}

/** The views that log out, of what a hunk touches. */
export function logoutViews(module: PythonModule): readonly LogoutView[] {
  const classes = new Map<ClassDefinition | undefined, LogoutFact[]>();
  for (const fact of logoutFacts(module)) {
    const { scope, logout } = fact;
    if (!logout) continue;
    if (hasPhrase(tokensOf(scope.symbol), NOT_A_VISITORS_OWN)) continue;
    const owner = scope.classes.at(-1);
    classes.set(owner, [...(classes.get(owner) ?? []), fact]);
  }
  return [...classes].flatMap(([owner, facts]) =>
    owner === undefined ? facts.flatMap(readFunction) : readClass(owner, facts),
  );
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

function readFunction(fact: LogoutFact): readonly LogoutView[] {
  const { scope } = fact;
  const { definition } = scope;
  const request = definition?.parameters[0];
  if (definition === undefined || request === undefined || !/req/i.test(request.name)) return [];
  if (scope.parent?.definition !== undefined || !answers(scope)) return [];
  const guards = methodGuards(definition.decorators);
  return [
    {
      name: definition.name,
      symbol: scope.symbol,
      byGet: guards.length === 0 && !asksForMethod(scope),
      isUnseen: fact.how === "unseen" || fact.how === "nothing",
      span: spanOf(fact, definition),
      guards,
    },
  ];
}

function readClass(owner: ClassDefinition, facts: readonly LogoutFact[]): readonly LogoutView[] {
  const handlers = facts.filter(
    ({ scope, how }) => how !== "nothing" && /^(?:get|dispatch|post|delete)$/.test(ownName(scope)),
  );
  const [first] = handlers;
  if (first === undefined) return [];
  const allowed = allowedMethods(owner.body);
  const guards = methodGuards(owner.decorators);
  if (allowed !== undefined && !allowed.names.has("get")) guards.push(allowed.span);
  const open = handlers.find(({ scope }) => isReachedByGet(scope));
  const isClosed = guards.length > 0 || (allowed === undefined && isDjangosOwn(owner));
  const shown = open ?? first;
  return [
    {
      name: owner.name,
      symbol: first.scope.symbol.slice(0, -ownName(first.scope).length - 1),
      byGet: open !== undefined && !isClosed,
      isUnseen: shown.how === "unseen",
      span: spanOf(shown, owner),
      guards,
    },
  ];
}

function spanOf({ left, ending }: LogoutFact, whole: { readonly span: Span }): Span {
  return left[0]?.statement.span ?? ending[0] ?? whole.span;
}

function isReachedByGet(handler: Scope): boolean {
  return (
    /^(?:get|dispatch)$/.test(ownName(handler)) &&
    methodGuards(handler.definition?.decorators ?? []).length === 0 &&
    !asksForMethod(handler)
  );
}

/** Django's LogoutView takes POST only since 5.0, and GET anyway before: `get` in a subclass changes nothing. */
function isDjangosOwn({ bases }: ClassDefinition): boolean {
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
function methodGuards(decorators: readonly Expression[]): Span[] {
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
