import type { Hunk } from "../model/change.js";
import { fileText } from "./hunk-lines.js";
import { splitLines } from "./lines.js";
import { firstLine } from "./touched.js";

/**
 * The base version of a file from its head version and the hunks between them. Undefined when a
 * context or added line is not what stands in head: then the hunks are of other versions.
 */
export function rebuildBase(head: string, hunks: readonly Hunk[]): string | undefined {
  const headLines = splitLines(head);
  const base: string[] = [];
  let next = 1;
  for (const hunk of hunks) {
    const start = firstLine(hunk, "RIGHT");
    if (start < next || start > headLines.length + 1) return undefined;
    for (; next < start; next++) base.push(headLines[next - 1] ?? "");
    for (const line of hunk.lines) {
      const text = fileText(line);
      if (line.kind !== "deleted") {
        if (headLines[next - 1] !== text) return undefined;
        next++;
      }
      if (line.kind !== "added") base.push(text);
    }
  }
  for (; next <= headLines.length; next++) base.push(headLines[next - 1] ?? "");
  const inner = base.slice(0, -1);
  return inner.every((line) => line.endsWith("\n")) ? base.join("") : undefined;
}
