import type { Hunk } from "../model/change.js";
import { hunkHolding } from "./anchors.js";

/**
 * The RIGHT lines that are comments of deleted base lines, `# NAME = value` of `NAME = value`, one
 * below the other in the same hunk. Undefined when not each of the lines became one.
 */
export function commentedOut(
  hunks: readonly Hunk[],
  baseStart: number,
  baseEnd: number,
): { readonly startLine: number; readonly endLine: number } | undefined {
  const hunk = hunkHolding(hunks, "LEFT", baseStart, baseEnd);
  const deleted = hunk?.lines.filter(
    ({ kind, base }) =>
      kind === "deleted" && base !== undefined && baseStart <= base && base <= baseEnd,
  );
  if (hunk === undefined || deleted?.length !== baseEnd - baseStart + 1) return undefined;
  const texts = deleted.map(({ text }) => text.trim());
  for (const [at, { head }] of hunk.lines.entries()) {
    const lines = hunk.lines.slice(at, at + texts.length);
    const isComment = lines.map(
      ({ kind, text }, index) => kind === "added" && uncommented(text) === texts[index],
    );
    if (head === undefined || lines.length < texts.length || isComment.includes(false)) continue;
    return { startLine: head, endLine: head + texts.length - 1 };
  }
  return undefined;
}

/** Undefined for a line that is no comment. */
function uncommented(line: string): string | undefined {
  return /^#+\s*(.*)$/.exec(line.trim())?.[1];
}
