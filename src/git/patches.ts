import { parsePatch } from "../core/diff/parse-patch.js";
import type { Hunk } from "../core/model/change.js";
import { decode } from "./decode.js";

/** Hunks by the pair of blobs they lie between: names, which anyone may choose, play no part. */
export type Patches = ReadonlyMap<string, readonly Hunk[]>;

/** Key of `Patches`; undefined stands for a side without a file. */
export function pairOf(baseId: string | undefined, headId: string | undefined): string {
  return `${baseId ?? ""}..${headId ?? ""}`;
}

/**
 * Reads the answer of `git diff -p --full-index` with quoted names. A file that git calls binary is
 * not in the answer: its versions have to be compared by whoever wants to know.
 */
export function readPatches(output: Buffer): Patches {
  const patches = new Map<string, readonly Hunk[]>();
  // A line of content starts with a blank, a sign or a backslash, and a name has no line feed.
  for (const section of `\n${decode(output)}`.split("\ndiff --git ").slice(1)) {
    const body = section.indexOf("\n@@ ");
    if (body === -1) continue;
    const ids = /\nindex ([0-9a-f]+)\.\.([0-9a-f]+)/.exec(section.slice(0, body));
    const hunks = parsePatch(section.slice(body + 1));
    if (ids === null || hunks === undefined) continue;
    const [, base = "", head = ""] = ids;
    patches.set(`${withoutZeros(base)}..${withoutZeros(head)}`, hunks);
  }
  return patches;
}

function withoutZeros(id: string): string {
  return /^0+$/.test(id) ? "" : id;
}
