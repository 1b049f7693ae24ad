import type { GitHub } from "../github/client/client.js";
import { readCommitChecks } from "../github/pull-request/commit-checks.js";
import { readCommitPullRequests } from "../github/pull-request/commit-pull-requests.js";
import { type CommitJob, type Job, placeOf } from "./job.js";
import { jobOfCheck } from "./job-of-check.js";
import type { RunContext } from "./queue.js";

export interface FollowCommitOptions {
  readonly github: GitHub;
  readonly enqueue: (job: Job) => void;
}

/**
 * Finds what checks of a commit are for: what our own runs say they were made for, and the pull
 * requests whose head it is now.
 */
export function createFollowCommit(
  options: FollowCommitOptions,
): (job: CommitJob, context: RunContext) => Promise<void> {
  return async (job, { signal }) => {
    const client = options.github.forInstallation(job.installationId).during(signal);
    const checks = await readCommitChecks(client, job, job.headSha);
    const named = checks
      .map((check) => jobOfCheck(placeOf(job), check, job.headRef))
      .filter(({ kind }) => kind !== "commit");
    const numbers = await readCommitPullRequests(client, job, job.headSha);
    const heads = numbers.map(
      (number): Job => ({
        kind: "pull-request",
        ...placeOf(job),
        number,
        commands: [],
        again: true,
      }),
    );
    for (const one of [...named, ...heads]) options.enqueue(one);
  };
}
