import type { Side } from "../../core/model/source.js";
import type { DiffFile } from "./diff-files.js";
import { hunkOf, readPatch } from "./patch.js";

/** Where a review comment wants to stand. */
export interface Anchor {
  readonly path: string;
  readonly side: Side;
  readonly line: number;
  readonly startLine: number | undefined;
  readonly startSide: Side | undefined;
}

/**
 * Why GitHub would refuse a comment there, in its words; undefined when the diff shows the lines.
 * Context lines count, lines outside every hunk do not, and a range stays inside one hunk.
 */
export function refuseAnchor(files: readonly DiffFile[], anchor: Anchor): string | undefined {
  const file = files.find((one) => one.filename === anchor.path);
  if (file === undefined) return "Path could not be resolved";
  const hunks = readPatch(file.patch ?? "");
  const hunk = hunkOf(hunks, anchor.side, anchor.line);
  if (hunk === undefined) return "Line could not be resolved";
  if (anchor.startLine === undefined) return undefined;
  const startSide = anchor.startSide ?? anchor.side;
  if (startSide === anchor.side && anchor.startLine >= anchor.line) {
    return "Pull request review thread start line must precede the end line.";
  }
  if (hunkOf(hunks, startSide, anchor.startLine) !== hunk) {
    return "Pull request review thread start line must be part of the same hunk as the line.";
  }
  return undefined;
}
