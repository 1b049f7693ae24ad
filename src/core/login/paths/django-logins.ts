import type { Scope } from "../../session/bindings/scopes.js";
import { statementsWith } from "./path-rule.js";

const MEMO = new WeakMap<Scope, boolean>();

/** Whether the function logs somebody in through Django or renews the session key, on whatever path. */
export function logsIn(scope: Scope): boolean {
  const known = MEMO.get(scope) ?? statementsWith(scope, "rotates").length > 0;
  MEMO.set(scope, known);
  return known;
}
