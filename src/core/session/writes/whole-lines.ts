import type { SessionWrite } from "./writes.js";

/** Whether nothing but a comment shares the lines of a write, so that they can be replaced or go. */
export function isWholeLines({ scope, statement }: SessionWrite): boolean {
  const { text } = scope.module;
  const lineStart = text.lastIndexOf("\n", statement.span.start - 1) + 1;
  const lineEnd = text.indexOf("\n", statement.span.end);
  const before = text.slice(lineStart, statement.span.start);
  const after = text.slice(statement.span.end, lineEnd < 0 ? text.length : lineEnd);
  return before.trim() === "" && /^\s*(?:#.*)?$/.test(after);
}
