import type { Fix } from "../../model/rule.js";
import { pathTo } from "../../session/bindings/scopes.js";
import { indentationOf, sessionCall } from "../login-fixes.js";
import type { Forgotten } from "./forgetting-statements.js";
import type { LogoutFact } from "./logout-facts.js";

/**
 * What ended the session before, or else `flush()`, in place of the statements that only forget the
 * visitor; before them when they do more than that or do not stand together.
 */
export function endInstead({ scope, left }: LogoutFact, was: string | undefined): readonly Fix[] {
  const run = left.filter((one) => one.session !== undefined);
  const [first] = run;
  const last = run.at(-1);
  if (first?.session === undefined || last === undefined) return [];
  const call =
    was !== undefined && !was.includes("\n") ? was : sessionCall(first.session, scope, "flush");
  const indentation = indentationOf(first.statement, scope);
  if (call === undefined || indentation === undefined) return [];
  const { startLine } = first.statement.span;
  const lines = [indentation + call];
  const inserted: Fix = { kind: "insert", beforeLine: startLine, lines };
  if (!run.every((one) => one.alone) || !standTogether(run, scope.body)) return [inserted];
  return [{ kind: "replace", startLine, endLine: last.statement.span.endLine, lines }];
}

function standTogether(run: readonly Forgotten[], body: LogoutFact["scope"]["body"]): boolean {
  const steps = run.map((one) => pathTo(body, one.statement).at(-1));
  return steps.every((step, i) => {
    const before = steps[i - 1];
    if (step === undefined) return false;
    return before === undefined || (before.block === step.block && before.index + 1 === step.index);
  });
}
