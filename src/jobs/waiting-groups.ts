import type { Repository } from "../github/app/installations.js";
import {
  type MergeGroup,
  PULL_REQUESTS_PER_QUERY,
  readOwnRuns,
} from "../github/app/open-pull-requests.js";
import type { InstallationClient } from "../github/client/client.js";
import type { MergeGroupJob } from "./job.js";

export interface Group {
  readonly repository: Repository;
  readonly group: MergeGroup;
}

/** Jobs for merge groups that have no completed check of ours: nobody tells of them again. */
export async function findWaitingGroups(
  client: InstallationClient,
  installationId: number,
  groups: readonly Group[],
): Promise<readonly MergeGroupJob[]> {
  const some = groups.slice(0, PULL_REQUESTS_PER_QUERY);
  if (some.length === 0) return [];
  const ids = some.map(({ group }) => group.id);
  const runs = await readOwnRuns(client, ids);
  return some
    .filter(({ group }) => {
      const newest = runs
        .get(group.id)
        ?.runs.toSorted((a, b) => a.id - b.id)
        .at(-1);
      return newest?.completed !== true;
    })
    .map(({ repository: { owner, repo, repositoryId }, group }) => ({
      kind: "merge-group",
      installationId,
      owner,
      repo,
      repositoryId,
      baseSha: group.baseSha,
      headSha: group.headSha,
      headRef: group.headRef,
    }));
}
