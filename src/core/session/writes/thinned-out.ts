import type { Expression, Statement } from "../../python/syntax/syntax.js";
import {
  expressionsOf,
  isNotScope,
  walkExpressions,
  walkStatements,
} from "../../python/syntax/walk.js";
import { readSession } from "../access/session-expression.js";
import type { SessionWrite } from "./writes.js";

/**
 * Whether the same function takes entries out of what it stores: `del session[key][field]` behind
 * the write, or `data.pop(field)` from the variable that is stored.
 */
export function isThinnedOut(write: SessionWrite): boolean {
  const stored = storedName(write.value);
  return [...walkStatements(write.scope.body, isNotScope)].some((statement) =>
    removalsOf(statement).some(({ from, key }) => {
      if (key?.kind === "string" && /^csrf/.test(key.value ?? "")) return false;
      if (from.kind === "name") return from.id === stored;
      return statement.span.start > write.statement.span.end && isPlaceOf(from, write);
    }),
  );
}

interface Removal {
  readonly from: Expression;
  readonly key: Expression | undefined;
}

/** The mappings from which a statement takes an entry. */
function removalsOf(statement: Statement): readonly Removal[] {
  if (statement.kind === "delete") {
    return statement.targets.flatMap((one) =>
      one.kind === "subscript" ? [{ from: one.object, key: one.indices[0] }] : [],
    );
  }
  return expressionsOf(statement).flatMap((expression) =>
    [...walkExpressions(expression)].flatMap((one) =>
      one.kind === "call" && one.callee.kind === "attribute" && one.callee.name === "pop"
        ? [{ from: one.callee.object, key: one.args[0]?.value }]
        : [],
    ),
  );
}

/** `data` of `data`, `data.dict()`, `dict(data)` and `json.dumps(data)`. */
function storedName(value: Expression | undefined): string | undefined {
  if (value?.kind === "name") return value.id;
  if (value?.kind !== "call") return undefined;
  const [argument] = value.args;
  if (argument !== undefined) return storedName(argument.value);
  return value.callee.kind === "attribute" ? storedName(value.callee.object) : undefined;
}

function isPlaceOf(mapping: Expression, write: SessionWrite): boolean {
  const place = readSession(mapping, write.scope);
  const path = place?.path.map((part) => part.text).join(".");
  return path !== undefined && path !== "" && path === write.key;
}
