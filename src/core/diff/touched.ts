import type { Hunk, HunkLine } from "../model/change.js";
import type { Side } from "../model/source.js";

/**
 * Lines of one side, 1-based and inclusive. An empty range `{ start: n + 1, end: n }` is the place
 * between lines n and n+1, where the other side has lines that this one has not.
 */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** First line of a hunk on one side; a side with a count of 0 names the line before it. */
export function firstLine(hunk: Hunk, side: Side): number {
  const [start, count] =
    side === "LEFT" ? [hunk.baseStart, hunk.baseCount] : [hunk.headStart, hunk.headCount];
  return count === 0 ? start + 1 : start;
}

/** Line number of a diff line on one side; undefined when the line is not on that side. */
function lineOn(line: HunkLine, side: Side): number | undefined {
  return side === "LEFT" ? line.base : line.head;
}

/**
 * The lines that the diff deletes (LEFT) or adds (RIGHT), one range for each run of changed lines
 * between two context lines, in order. A run that only adds is an empty range on the LEFT, one that
 * only deletes an empty range on the RIGHT.
 */
export function touchedRanges(hunks: readonly Hunk[], side: Side): readonly LineRange[] {
  const ranges: LineRange[] = [];
  for (const hunk of hunks) {
    let next = firstLine(hunk, side);
    let start: number | undefined;
    for (const line of hunk.lines) {
      if (line.kind === "context") {
        if (start !== undefined) ranges.push({ start, end: next - 1 });
        start = undefined;
      } else {
        start ??= next;
      }
      if (lineOn(line, side) !== undefined) next++;
    }
    if (start !== undefined) ranges.push({ start, end: next - 1 });
  }
  return ranges;
}
