import type { Hunk } from "../model/change.js";

/** The base line that stands unchanged at a head line; undefined for an added line. */
export function baseLineOf(hunks: readonly Hunk[], headLine: number): number | undefined {
  let shift = 0;
  for (const hunk of hunks) {
    const first = hunk.headCount === 0 ? hunk.headStart + 1 : hunk.headStart;
    if (headLine < first) break;
    if (headLine < first + hunk.headCount) {
      return hunk.lines.find((line) => line.head === headLine)?.base;
    }
    shift += hunk.baseCount - hunk.headCount;
  }
  return headLine + shift;
}
