import { type Forge, tellChange } from "../platform/forge.js";
import type { Author, ThreadRecord } from "../platform/store.js";

/** *Resolve conversation*, or taking that back. */
export function setThreadResolved(
  forge: Forge,
  thread: ThreadRecord,
  resolved: boolean,
  by: Author,
): void {
  thread.resolved = resolved;
  thread.resolvedBy = resolved ? by : undefined;
  tellChange(forge);
}

export function threadOf(forge: Forge, comment: { readonly threadId: number }): ThreadRecord {
  const thread = forge.store.threads.find((one) => one.id === comment.threadId);
  if (thread === undefined) throw new Error("the comment stands in no thread");
  return thread;
}
