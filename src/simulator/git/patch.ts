import type { Side } from "../../core/model/source.js";

/** One row of a diff as a reader sees it: a line with its number in base, in head, or in both. */
export interface PatchRow {
  readonly kind: "context" | "added" | "deleted";
  readonly text: string;
  readonly left: number | undefined;
  readonly right: number | undefined;
}

export interface PatchHunk {
  readonly header: string;
  readonly rows: readonly PatchRow[];
}

const HEADER = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

const KINDS: Readonly<Record<string, PatchRow["kind"]>> = {
  " ": "context",
  "+": "added",
  "-": "deleted",
};

/**
 * Reads the `patch` of a changed file. Written apart from the bot's own parser, so that the two
 * hold each other to the same line numbers.
 */
export function readPatch(patch: string): readonly PatchHunk[] {
  const hunks: { header: string; rows: PatchRow[] }[] = [];
  let left = 0;
  let right = 0;
  for (const line of patch.split("\n")) {
    const header = HEADER.exec(line);
    if (header) {
      left = Number(header[1]);
      right = Number(header[2]);
      hunks.push({ header: line, rows: [] });
      continue;
    }
    const kind = KINDS[line.charAt(0)];
    const hunk = hunks.at(-1);
    if (kind === undefined || hunk === undefined) continue;
    hunk.rows.push({
      kind,
      text: line.slice(1),
      left: kind === "added" ? undefined : left++,
      right: kind === "deleted" ? undefined : right++,
    });
  }
  return hunks;
}

/** Index of the hunk that shows a line on a side; undefined when the diff does not show it. */
export function hunkOf(hunks: readonly PatchHunk[], side: Side, line: number): number | undefined {
  const index = hunks.findIndex((hunk) =>
    hunk.rows.some((row) => (side === "LEFT" ? row.left : row.right) === line),
  );
  return index === -1 ? undefined : index;
}
