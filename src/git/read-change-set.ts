import { diffTexts } from "../core/diff/diff-texts.js";
import { rebuildBase } from "../core/diff/rebuild-base.js";
import type { ChangeSet, FileChange } from "../core/model/change.js";
import type { Unscanned } from "../core/model/unscanned.js";
import { mayMatter } from "../core/relevance.js";
import { blobSizes, readBlobs } from "./blobs.js";
import { listChanges } from "./list-changes.js";
import { resolveRange } from "./range.js";
import type { ListedFile } from "./raw-entries.js";
import { openRepository } from "./repository.js";
import { MAX_FILE_BYTES, tooLarge } from "./size-limit.js";
import { readWorkingFile } from "./working-file.js";

export interface ChangeSetOptions {
  /** Any directory of the repository; it may be bare. */
  readonly directory: string;
  /** `A..B` or `A...B`; without it the working tree since it left the default branch. */
  readonly range?: string;
}

/** What `ChangeSet.head` says of the working tree. */
export const WORKING_TREE = "working tree";

type Version = { readonly text: string } | { readonly problem: Unscanned };

/**
 * The change set of a local repository. Nothing is written, checked out, fetched or run.
 *
 * @throws UserError for what the person can fix: no repository, unknown revision, missing object.
 */
export async function readChangeSet(options: ChangeSetOptions): Promise<ChangeSet> {
  const repository = await openRepository(options.directory);
  const comparison = await resolveRange(repository, options.range);
  const listing = await listChanges(repository, comparison);
  const wanted = listing.files.filter(({ file }) => mayMatter(file));
  const onDisk = comparison.head === undefined;
  const read = await versionReader(repository.directory, wanted, onDisk);
  const files: FileChange[] = [];
  const unscanned: Unscanned[] = listing.files.filter(isNewLink).map(({ file }) => ({
    path: file.path,
    reason: "unreadable",
    detail: "It is a symbolic link; what it points to is not read.",
  }));
  for (const listed of wanted) {
    const base = await read(listed, "base");
    const head = await read(listed, "head");
    if ("problem" in base) unscanned.push(base.problem);
    else if ("problem" in head) unscanned.push(head.problem);
    else {
      const text = onDisk ? withBaseLineEnds(base.text, head.text) : head.text;
      files.push(completeChange(listed, base.text, text));
    }
  }
  return {
    base: comparison.base,
    head: comparison.head ?? WORKING_TREE,
    changedFiles: listing.changedFiles,
    listed: listing.files.map(({ file }) => file),
    files: files.filter(mayMatter),
    unscanned,
  };
}

/** A link that now stands where a module could: whatever it points to would run, unseen. */
function isNewLink({ file }: ListedFile): boolean {
  if (file.kind !== "symlink" || file.status === "removed") return false;
  return mayMatter({ ...file, kind: "file" });
}

/** Reads all blobs at once; what is on disk one by one. */
async function versionReader(
  directory: string,
  wanted: readonly ListedFile[],
  onDisk: boolean,
): Promise<(listed: ListedFile, side: "base" | "head") => Promise<Version>> {
  const ids = wanted.flatMap(({ baseId, headId }) => [baseId, headId]);
  const known = [...new Set(ids.filter((id) => id !== undefined))];
  const sizes = await blobSizes(directory, known);
  const small = new Map([...sizes].filter(([, size]) => size <= MAX_FILE_BYTES));
  const texts = await readBlobs(directory, small);
  return async ({ file, baseId, headId, pathBytes }, side) => {
    const id = side === "base" ? baseId : headId;
    if (id !== undefined) {
      const text = texts.get(id);
      return text === undefined ? { problem: tooLarge(file.path, sizes.get(id) ?? 0) } : { text };
    }
    if (side === "base" || file.status === "removed" || !onDisk) return { text: "" };
    return readWorkingFile(directory, file.path, pathBytes);
  };
}

/** Hunks of git, unless they are missing or do not lead from one version to the other. */
function completeChange({ file }: ListedFile, base: string, head: string): FileChange {
  const trusted = file.hunks !== undefined && rebuildBase(head, file.hunks) === base;
  return { ...file, base, head, hunks: trusted ? (file.hunks ?? []) : diffTexts(base, head) };
}

/**
 * git may check out `\n` as `\r\n` (core.autocrlf, eol): then every line on disk differs from its
 * blob and none was changed. Lines keep their numbers.
 */
function withBaseLineEnds(base: string, head: string): string {
  const converted = base !== "" && !base.includes("\r\n") && !/(?:^|[^\r])\n/.test(head);
  return converted ? head.replaceAll("\r\n", "\n") : head;
}
