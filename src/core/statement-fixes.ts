import { addedLines } from "./diff/anchors.js";
import type { FileChange } from "./model/change.js";
import type { Fix } from "./model/rule.js";
import type { Span } from "./model/source.js";

/** Takes a statement away that was added, when nothing else stands on its lines. */
export function removeStatement(span: Span, change: FileChange): readonly Fix[] {
  const { startLine, endLine } = span;
  const added = addedLines(change.hunks);
  if (!linesOf(span).every((line) => added.has(line))) return [];
  return standsAlone(span, change.head) ? [{ kind: "remove", startLine, endLine }] : [];
}

/**
 * Puts back what a statement took the place of, where its lines are all that was added there: the
 * lines that were deleted, or none.
 */
export function revertStatement({ startLine, endLine }: Span, change: FileChange): readonly Fix[] {
  for (const { lines } of change.hunks) {
    const at = lines.findIndex(({ kind, head }) => kind === "added" && head === startLine);
    if (at === -1) continue;
    const from = lines.findLastIndex(({ kind }, index) => kind === "context" && index < at) + 1;
    const until = lines.findIndex(({ kind }, index) => kind === "context" && index > at);
    const run = lines.slice(from, until === -1 ? undefined : until);
    const added = run.filter(({ kind }) => kind === "added");
    const deleted = run.filter(({ kind }) => kind === "deleted");
    const isAll = added[0]?.head === startLine && added.at(-1)?.head === endLine;
    if (!isAll) return [];
    const lost = deleted.map(({ text }) => text);
    return lost.length === 0
      ? [{ kind: "remove", startLine, endLine }]
      : [{ kind: "replace", startLine, endLine, lines: lost }];
  }
  return [];
}

/**
 * The line without an item of a list on it, and without the comma that divided it from the others;
 * undefined where it is all that a name is given.
 */
export function cutItem(span: Span, text: string): string | undefined {
  if (span.startLine !== span.endLine) return undefined;
  const lineStart = text.lastIndexOf("\n", span.start - 1) + 1;
  const lineEnd = text.indexOf("\n", span.end);
  const before = text.slice(lineStart, span.start);
  const after = text.slice(span.end, lineEnd === -1 ? undefined : lineEnd);
  const next = /^[ \t]*,[ \t]*/.exec(after)?.[0];
  if (next !== undefined) return before + after.slice(next.length);
  if (!/[,[({][ \t]*$/.test(before)) return undefined;
  return before.replace(/,[ \t]*$/, "") + after;
}

function linesOf({ startLine, endLine }: Span): readonly number[] {
  return Array.from({ length: endLine - startLine + 1 }, (_, index) => startLine + index);
}

/** Nothing but the statement, and perhaps a comment, stands on the lines. */
function standsAlone({ start, end, startLine, endLine }: Span, text: string): boolean {
  const lines = text
    .split("\n")
    .slice(startLine - 1, endLine)
    .join("\n")
    .trimStart();
  const written = text.slice(start, end).trim();
  return lines.startsWith(written) && /^\s*(?:#.*)?$/.test(lines.slice(written.length));
}
