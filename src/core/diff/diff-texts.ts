import { structuredPatch } from "diff";
import type { Hunk, HunkLine } from "../model/change.js";
import { bodyOf, numberLines } from "./hunk-lines.js";

/** As many lines around a change as git and GitHub show. */
const CONTEXT_LINES = 3;
/** Inserted and deleted lines; time grows with the square, 2,000 take a third of a second. */
const MAX_EDITS = 2_000;

/** Hunks between two versions of a file, with three lines of context; none when they are the same. */
export function diffTexts(base: string, head: string): readonly Hunk[] {
  if (base === head) return [];
  const patch = structuredPatch("base", "head", base, head, undefined, undefined, {
    context: CONTEXT_LINES,
    maxEditLength: MAX_EDITS,
  });
  if (patch === undefined) return wholeFileHunk(base, head);
  return patch.hunks.map((hunk) => ({
    // As git does it, a side without lines names the line before; `diff` names the line after.
    baseStart: hunk.oldLines === 0 ? hunk.oldStart - 1 : hunk.oldStart,
    baseCount: hunk.oldLines,
    headStart: hunk.newLines === 0 ? hunk.newStart - 1 : hunk.newStart,
    headCount: hunk.newLines,
    lines: deletionsFirst(numberLines(hunk.lines, hunk.oldStart, hunk.newStart)),
  }));
}

/** One hunk that deletes all of base and adds all of head; none when both are empty. */
export function wholeFileHunk(base: string, head: string): readonly Hunk[] {
  const lines = numberLines([...bodyOf(base, "-"), ...bodyOf(head, "+")], 1, 1);
  if (lines.length === 0) return [];
  const baseCount = lines.filter((line) => line.kind === "deleted").length;
  const headCount = lines.length - baseCount;
  return [
    {
      baseStart: Math.min(1, baseCount),
      baseCount,
      headStart: Math.min(1, headCount),
      headCount,
      lines,
    },
  ];
}

/** Between two context lines git writes all deletions, then all additions. */
function deletionsFirst(lines: readonly HunkLine[]): readonly HunkLine[] {
  const ordered: HunkLine[] = [];
  let added: HunkLine[] = [];
  for (const line of lines) {
    if (line.kind === "added") {
      added.push(line);
      continue;
    }
    if (line.kind === "context") {
      ordered.push(...added);
      added = [];
    }
    ordered.push(line);
  }
  return [...ordered, ...added];
}
