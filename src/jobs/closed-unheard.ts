import { PULL_REQUESTS_PER_QUERY, readOwnRuns } from "../github/app/open-pull-requests.js";
import type { InstallationClient } from "../github/client/client.js";
import type { PullRequestJob } from "./job.js";
import { type Listed, sweptJob } from "./swept-job.js";

/** A process that ended is followed by another one sooner than that. */
const HOUR = 60 * 60_000;

/**
 * Jobs for pull requests whose check an earlier process left open, and which were closed while no
 * process heard of it: they are in no list of what is open.
 */
export async function findClosedUnheard(
  client: InstallationClient,
  installationId: number,
  closed: readonly Listed[],
): Promise<readonly PullRequestJob[]> {
  const now = client.now();
  const some = closed
    .filter(({ pullRequest }) => now - pullRequest.updatedAt < HOUR)
    .toSorted((a, b) => b.pullRequest.updatedAt - a.pullRequest.updatedAt)
    .slice(0, PULL_REQUESTS_PER_QUERY);
  if (some.length === 0) return [];
  const runs = await readOwnRuns(
    client,
    some.map(({ pullRequest }) => pullRequest.id),
  );
  return some
    .filter(({ pullRequest }) => runs.get(pullRequest.id)?.runs.some((run) => !run.completed))
    .map((one) => sweptJob(installationId, one));
}
