import { mayMatter } from "../core/relevance.js";
import { type Patches, pairOf, readPatches } from "./patches.js";
import type { Comparison } from "./range.js";
import { type ListedFile, readRawEntries } from "./raw-entries.js";
import type { Repository } from "./repository.js";
import { GitFailure, runGit } from "./run-git.js";
import { MAX_FILE_BYTES } from "./size-limit.js";
import { UserError } from "./user-error.js";

const RENAMES = "--find-renames";
/** Compares ids only. */
const EXACT_RENAMES = "--find-renames=100%";

/** Every choice that configuration could make is made here. */
const OPTIONS = [
  "--no-color",
  "--no-ext-diff",
  "--no-textconv",
  "--no-relative",
  "--full-index",
  "--no-abbrev",
  "-l1000",
  "--ignore-submodules=dirty",
];

export interface Listing {
  readonly changedFiles: number;
  readonly files: readonly ListedFile[];
}

/**
 * The files that two sides differ in, with hunks where git could tell them. The working tree comes
 * without hunks, and with the files that git does not track and does not ignore.
 *
 * @throws UserError when git cannot read one of the sides.
 */
export async function listChanges(
  repository: Repository,
  comparison: Comparison,
): Promise<Listing> {
  try {
    const { base, head } = comparison;
    return head === undefined
      ? await listWorkingTree(repository, base)
      : await listTrees(repository, base, head);
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    throw new UserError(`git cannot compare the two versions: ${error.stderr}`);
  }
}

async function listTrees(repository: Repository, base: string, head: string): Promise<Listing> {
  const command = ["diff-tree", "-r", ...OPTIONS];
  const { directory } = repository;
  const listing = await listEntries(directory, [...command, "--raw", "-z", base, head, "--"]);
  if (!listing.files.some(({ file }) => mayMatter(file))) return listing;
  // Above the size that is read at all, git need not compare either.
  const limited = ["-c", `core.bigFileThreshold=${MAX_FILE_BYTES}`, ...command];
  const sides = [base, head, "--"];
  const patches = await readAllPatches(directory, [...limited, RENAMES, "-p", "-U3", ...sides]);
  return { ...listing, files: listing.files.map((listed) => withHunks(listed, patches)) };
}

/**
 * To find renames git reads files that came and went, of any kind. Where the clone lacks one that
 * nobody would read otherwise, as clones without large files do, only unchanged renames are found.
 */
async function listEntries(directory: string, [name = "", ...args]: readonly string[]) {
  try {
    return readRawEntries(await runGit(directory, [name, RENAMES, ...args]));
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    return readRawEntries(await runGit(directory, [name, EXACT_RENAMES, ...args]));
  }
}

async function readAllPatches(directory: string, args: readonly string[]): Promise<Patches> {
  try {
    return readPatches(await runGit(directory, args));
  } catch (error) {
    // More patch than fits, or of a file that the clone lacks: what matters is compared one by one.
    if (error instanceof GitFailure) return new Map();
    throw error;
  }
}

function withHunks(listed: ListedFile, patches: Patches): ListedFile {
  const hunks = listed.file.hunks ?? patches.get(pairOf(listed.baseId, listed.headId));
  return { ...listed, file: { ...listed.file, hunks } };
}

async function listWorkingTree(repository: Repository, base: string): Promise<Listing> {
  const { directory } = repository;
  const command = ["diff", ...OPTIONS, "--raw", "-z", base, "--"];
  const tracked = await listEntries(directory, command);
  const others = await runGit(directory, ["ls-files", "--others", "--exclude-standard", "-z"]);
  const untracked = others
    .toString("latin1")
    .split("\0")
    // A repository inside the repository is listed with a slash.
    .filter((name) => name !== "" && !name.endsWith("/"))
    .map(listUntracked);
  return {
    changedFiles: tracked.changedFiles + untracked.length,
    files: [...tracked.files, ...untracked],
  };
}

function listUntracked(name: string): ListedFile {
  const pathBytes = Buffer.from(name, "latin1");
  const path = pathBytes.toString("utf8");
  return {
    file: { path, basePath: path, status: "added", kind: "file", hunks: undefined },
    baseId: undefined,
    headId: undefined,
    pathBytes,
  };
}
