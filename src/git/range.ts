import type { Repository } from "./repository.js";
import { askGit } from "./run-git.js";
import { UserError } from "./user-error.js";

/** Where a clone knows its default branch from, in the order of trust. */
const DEFAULT_BRANCHES = [
  "refs/remotes/origin/HEAD",
  "refs/remotes/origin/main",
  "refs/remotes/origin/master",
  "refs/heads/main",
  "refs/heads/master",
];

/** Two sides to compare, as commit or tree ids. Without a head it is the working tree. */
export interface Comparison {
  readonly base: string;
  readonly head: string | undefined;
}

/**
 * What a range means: `A..B` the two as they are, `A...B` from their merge base, nothing the working
 * tree from where it left the default branch. A side left out of a range is HEAD, as in git.
 *
 * @throws UserError when a revision is unknown or unreadable, or the range is none.
 */
export async function resolveRange(
  repository: Repository,
  range: string | undefined,
): Promise<Comparison> {
  if (range === undefined) return resolveWorkingTree(repository);
  const sides = splitRange(range);
  const base = await resolveRevision(repository, sides.base);
  const head = await resolveRevision(repository, sides.head);
  return sides.dots === ".."
    ? { base, head }
    : { base: await mergeBase(repository, base, head), head };
}

/**
 * The revision that a range is to be merged into: its base as it is named, or the default branch of
 * what is in the working tree.
 *
 * @throws UserError when there is none.
 */
export async function resolveTarget(
  repository: Repository,
  range: string | undefined,
): Promise<string> {
  return range === undefined
    ? defaultBranch(repository)
    : resolveRevision(repository, splitRange(range).base);
}

function splitRange(range: string) {
  const dots = range.includes("...") ? "..." : "..";
  const at = range.indexOf(dots);
  if (at === -1) {
    throw new UserError(
      `"${range}" is not a range. Write <base>..<head> or <base>...<head>, such as ${range}...HEAD.`,
    );
  }
  const [base, head] = [range.slice(0, at), range.slice(at + dots.length)];
  return { base: base || "HEAD", dots, head: head || "HEAD" };
}

async function resolveWorkingTree(repository: Repository): Promise<Comparison> {
  if (repository.topLevel === undefined) {
    throw new UserError(
      `${repository.directory} has no working tree. Name a range: cyclekey review <base>..<head>.`,
    );
  }
  const head = await askGit(repository.directory, ["rev-parse", "--verify", "--quiet", "HEAD"]);
  if (head === undefined)
    throw new UserError("The repository has no commit yet, so there is nothing to review.");
  const tip = await defaultBranch(repository);
  return { base: await mergeBase(repository, tip, head), head: undefined };
}

async function defaultBranch({ directory }: Repository): Promise<string> {
  for (const branch of DEFAULT_BRANCHES) {
    const tip = await askGit(directory, ["rev-parse", "--verify", "--quiet", branch]);
    if (tip !== undefined) return tip;
  }
  throw new UserError(
    "There is no origin/HEAD, main or master to compare with. Name a range: cyclekey review <base>..<head>.",
  );
}

/** Id of the commit, or of the tree where the revision names one. */
async function resolveRevision({ directory }: Repository, revision: string): Promise<string> {
  const verify = ["rev-parse", "--verify", "--quiet", "--end-of-options"];
  const id = await askGit(directory, [...verify, revision]);
  if (id === undefined || !/^[0-9a-f]{40,64}$/.test(id)) {
    throw new UserError(
      `"${revision}" is not a revision of ${directory}. If it is on a remote, fetch it; in a shallow clone: git fetch --unshallow.`,
    );
  }
  const commit = await askGit(directory, [...verify, `${id}^{commit}`]);
  const tree = await askGit(directory, [...verify, `${commit ?? id}^{tree}`]);
  if (tree !== undefined) return commit ?? tree;
  const type = await askGit(directory, ["cat-file", "-t", id]);
  if (type === "blob") throw new UserError(`"${revision}" is a file, not a commit or a tree.`);
  throw new UserError(
    `"${revision}" cannot be read: the clone is incomplete or damaged (git fsck tells more).`,
  );
}

async function mergeBase({ directory }: Repository, base: string, head: string): Promise<string> {
  const id = await askGit(directory, ["merge-base", base, head]);
  if (id !== undefined && id !== "") return id;
  throw new UserError(
    `${base.slice(0, 12)} and ${head.slice(0, 12)} have no common commit. In a shallow clone: git fetch --unshallow. To compare them as they are, write two dots.`,
  );
}
