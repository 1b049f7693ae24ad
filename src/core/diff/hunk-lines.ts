import type { HunkLine } from "../model/change.js";
import { splitLines } from "./lines.js";

const KINDS: Readonly<Record<string, HunkLine["kind"]>> = {
  " ": "context",
  "+": "added",
  "-": "deleted",
};

/** Numbers the lines of a hunk body. A line starting with `\` says that the line above it has no newline. */
export function numberLines(
  body: readonly string[],
  baseLine: number,
  headLine: number,
): readonly HunkLine[] {
  const lines: HunkLine[] = [];
  let base = baseLine;
  let head = headLine;
  for (const raw of body) {
    if (raw.startsWith("\\")) {
      const last = lines.pop();
      if (last !== undefined) lines.push({ ...last, noNewline: true });
      continue;
    }
    // An empty line is a context line whose space was stripped (diff.suppressBlankEmpty).
    const kind = KINDS[raw.charAt(0)] ?? "context";
    const text = raw.slice(1);
    if (kind === "added") lines.push({ kind, text, head: head++ });
    else if (kind === "deleted") lines.push({ kind, text, base: base++ });
    else lines.push({ kind, text, base: base++, head: head++ });
  }
  return lines;
}

/** The line with its terminator, as it stands in the file. */
export function fileText(line: HunkLine): string {
  return line.noNewline ? line.text : `${line.text}\n`;
}

/** The lines of a whole text as the body of a hunk. */
export function bodyOf(text: string, sign: "+" | "-"): readonly string[] {
  return splitLines(text).flatMap((line) =>
    line.endsWith("\n")
      ? [sign + line.slice(0, -1)]
      : [sign + line, "\\ No newline at end of file"],
  );
}
