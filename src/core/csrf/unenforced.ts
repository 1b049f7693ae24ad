import type { Evidence } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";
import type { Expression, Statement } from "../python/syntax/syntax.js";
import { calleeName, isNotScope, walkStatements } from "../python/syntax/walk.js";
import { hasDjangoSessions } from "../session/access/foreign-sessions.js";
import { pathTo, type Scope, scopesOf } from "../session/bindings/scopes.js";

/** The attribute that makes CsrfViewMiddleware let a request pass (django/middleware/csrf.py). */
const FLAG = "_dont_enforce_csrf_checks";

/**
 * Where code tells Django not to check a request: in a middleware, which every request passes, or
 * elsewhere. Less grave, so stronger, where it depends on a condition.
 */
export function unenforcedCsrf(
  module: PythonModule,
  place: "middleware" | "elsewhere",
): readonly Evidence[] {
  if (!module.text.includes(FLAG) || !hasDjangoSessions(module)) return [];
  return scopesOf(module, module.touchedSyntax)
    .filter((scope) => scope.definition !== undefined)
    .filter((scope) => isMiddleware(scope) === (place === "middleware"))
    .flatMap((scope) => switchesIn(scope));
}

function switchesIn(scope: Scope): readonly Evidence[] {
  return [...walkStatements(scope.body, isNotScope)].filter(switchesOff).map((statement) => ({
    identity: FLAG,
    symbol: scope.symbol,
    strength: isConditional(statement, scope) ? 1 : 0,
    span: statement.span,
    guards: [],
    confidence: isConditional(statement, scope) ? "medium" : "high",
    values: { function: scope.symbol },
  }));
}

const MIDDLEWARE_METHOD = /^(?:process_request|process_view|__call__|__acall__)$/;

function isMiddleware(scope: Scope): boolean {
  const owner = scope.classes.at(-1)?.name ?? scope.parent?.definition?.name ?? "";
  return /middleware$/i.test(owner) || MIDDLEWARE_METHOD.test(scope.definition?.name ?? "");
}

function switchesOff(statement: Statement): boolean {
  if (statement.kind === "assignment" && statement.value !== undefined) {
    const isFlag = statement.targets.some(
      (target) => target.kind === "attribute" && target.name === FLAG,
    );
    return isFlag && isTrue(statement.value);
  }
  if (statement.kind !== "expression" || statement.value.kind !== "call") return false;
  const [, name, value] = statement.value.args;
  return (
    calleeName(statement.value) === "setattr" &&
    name?.value.kind === "string" &&
    name.value.value === FLAG &&
    value !== undefined &&
    isTrue(value.value)
  );
}

function isTrue(value: Expression): boolean {
  return value.kind === "constant" && value.value === true;
}

/** Inside an `if`, or behind one that leaves the function. */
function isConditional(statement: Statement, scope: Scope): boolean {
  const steps = pathTo(scope.body, statement);
  if (steps.length > 1) return true;
  const [step] = steps;
  const before = step?.block.slice(0, step.index) ?? [];
  return before.some(
    (one) => one.kind === "if" && [...walkStatements([one])].some(({ kind }) => kind === "return"),
  );
}
