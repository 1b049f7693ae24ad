import type { PythonModule } from "../../python/syntax/module.js";
import type { Expression, Statement } from "../../python/syntax/syntax.js";
import {
  expressionsOf,
  isNotScope,
  walkExpressions,
  walkStatements,
} from "../../python/syntax/walk.js";
import { type Scope, scopesOf } from "../bindings/scopes.js";
import { readSession } from "./session-expression.js";

/** Whether code of this file reads that key from a session: by subscript, `get`, `pop` or `in`. */
export function isKeyRead(module: PythonModule, key: string): boolean {
  const known = MEMO.get(module) ?? new Map<string, boolean>();
  MEMO.set(module, known);
  const read = known.get(key) ?? readsKey(module, key);
  known.set(key, read);
  return read;
}

const MEMO = new WeakMap<PythonModule, Map<string, boolean>>();

function readsKey(module: PythonModule, key: string): boolean {
  return scopesOf(module, module.syntaxMentioning([key])).some((scope) =>
    [...walkStatements(scope.body, isNotScope)].some((statement) =>
      readsOf(statement).some((expression) => isReadOf(expression, key, scope)),
    ),
  );
}

/** The expressions a statement evaluates; the subscripts it assigns to are not among them. */
export function readsOf(statement: Statement): readonly Expression[] {
  if (!isNotScope(statement)) return [];
  if (statement.kind === "assignment")
    return statement.value === undefined ? [] : [statement.value];
  return expressionsOf(statement);
}

function isReadOf(expression: Expression, key: string, scope: Scope): boolean {
  for (const one of walkExpressions(expression)) {
    if (one.kind === "subscript" && isText(one.indices[0], key)) {
      if (readSession(one.object, scope) !== undefined) return true;
    }
    if (one.kind === "call" && one.callee.kind === "attribute" && isText(one.args[0]?.value, key)) {
      if (readSession(one.callee.object, scope) !== undefined) return true;
    }
    if (one.kind === "comparison" && one.operands.some((operand) => isText(operand, key))) {
      if (one.operands.some((operand) => readSession(operand, scope) !== undefined)) return true;
    }
  }
  return false;
}

function isText(expression: Expression | undefined, text: string): boolean {
  return expression?.kind === "string" && expression.value === text;
}
