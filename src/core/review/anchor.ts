import { isCommentable } from "../diff/anchors.js";
import { firstLine } from "../diff/touched.js";
import type { FileChange, Hunk } from "../model/change.js";
import type { Finding, Suggestion } from "../model/finding.js";
import type { Region, Side } from "../model/source.js";

/** Where a review comment stands. GitHub knows a file by its path at head, on both sides. */
export interface Anchor extends Region {
  /** The suggestion that replaces exactly these lines. */
  readonly suggestion?: Suggestion;
}

/**
 * The lines that the suggestion replaces, since GitHub replaces the lines of the comment; without
 * one, the part of the evidence that the diff shows. Undefined when it shows none: one comment off
 * the diff and GitHub refuses the whole review.
 */
export function anchorFinding(
  { suggestion, region }: Finding,
  changes: readonly FileChange[],
): Anchor | undefined {
  if (suggestion !== undefined) {
    const { path, startLine, endLine } = suggestion;
    const change = changes.find((one) => one.path === path);
    if (change && isCommentable(change.hunks, "RIGHT", startLine, endLine)) {
      return { path, side: "RIGHT", startLine, endLine, suggestion };
    }
  }
  for (const change of changes) {
    if ((region.side === "LEFT" ? change.basePath : change.path) !== region.path) continue;
    const lines = shownLines(change.hunks, region);
    if (lines) return { ...lines, path: change.path, side: region.side };
  }
  return undefined;
}

/** The lines of the region that the first hunk that meets it shows. */
function shownLines(
  hunks: readonly Hunk[],
  { side, startLine, endLine }: Region,
): { readonly startLine: number; readonly endLine: number } | undefined {
  for (const hunk of hunks) {
    const first = Math.max(startLine, firstLine(hunk, side));
    const last = Math.min(endLine, lastLine(hunk, side));
    if (isCommentable(hunks, side, first, last)) return { startLine: first, endLine: last };
  }
  return undefined;
}

function lastLine(hunk: Hunk, side: Side): number {
  const count = side === "LEFT" ? hunk.baseCount : hunk.headCount;
  return firstLine(hunk, side) + count - 1;
}
