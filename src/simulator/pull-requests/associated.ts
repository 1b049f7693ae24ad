import type { Forge } from "../platform/forge.js";
import type { PullRequestRecord } from "../platform/store.js";

/**
 * Pull requests that a commit belongs to, as GitHub associates them: the merged one that brought it
 * to the default branch, else every open or merged one that has it among its commits.
 */
export async function associatedPullRequests(
  forge: Forge,
  commit: string,
): Promise<readonly PullRequestRecord[]> {
  const { store, repository } = forge;
  const tip = (await repository.resolve(`refs/heads/${store.defaultBranch}`)) ?? commit;
  const landed = await repository.isAncestor(commit, tip);
  const found: PullRequestRecord[] = [];
  for (const pull of store.pullRequests) {
    const merged = pull.mergedAt !== undefined;
    if (landed ? !merged : pull.state === "closed" && !merged) continue;
    const commits = await repository.commitsBetween(pull.baseSha, pull.headSha);
    if (pull.headSha === commit || commits.includes(commit)) found.push(pull);
  }
  return found;
}
