import type { PythonModule } from "../python/module.js";
import type { Call, Statement } from "../python/syntax.js";
import {
  dottedName,
  expressionsOf,
  isNotScope,
  walkAllExpressions,
  walkExpressions,
  walkStatements,
} from "../python/walk.js";
import {
  isDefinedHere,
  resolveImport,
  type Scope,
  scopeOf,
  scopesOf,
} from "../session/functions.js";
import { lastName } from "../session/session-expression.js";
import { tokensOf } from "../session/tokens.js";
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

/** Whether the function is called in this module, and every caller renews the key on its path. */
export function isRotatedByCallers(scope: Scope): boolean {
  const { definition, module } = scope;
  if (definition === undefined || scope.parent?.definition !== undefined) return false;
  if (!mayLook(module)) return false;
  if (module.text.split(`${definition.name}(`).length < 3) return false;
  const statements = module.syntaxMentioning([`${definition.name}(`]);
  const callers = scopesOf(module, statements).flatMap((caller) =>
    callsTo(definition.name, caller),
  );
  return (
    callers.length > 0 &&
    callers.every(
      ({ statement, caller }) => coveringStatements(statement, caller, "rotates", 1).length > 0,
    )
  );
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

function callsTo(
  name: string,
  caller: Scope,
): readonly { readonly statement: Statement; readonly caller: Scope }[] {
  return [...walkStatements(caller.body, isNotScope)]
    .filter(isNotScope)
    .filter((statement) =>
      expressionsOf(statement).some((expression) =>
        [...walkExpressions(expression)].some(
          (one) => one.kind === "call" && lastName(one.callee) === name,
        ),
      ),
    )
    .map((statement) => ({ statement, caller }));
}
