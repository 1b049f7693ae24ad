import type { Hunk } from "../model/change.js";
import type { Side } from "../model/source.js";
import { firstLine } from "./touched.js";

/**
 * The hunk in which all the lines stand on that side. GitHub refuses a review comment whose first
 * and last line are not in one hunk, and a whole review for one such comment.
 */
export function hunkHolding(
  hunks: readonly Hunk[],
  side: Side,
  startLine: number,
  endLine: number,
): Hunk | undefined {
  if (startLine > endLine) return undefined;
  return hunks.find((hunk) => {
    const first = firstLine(hunk, side);
    const count = side === "LEFT" ? hunk.baseCount : hunk.headCount;
    return first <= startLine && endLine < first + count;
  });
}

/** Whether GitHub takes a review comment on these lines; context lines of a hunk count. */
export function isCommentable(
  hunks: readonly Hunk[],
  side: Side,
  startLine: number,
  endLine: number,
): boolean {
  return hunkHolding(hunks, side, startLine, endLine) !== undefined;
}

/**
 * Whether a deleted line stands in the diff between the first and the last of these RIGHT lines.
 * GitHub shows a suggestion on such lines, but cannot commit it.
 */
export function hasDeletionBetween(
  hunks: readonly Hunk[],
  startLine: number,
  endLine: number,
): boolean {
  return hunks.some((hunk) => {
    let above = firstLine(hunk, "RIGHT") - 1;
    for (const line of hunk.lines) {
      if (line.kind !== "deleted") above++;
      else if (startLine <= above && above < endLine) return true;
    }
    return false;
  });
}

/** RIGHT lines next to a deletion, in the same hunk; absent where the hunk has none. */
export interface RightNeighbours {
  readonly hunk: Hunk;
  readonly above: number | undefined;
  readonly below: number | undefined;
  /** The first line below that stood there before; absent where that is `below`. */
  readonly behind: number | undefined;
}

/**
 * The RIGHT lines between which deleted base lines stood. Undefined when not all of these lines were
 * deleted at one place, so that they cannot be put back as one piece.
 */
export function rightNeighbours(
  hunks: readonly Hunk[],
  baseStart: number,
  baseEnd: number,
): RightNeighbours | undefined {
  const hunk = hunkHolding(hunks, "LEFT", baseStart, baseEnd);
  if (hunk === undefined) return undefined;
  const first = hunk.lines.findIndex((line) => line.base === baseStart);
  const deleted = hunk.lines.slice(first, first + baseEnd - baseStart + 1);
  if (!deleted.every((line) => line.kind === "deleted")) return undefined;
  const above = hunk.lines.slice(0, first).findLast((line) => line.head !== undefined);
  const below = hunk.lines.slice(first).find((line) => line.head !== undefined);
  const behind = hunk.lines.slice(first).find((line) => line.kind === "context");
  return {
    hunk,
    above: above?.head,
    below: below?.head,
    behind: behind?.head === below?.head ? undefined : behind?.head,
  };
}

/** Lines of head that the diff adds. */
export function addedLines(hunks: readonly Hunk[]): ReadonlySet<number> {
  return changedLines(hunks, "added", "RIGHT");
}

/** Lines of base that the diff deletes. */
export function deletedLines(hunks: readonly Hunk[]): ReadonlySet<number> {
  return changedLines(hunks, "deleted", "LEFT");
}

function changedLines(
  hunks: readonly Hunk[],
  kind: "added" | "deleted",
  side: Side,
): ReadonlySet<number> {
  const numbers = new Set<number>();
  for (const { lines } of hunks) {
    for (const line of lines) {
      const number = side === "LEFT" ? line.base : line.head;
      if (line.kind === kind && number !== undefined) numbers.add(number);
    }
  }
  return numbers;
}
