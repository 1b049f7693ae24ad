import { splitLines } from "../diff/lines.js";
import type { ChangeSet, FileChange } from "../model/change.js";
import type { Finding, Suggestion } from "../model/finding.js";
import type { Region } from "../model/source.js";
import type { Palette } from "./palette.js";
import { showSourceLine } from "./source-line.js";

/** Lines shown before and behind a region. */
const AROUND = 2;
/** Lines of a region that are shown; the rest is counted. */
const MOST_LINES = 12;

/** A few lines of source around a region, its own lines marked: `-` when they are gone, else `>`. */
export function codeFrame(
  changeSet: ChangeSet,
  region: Region,
  palette: Palette,
): readonly string[] {
  const change = findChange(changeSet, region);
  if (change === undefined) return [];
  const left = region.side === "LEFT";
  const lines = splitLines(left ? change.base : change.head);
  const marked = Math.min(region.endLine, region.startLine + MOST_LINES - 1);
  const hidden = region.endLine - marked;
  const first = Math.max(1, region.startLine - AROUND);
  const last = Math.min(lines.length, hidden > 0 ? marked : region.endLine + AROUND);
  const width = String(last).length;
  const frame: string[] = [];
  for (let number = first; number <= last; number++) {
    const inside = number >= region.startLine && number <= region.endLine;
    const mark = inside ? (left ? "-" : ">") : " ";
    const text = showSourceLine(lines[number - 1] ?? "");
    const line = `${mark} ${String(number).padStart(width)} | ${text}`.trimEnd();
    frame.push(inside ? (left ? palette.deleted(line) : line) : palette.faint(line));
  }
  return hidden > 0 ? [...frame, palette.faint(`  … ${hidden} more lines`)] : frame;
}

/** A suggestion as a small diff. */
export function suggestionDiff(
  changeSet: ChangeSet,
  suggestion: Suggestion,
  palette: Palette,
): readonly string[] {
  const change = changeSet.files.find(({ path }) => path === suggestion.path);
  const lines = splitLines(change?.head ?? "");
  const old = lines.slice(suggestion.startLine - 1, suggestion.endLine).map(showSourceLine);
  const replacement = suggestion.replacement.split("\n").map(showSourceLine);
  const fresh = suggestion.deletes ? [] : replacement;
  // A line that is only repeated, as the neighbour of a restored one, is context.
  const shared = new Set(old.filter((line) => fresh.includes(line)));
  const deleted = old
    .filter((line) => !shared.has(line))
    .map((line) => palette.deleted(`- ${line}`));
  const added = fresh.map((line) => (shared.has(line) ? `  ${line}` : palette.added(`+ ${line}`)));
  return [...deleted, ...added];
}

function findChange({ files }: ChangeSet, { path, side }: Region): FileChange | undefined {
  return files.find((file) => (side === "LEFT" ? file.basePath : file.path) === path);
}

/** Where a finding stands, in words. */
export function describePlace({ region, basePath }: Finding): string {
  const { startLine, endLine, side } = region;
  const lines = startLine === endLine ? `line ${startLine}` : `lines ${startLine}-${endLine}`;
  if (side === "RIGHT") return lines;
  return `${basePath === undefined ? "" : "old "}${lines}, removed`;
}
