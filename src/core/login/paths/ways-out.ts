import type { Statement } from "../../python/syntax/syntax.js";
import { isNotScope, walkStatements } from "../../python/syntax/walk.js";
import { pathTo } from "../../session/bindings/scopes.js";

/** How control can leave a block: the function, or only the loop around it. */
export type Leaving = "function" | "loop";

export function leaving(
  statement: Statement,
  walk: { readonly raiseLeaves: boolean },
): Leaving | undefined {
  let found: Leaving | undefined;
  const descend = (one: Statement) => isNotScope(one);
  for (const one of walkStatements([statement], descend)) {
    if (one.kind === "return" || (one.kind === "raise" && walk.raiseLeaves)) return "function";
    if ((one.kind === "break" || one.kind === "continue") && !insideLoop(statement, one))
      found = "loop";
  }
  return found;
}

function insideLoop(outer: Statement, inner: Statement): boolean {
  return pathTo([outer], inner).some(({ block, index }) => {
    const at = block[index];
    return at !== inner && (at?.kind === "for" || at?.kind === "while");
  });
}

export function alwaysLeaves(block: readonly Statement[]): boolean {
  return block.some((one) => ["return", "raise", "break", "continue"].includes(one.kind));
}
