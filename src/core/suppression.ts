import { addedLines, rightNeighbours } from "./diff/anchors.js";
import { languageOf } from "./language.js";
import type { FileChange } from "./model/change.js";
import type { Suppression } from "./model/finding.js";
import type { Region } from "./model/source.js";
import { type Comment, readComments } from "./python/comments.js";
import { readTemplateComments } from "./template/comments.js";

const DIRECTIVE = /^\s*cyclekey:\s*ignore\[([\w\s,-]*)\]\s*(.*)$/;

/**
 * The suppressions written in a file at head. One without a reason counts for nothing, since nobody
 * could judge it later.
 */
export function readSuppressions(change: FileChange): readonly Suppression[] {
  if (!change.head.includes("cyclekey:")) return [];
  const added = addedLines(change.hunks);
  return commentsOf(change).flatMap(({ line, text }) => {
    const match = DIRECTIVE.exec(text);
    const reason = match?.[2]?.trim() ?? "";
    if (match === null || reason === "") return [];
    const rules = (match[1] ?? "").split(",").map((rule) => rule.trim());
    return rules
      .filter((rule) => rule !== "")
      .map((rule) => ({ rule, reason, line, added: added.has(line) }));
  });
}

/** The comments at head, without what opens and closes them. */
function commentsOf(change: FileChange): readonly Comment[] {
  const { head } = change;
  if (languageOf(change) !== "template") {
    return readComments(head).map(({ line, text }) => ({ line, text: text.slice(1) }));
  }
  return readTemplateComments(head).map(({ start, text }) => ({
    line: head.slice(0, start).split("\n").length,
    text: text.trimEnd(),
  }));
}

/**
 * The suppression that names the rule on the region or on the line above it. For a line that
 * vanished these are the lines that now stand around its place.
 */
export function suppressionAt(
  suppressions: readonly Suppression[],
  rule: string,
  region: Region,
  change: FileChange,
): Suppression | undefined {
  const [first, last] = linesAround(region, change);
  return suppressions.find((one) => one.rule === rule && one.line >= first && one.line <= last);
}

function linesAround(region: Region, change: FileChange): readonly [number, number] {
  if (region.side === "RIGHT") return [region.startLine - 1, region.endLine];
  const { above, below } = rightNeighbours(change.hunks, region.startLine, region.endLine) ?? {};
  return [above ?? 0, below ?? above ?? 0];
}
