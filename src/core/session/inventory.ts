import { identityOf } from "../login/identity-keys.js";
import type { InventoryEntry } from "../model/scan-result.js";
import type { PythonModule } from "../python/module.js";
import { classifyWrite } from "./classify.js";
import { type SessionWrite, sessionWrites } from "./writes.js";

/** The session keys that head writes and base does not, in the order of their first write. */
export function inventory(base: PythonModule, head: PythonModule): readonly InventoryEntry[] {
  const seen = new Set(sessionWrites(base).map((write) => write.key));
  const entries: InventoryEntry[] = [];
  for (const write of sessionWrites(head)) {
    if (seen.has(write.key) && write.key !== "(dynamic)") continue;
    if (write.key === "(dynamic)" && hasStatement(base, write)) continue;
    seen.add(write.key);
    entries.push(describeWrite(write));
  }
  return entries;
}

/** Computed keys have no name to compare by: the text of the statement stands for it. */
function hasStatement(base: PythonModule, write: SessionWrite): boolean {
  const text = textOf(write);
  return sessionWrites(base).some((one) => one.key === write.key && textOf(one) === text);
}

function textOf({ statement, scope }: SessionWrite): string {
  return scope.module.text.slice(statement.span.start, statement.span.end).replace(/\s+/g, "");
}

function describeWrite(write: SessionWrite): InventoryEntry {
  const { category } = classifyWrite(write.path, write.facts);
  const identity = write.path.length === 1 ? identityOf(write) : undefined;
  const ordinary = category === "other" || category === "personal";
  return {
    key: write.key,
    category: identity !== undefined && ordinary ? "identity" : category,
    path: write.scope.module.path,
    line: write.statement.span.startLine,
    symbol: write.scope.symbol,
    protection: write.facts.protection,
  };
}
