import { elevationOf } from "../login/identity/elevation-keys.js";
import { identityOf } from "../login/identity/identity-keys.js";
import type { DataCategory, InventoryEntry } from "../model/scan-result.js";
import type { PythonModule } from "../python/syntax/module.js";
import { classOfWrite } from "./classify/class-of-write.js";
import { describeSource } from "./classify/value-text.js";
import { type SessionWrite, sessionWrites } from "./writes/writes.js";

const DYNAMIC = "(dynamic)";

/**
 * What changes in the data that this file puts into the session: keys that head begins to write,
 * that it writes another value under, and that it writes no longer; the gravest kinds first.
 */
export function inventory(base: PythonModule, head: PythonModule): readonly InventoryEntry[] {
  const before = byKey(sessionWrites(base));
  const after = byKey(sessionWrites(head));
  const entries = [...after].flatMap(([key, writes]) => changesOf(key, writes, before.get(key)));
  const removed = [...before].flatMap(([key, [write]]) =>
    after.has(key) || write === undefined ? [] : [toEntry(write, "removed")],
  );
  return [...entries, ...removed].sort(
    (a, b) => ORDER.indexOf(a.category) - ORDER.indexOf(b.category) || compare(a.key, b.key),
  );
}

const ORDER: readonly DataCategory[] = [
  "payment",
  "credential",
  "government-id",
  "token",
  "otp",
  "health",
  "elevation",
  "identity",
  "personal",
  "handshake",
  "unknown",
  "other",
];

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Computed keys have no name to compare by: each of their statements stands for itself. */
function byKey(writes: readonly SessionWrite[]): ReadonlyMap<string, readonly SessionWrite[]> {
  const groups = new Map<string, SessionWrite[]>();
  for (const write of writes) {
    const key = write.key === DYNAMIC ? `${DYNAMIC} ${textOf(write)}` : write.key;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [write]);
    else group.push(write);
  }
  return groups;
}

/** One row for a key: the first write that is new, else none. */
function changesOf(
  key: string,
  writes: readonly SessionWrite[],
  before: readonly SessionWrite[] | undefined,
): readonly InventoryEntry[] {
  const [first] = writes;
  if (first === undefined) return [];
  if (before === undefined) return [toEntry(first, "added")];
  if (key.startsWith(DYNAMIC)) return [];
  const known = new Set(before.map(textOfValue));
  const changed = writes.find((write) => !known.has(textOfValue(write)));
  return changed === undefined ? [] : [toEntry(changed, "changed")];
}

function textOf({ statement, scope }: SessionWrite): string {
  return scope.module.text.slice(statement.span.start, statement.span.end).replace(/\s+/g, "");
}

function textOfValue(write: SessionWrite): string {
  const { value, valueScope } = write;
  if (value === undefined) return textOf(write);
  return valueScope.module.text
    .slice(value.span.start, value.span.end)
    .replace(/[\s"']+|,(?=\s*[)\]}])/g, "");
}

function toEntry(write: SessionWrite, change: "added" | "changed" | "removed"): InventoryEntry {
  const category = categoryOf(write);
  const value = describeSource(write, category);
  return {
    key: write.key,
    category,
    path: write.scope.module.path,
    line: write.statement.span.startLine,
    symbol: write.scope.symbol,
    protection: write.facts.protection,
    change,
    ...(value !== undefined && { value }),
  };
}

function categoryOf(write: SessionWrite): DataCategory {
  const { category } = classOfWrite(write);
  if (category !== "other" && category !== "personal") return category;
  if (elevationOf(write, false) !== undefined) return "elevation";
  return write.path.length === 1 && identityOf(write) !== undefined ? "identity" : category;
}
