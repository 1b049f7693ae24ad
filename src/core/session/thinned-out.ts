import type { Expression, Statement } from "../python/syntax.js";
import { expressionsOf, isNotScope, walkExpressions, walkStatements } from "../python/walk.js";
import { readSession } from "./session-expression.js";
import type { SessionWrite } from "./writes.js";

/** Whether the same function takes entries out of what it stored: `del session[key][field]`. */
export function isThinnedOut(write: SessionWrite): boolean {
  return [...walkStatements(write.scope.body, isNotScope)].some(
    (statement) =>
      statement.span.start > write.statement.span.end &&
      removedFrom(statement).some((mapping) => isStored(mapping, write)),
  );
}

/** The mappings from which a statement takes an entry. */
function removedFrom(statement: Statement): readonly Expression[] {
  if (statement.kind === "delete") {
    return statement.targets.flatMap((one) => (one.kind === "subscript" ? [one.object] : []));
  }
  return expressionsOf(statement).flatMap((expression) =>
    [...walkExpressions(expression)].flatMap((one) =>
      one.kind === "call" && one.callee.kind === "attribute" && one.callee.name === "pop"
        ? [one.callee.object]
        : [],
    ),
  );
}

function isStored(mapping: Expression, write: SessionWrite): boolean {
  if (mapping.kind === "name") return write.value?.kind === "name" && write.value.id === mapping.id;
  const place = readSession(mapping, write.scope);
  const path = place?.path.map((part) => part.text).join(".");
  return path !== undefined && path !== "" && path === write.key;
}
