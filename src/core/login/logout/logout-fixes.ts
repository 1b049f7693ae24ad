import type { Fix } from "../../model/rule.js";
import type { Statement } from "../../python/syntax/syntax.js";
import { isNotScope, walkExpressions, walkStatements } from "../../python/syntax/walk.js";
import { readsOf } from "../../session/access/key-reads.js";
import { readSession } from "../../session/access/session-expression.js";
import { pathTo, type Scope } from "../../session/bindings/scopes.js";
import { indentationOf, sessionCall } from "../login-fixes.js";
import type { Forgotten } from "./forgetting-statements.js";
import type { LogoutFact } from "./logout-facts.js";

/**
 * What ended the session before, else `flush()`: in place of the statements that only forget the
 * visitor; after them when they do more than that, do not stand together, or something is read from
 * the session behind them, since nothing can be taken out of one that has ended.
 */
export function endInstead({ scope, left }: LogoutFact, was: string | undefined): readonly Fix[] {
  const run = left.filter((one) => one.session !== undefined);
  const [first] = run;
  if (first?.session === undefined) return [];
  const reads = readsAfter(first.statement, scope).filter(
    (statement) => !run.some((one) => one.alone && one.statement === statement),
  );
  const last = lastOf([...run.map((one) => one.statement), ...reads], scope);
  if (last === undefined) return [];
  const flush = sessionCall(first.session, scope, "flush");
  const calls = [was?.includes("\n") ? undefined : was, flush];
  const indentation = indentationOf(last, scope);
  if (indentation === undefined) return [];
  const { startLine } = first.statement.span;
  const { endLine } = last.span;
  const nothingElse =
    reads.length === 0 && run.every((one) => one.alone) && standTogether(run, scope.body);
  const kept = nothingElse ? [] : scope.module.lines.slice(startLine - 1, endLine);
  return calls.flatMap((call): readonly Fix[] =>
    call === undefined
      ? []
      : [{ kind: "replace", startLine, endLine, lines: [...kept, indentation + call] }],
  );
}

/** Where the last of them stands, in the innermost block that holds all of them. */
function lastOf(statements: readonly Statement[], scope: Scope): Statement | undefined {
  const paths = statements.map((statement) => pathTo(scope.body, statement));
  const depth = paths[0]?.findLastIndex(({ block }, at) =>
    paths.every((path) => path[at]?.block === block),
  );
  const steps = paths.map((path) => path[depth ?? -1]);
  const index = Math.max(...steps.map((step) => step?.index ?? -1));
  return steps[0]?.block[index];
}

/** Statements from this one on that take something out of the session or look at it. */
function readsAfter({ span }: Statement, scope: Scope): readonly Statement[] {
  return [...walkStatements(scope.body, isNotScope)].filter(
    (statement) =>
      statement.span.start >= span.start &&
      readsOf(statement).some((expression) =>
        [...walkExpressions(expression)].some(
          (one) => one.kind === "subscript" && readSession(one.object, scope)?.path.length === 0,
        ),
      ),
  );
}

function standTogether(run: readonly Forgotten[], body: LogoutFact["scope"]["body"]): boolean {
  const steps = run.map((one) => pathTo(body, one.statement).at(-1));
  return steps.every((step, i) => {
    const before = steps[i - 1];
    if (step === undefined) return false;
    return before === undefined || (before.block === step.block && before.index + 1 === step.index);
  });
}
