import { parsePatch as parseUnifiedDiff, type StructuredPatchHunk } from "diff";
import type { Hunk } from "../model/change.js";
import { numberLines } from "./hunk-lines.js";
import { firstLine } from "./touched.js";

// Our own names: a file name of the repository is never part of the text that is parsed.
const FILE_HEADER = "--- base\n+++ head\n";

/**
 * Hunks of one file's patch as GitHub and git write it, without a file header. Undefined when it is
 * malformed, cut off, or its headers and its lines disagree: then both versions have to be compared.
 */
export function parsePatch(patch: string): readonly Hunk[] | undefined {
  const parsed = parseHunks(patch);
  if (parsed === undefined || parsed.length === 0) return undefined;
  const raw = patch.split("\n");
  const hunks: Hunk[] = [];
  let at = 0;
  let shift = 0;
  let afterBase = 1;
  for (const { lines } of parsed) {
    // `diff` skips what it does not know and forgives a count of 1 for 0, so a cut patch would pass:
    // each header is read again where it has to stand.
    const hunk = readHunk(raw[at] ?? "", lines);
    if (hunk === undefined) return undefined;
    const base = firstLine(hunk, "LEFT");
    if (base < afterBase || firstLine(hunk, "RIGHT") !== base + shift) return undefined;
    afterBase = base + hunk.baseCount;
    shift += hunk.headCount - hunk.baseCount;
    at += 1 + lines.length;
    hunks.push(hunk);
  }
  const rest = raw.slice(at);
  return rest.length === 0 || (rest.length === 1 && rest[0] === "") ? hunks : undefined;
}

function parseHunks(patch: string): readonly StructuredPatchHunk[] | undefined {
  if (!patch.startsWith("@@ -")) return undefined;
  try {
    const files = parseUnifiedDiff(FILE_HEADER + patch);
    return files.length === 1 ? files[0]?.hunks : undefined;
  } catch {
    // `diff` throws for input that it does not understand.
    return undefined;
  }
}

function readHunk(header: string, body: readonly string[]): Hunk | undefined {
  const match = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@(?: ([\s\S]*))?$/.exec(
    header,
  );
  if (match === null) return undefined;
  const [, baseStart = "", baseCount = "1", headStart = "", headCount = "1", section] = match;
  const hunk: Hunk = {
    baseStart: Number(baseStart),
    baseCount: Number(baseCount),
    headStart: Number(headStart),
    headCount: Number(headCount),
    ...(section ? { section } : {}),
    lines: [],
  };
  const lines = numberLines(body, firstLine(hunk, "LEFT"), firstLine(hunk, "RIGHT"));
  const added = lines.filter((line) => line.kind === "added").length;
  const deleted = lines.filter((line) => line.kind === "deleted").length;
  const agrees =
    lines.length - added === hunk.baseCount && lines.length - deleted === hunk.headCount;
  return agrees && lines.length > 0 ? { ...hunk, lines } : undefined;
}
