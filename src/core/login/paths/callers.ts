import type { PythonModule } from "../../python/syntax/module.js";
import { once } from "../../python/syntax/once.js";
import type { Call, Statement } from "../../python/syntax/syntax.js";
import {
  dottedName,
  expressionsOf,
  isNotScope,
  walkAllExpressions,
  walkExpressions,
  walkStatements,
} from "../../python/syntax/walk.js";
import { lastName } from "../../session/access/session-expression.js";
import {
  isDefinedHere,
  resolveImport,
  type Scope,
  scopeOf,
  scopesOf,
} from "../../session/bindings/scopes.js";
import { tokensOf } from "../../session/words/tokens.js";
import { calledScope, isRequestOrSession } from "./effect.js";
import { functionAt } from "./imported-functions.js";
import { coveringStatements, statementsWith } from "./path-rule.js";

/**
 * A function of another module that is given the request and is called like one that logs in: it
 * may renew the key, which cannot be seen here.
 */
export function mayRotateElsewhere(scope: Scope): boolean {
  for (const expression of walkAllExpressions(scope.body, isNotScope)) {
    if (expression.kind === "call" && isUnseenLogin(expression, scope)) return true;
  }
  return false;
}

function isUnseenLogin(call: Call, scope: Scope): boolean {
  const name = lastName(call.callee) ?? "";
  const tokens = tokensOf(name);
  if (!tokens.some((token) => /^(?:login|signin|session)$/.test(token))) return false;
  if (
    tokens.some((token) => /^(?:form|serializer|view|redirect|required|check|is|log)$/.test(token))
  )
    return false;
  if (calledScope(call, scope) !== undefined) return false;
  if (resolveImport(scope, dottedName(call.callee) ?? "")?.startsWith("django") === true)
    return false;
  return call.args.some((arg) => isRequestOrSession(arg.value, scope));
}

/** Functions of one module whose callers are looked for: each costs a walk over the module. */
const MAX_LOOKS = 100;
const LOOKS = new WeakMap<PythonModule, number>();

function mayLook(module: PythonModule): boolean {
  const looks = (LOOKS.get(module) ?? 0) + 1;
  LOOKS.set(module, looks);
  return looks <= MAX_LOOKS;
}

/** A call of a function, where it stands. */
export interface CallOf {
  readonly call: Call;
  readonly statement: Statement;
  readonly caller: Scope;
}

/** The calls of a function or method in its own module, and in what the change set changes beside it. */
export const callsOf = once((scope: Scope): readonly CallOf[] => {
  const { definition, module } = scope;
  if (definition === undefined || scope.parent?.definition !== undefined) return [];
  if (!mayLook(module)) return [];
  const { name } = definition;
  const call = `${name}(`;
  const own = module.text.split(call).length < 3 ? [] : callsIn(module, name);
  const others = module.changedModules().filter(({ text }) => text.includes(call));
  return [...own, ...others.flatMap((one) => callsIn(one, name).filter((at) => runs(at, scope)))];
});

function callsIn(module: PythonModule, name: string): readonly CallOf[] {
  return scopesOf(module, module.syntaxMentioning([`${name}(`])).flatMap((caller) =>
    callsTo(name, caller),
  );
}

/** Whether a call in another module runs this function. */
function runs({ call, caller }: CallOf, { module, symbol }: Scope): boolean {
  const path = resolveImport(caller, dottedName(call.callee) ?? "");
  const found = path === undefined ? undefined : functionAt(caller.module, path, 1);
  return found?.module.path === module.path && found.symbol === symbol;
}

/** How many functions of its file come to what stands in this one: those that call it, or itself. */
export function reachOf(scope: Scope): number {
  const owner = scope.classes.at(-1);
  const callers = callsOf(scope)
    .filter(({ call: { callee }, caller }) =>
      owner === undefined
        ? callee.kind === "name"
        : callee.kind === "attribute" &&
          /^(?:self|cls)$/.test(dottedName(callee.object) ?? "") &&
          caller.classes.at(-1)?.name === owner.name,
    )
    .map(({ caller }) => caller.definition);
  return Math.max(1, new Set(callers).size);
}

/** Whether the function is called where it can be seen, and every caller renews the key on its path. */
export function isRotatedByCallers(scope: Scope): boolean {
  const calls = callsOf(scope);
  return calls.length > 0 && calls.every(isRotatedCall);
}

/** Whether the key is renewed on the path of the call, in the function that calls. */
export function isRotatedCall({ statement, caller }: CallOf): boolean {
  return coveringStatements(statement, caller, "rotates", 1).length > 0;
}

/** Whether Django's login() runs the function: after it renewed the key, or to find the user for it. */
export function isRunByLogin(scope: Scope): boolean {
  const { definition, module } = scope;
  if (definition === undefined) return false;
  const parameters = new Set(definition.parameters.map(({ name }) => name));
  if (["sender", "request", "user"].every((name) => parameters.has(name))) return true;
  if (module.text.includes(`user_logged_in.connect(${definition.name}`)) return true;
  const owner = scope.classes.at(-1);
  const finds = /^a?authenticate$/.test(definition.name);
  return finds && owner?.bases.some(({ value }) => /Backend$/.test(lastName(value) ?? "")) === true;
}

/** Whether a decorator of the function, written in this project, renews the key around it. */
export function isRotatedByDecorator(scope: Scope): boolean {
  return (scope.definition?.decorators ?? []).some((decorator) => {
    const name = dottedName(decorator.kind === "call" ? decorator.callee : decorator);
    const found = name === undefined ? undefined : decoratorNamed(name, scope);
    if (found?.definition === undefined) return false;
    return scopesOf(found.module, found.definition.body).some(
      (inner) => inner.definition !== undefined && statementsWith(inner, "rotates").length > 0,
    );
  });
}

function decoratorNamed(name: string, scope: Scope): Scope | undefined {
  const { module } = scope;
  const found = isDefinedHere(module, name) ? module.definition(name) : undefined;
  if (found !== undefined) return found.kind === "function" ? scopeOf(module, found) : undefined;
  const tokens = tokensOf(name);
  if (
    !tokens.some((token) => /^(?:session|rotate|rotates|rotating|renew|renews|cycle)$/.test(token))
  )
    return undefined;
  const path = resolveImport(scope, name);
  return path === undefined ? undefined : functionAt(module, path, 1);
}

function callsTo(name: string, caller: Scope): readonly CallOf[] {
  return [...walkStatements(caller.body, isNotScope)]
    .filter(isNotScope)
    .flatMap((statement) =>
      expressionsOf(statement).flatMap((expression) =>
        [...walkExpressions(expression)].flatMap((one) =>
          one.kind === "call" && lastName(one.callee) === name
            ? [{ call: one, statement, caller }]
            : [],
        ),
      ),
    );
}
