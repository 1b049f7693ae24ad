import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Repository } from "./repository.js";

export type DiffStatus = "added" | "removed" | "modified" | "renamed";

/** One file of a diff between two commits, as GitHub lists it. */
export interface DiffFile {
  /** Blob at head; at base for a removed file. */
  readonly sha: string;
  readonly filename: string;
  readonly previousFilename: string | undefined;
  readonly status: DiffStatus;
  readonly additions: number;
  readonly deletions: number;
  /** Hunks only. Undefined for binary files, pure renames and diffs GitHub finds too large. */
  readonly patch: string | undefined;
}

/** GitHub was seen to leave out the patch of a file of 2,081 changed lines. */
export const MAX_PATCH_LINES = 2000;
/** A diff shows this many lines in all; a file behind them has no patch and 0 changes. */
const MAX_DIFF_LINES = 20_000;

interface RawEntry {
  readonly letter: string;
  readonly sha: string;
  readonly paths: readonly string[];
}

const STATUS: Readonly<Record<string, DiffStatus>> = {
  A: "added",
  D: "removed",
  M: "modified",
  T: "modified",
  R: "renamed",
};

function readRaw(raw: string): readonly RawEntry[] {
  const fields = raw.split("\0");
  const entries: RawEntry[] = [];
  for (let at = 0; at < fields.length - 1; ) {
    const [, , baseSha = "", headSha = "", letters = "M"] = (fields[at] ?? "").split(" ");
    const letter = letters.charAt(0);
    const count = letter === "R" ? 2 : 1;
    const sha = letter === "D" ? baseSha : headSha;
    entries.push({ letter, sha, paths: fields.slice(at + 1, at + 1 + count) });
    at += 1 + count;
  }
  return entries;
}

/** The hunks of one `diff --git` section. */
function hunksOf(section: string): string {
  const start = section.indexOf("\n@@ ");
  return start === -1 ? "" : section.slice(start + 1).replace(/\n$/, "");
}

function countRows(patch: string, sign: string): number {
  return patch.split("\n").filter((line) => line.startsWith(sign)).length;
}

/** Options that make git respect the `.gitattributes` at the root of a commit, such as `-diff`. */
async function attributesOf(repository: Repository, commit: string): Promise<readonly string[]> {
  const sha = await repository.resolve(`${commit}:.gitattributes`);
  if (sha === undefined) return [];
  const file = join(repository.directory, `attributes-${sha}`);
  await writeFile(file, await repository.blob(sha));
  return ["-c", `core.attributesFile=${file}`];
}

/** What differs between two trees, in git's order, with renames found as git finds them. */
export async function diffFiles(
  repository: Repository,
  base: string,
  head: string,
): Promise<readonly DiffFile[]> {
  const diff = ["diff", "--no-color", "--no-ext-diff", "--find-renames", "--no-abbrev"];
  const options = [...(await attributesOf(repository, head)), ...diff];
  const [raw, text] = await Promise.all([
    repository.git(...options, "--raw", "-z", base, head),
    repository.git(...options, "--patch", base, head),
  ]);
  // A row of a hunk never starts with a "d", so this splits at headers only.
  const sections = text.toString("utf8").split(/^(?=diff --git )/m);
  let next = 0;
  let total = 0;
  return readRaw(raw.toString("utf8")).map((entry) => {
    // A change of type is printed as a removal and an addition.
    const count = entry.letter === "T" ? 2 : 1;
    const patch = sections
      .slice(next, next + count)
      .map(hunksOf)
      .filter((hunks) => hunks !== "")
      .join("\n");
    next += count;
    const additions = countRows(patch, "+");
    const deletions = countRows(patch, "-");
    const [first = "", second] = entry.paths;
    total += patch === "" ? 0 : patch.split("\n").length;
    const starved = patch !== "" && total > MAX_DIFF_LINES;
    return {
      sha: entry.sha,
      filename: second ?? first,
      previousFilename: second === undefined ? undefined : first,
      status: STATUS[entry.letter] ?? "modified",
      additions: starved ? 0 : additions,
      deletions: starved ? 0 : deletions,
      patch: starved || patch === "" || additions + deletions > MAX_PATCH_LINES ? undefined : patch,
    };
  });
}
