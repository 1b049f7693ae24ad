import { renderSuperseded } from "../core/review/plan-without-scan.js";
import { cancelCheck } from "../github/apply/check-runs.js";
import { isCheckOf } from "../github/apply/standing-check.js";
import type { InstallationClient } from "../github/client/client.js";
import { Gone, Refused } from "../github/client/errors.js";
import type { Repository } from "../github/client/target.js";
import { readCommitChecks } from "../github/pull-request/commit-checks.js";
import type { OwnCheck } from "../github/pull-request/own-checks.js";
import type { PullRequest } from "../github/pull-request/pull-request-state.js";
import type { HeadLocks } from "./head-locks.js";
import type { PullRequestJob } from "./job.js";

/**
 * A run that was cut short left its check open on a head that the pull request has left since. Seen
 * in GitHub's answer, so no memory of it is needed, unless a push had more commits than GitHub tells
 * of; who works on that head right now ends it itself.
 */
export async function endLeftOpen(
  client: InstallationClient,
  { left = [], ...repository }: PullRequestJob,
  { number, headSha, earlierChecks, toldCommits }: PullRequest,
  locks: HeadLocks,
): Promise<void> {
  const checks = [...earlierChecks];
  for (const commit of left) {
    if (commit === headSha || toldCommits.includes(commit)) continue;
    checks.push(...(await readChecks(client, repository, commit)));
  }
  for (const check of checks) {
    if (check.status === "completed" || !isCheckOf(check, number)) continue;
    if (locks.isHeld(repository.repositoryId, check.headSha)) continue;
    await cancel(client, repository, check, renderSuperseded(headSha));
  }
}

/** None where the commit is gone, or never was. */
async function readChecks(
  client: InstallationClient,
  repository: Repository,
  commit: string,
): Promise<readonly OwnCheck[]> {
  try {
    return await readCommitChecks(client, repository, commit);
  } catch (error) {
    if (error instanceof Gone || error instanceof Refused) return [];
    throw error;
  }
}

/** The pull request is closed and nobody shares its head, so nobody waits for its check. */
export async function endClosed(
  client: InstallationClient,
  repository: Repository,
  { number, posted }: PullRequest,
): Promise<void> {
  for (const check of posted.checks) {
    if (check.status === "completed" || !isCheckOf(check, number)) continue;
    await cancel(client, repository, check, {
      title: "The pull request is closed",
      summary: "It was closed before its review ended. Opened again, it is reviewed again.",
    });
  }
}

async function cancel(
  client: InstallationClient,
  repository: Repository,
  { id }: OwnCheck,
  output: { readonly title: string; readonly summary: string },
): Promise<void> {
  try {
    await cancelCheck(client, repository, id, output);
  } catch (error) {
    if (!(error instanceof Gone || error instanceof Refused)) throw error;
  }
}
