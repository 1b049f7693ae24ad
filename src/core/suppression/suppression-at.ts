import { rightNeighbours } from "../diff/anchors.js";
import type { FileChange } from "../model/change.js";
import type { Region } from "../model/source.js";
import type { PlacedSuppression } from "./read-suppressions.js";

/**
 * The suppression that names the rule on the region, or alone on the line above it; one that silences
 * before one that does not. For a line that vanished these are the lines that now stand around its
 * place. One without a reason counts for nothing, since nobody could judge it later.
 */
export function suppressionAt(
  suppressions: readonly PlacedSuppression[],
  rule: string,
  region: Region,
  change: FileChange,
): PlacedSuppression | undefined {
  const reaches = reachesOf(region, change);
  const here = suppressions.filter((one) => one.rule === rule && one.reason !== "" && reaches(one));
  return here.find(({ added }) => !added) ?? here[0];
}

function reachesOf(
  { side, startLine, endLine }: Region,
  { hunks }: FileChange,
): (one: PlacedSuppression) => boolean {
  if (side === "RIGHT") {
    return ({ line, alone }) => line >= startLine - (alone ? 1 : 0) && line <= endLine;
  }
  const { above = 0, below = above } = rightNeighbours(hunks, startLine, endLine) ?? {};
  return ({ line }) => line >= above && line <= below;
}
