import type { Forge } from "./forge.js";
import { DEFAULT_BRANCH } from "./shapes.js";
import type { PullRequestRecord } from "./store.js";

/**
 * Pull requests that a commit belongs to, as GitHub associates them: the merged one that brought it
 * to the default branch, else every open or merged one that has it among its commits.
 */
export async function associatedPullRequests(
  forge: Forge,
  commit: string,
): Promise<readonly PullRequestRecord[]> {
  const { store, repository } = forge;
  const landed = await repository.isAncestor(commit, `refs/heads/${DEFAULT_BRANCH}`);
  const found: PullRequestRecord[] = [];
  for (const pull of store.pullRequests) {
    const merged = pull.mergedAt !== undefined;
    if (landed ? !merged : pull.state === "closed" && !merged) continue;
    if (pull.headSha === commit || (await holds(forge, pull, commit))) found.push(pull);
  }
  return found;
}

async function holds(forge: Forge, pull: PullRequestRecord, commit: string): Promise<boolean> {
  const kept = known.get(forge) ?? new Map<string, Promise<readonly string[]>>();
  known.set(forge, kept);
  const key = `${pull.baseSha}..${pull.headSha}`;
  const commits = kept.get(key) ?? forge.repository.commitsBetween(pull.baseSha, pull.headSha);
  kept.set(key, commits);
  return (await commits).includes(commit);
}

/** Commits of a range never change. */
const known = new WeakMap<Forge, Map<string, Promise<readonly string[]>>>();
