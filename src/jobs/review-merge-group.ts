import type { ConfigurationTexts } from "../core/config/read-configuration.js";
import type { CheckRunPlan, PostedComment } from "../core/model/review.js";
import { planMergeGroup } from "../core/review/plan-merge-group.js";
import { planIrrelevant } from "../core/review/plan-without-scan.js";
import { applyCheck } from "../github/apply/apply-check.js";
import type { GitHub, InstallationClient } from "../github/client/client.js";
import { Gone } from "../github/client/errors.js";
import type { Log } from "../github/client/log.js";
import { isIrrelevant } from "../github/files/candidates.js";
import { type Comparison, compareCommits } from "../github/files/compare-commits.js";
import { readRange } from "../github/files/read-range.js";
import { readCommitChecks } from "../github/pull-request/commit-checks.js";
import { queryConfiguration } from "../github/pull-request/query-configuration.js";
import { queryPullRequest } from "../github/pull-request/query-pull-request.js";
import type { HeadLocks } from "./head-locks.js";
import { describeJob, type MergeGroupJob } from "./job.js";
import type { RunContext } from "./queue.js";
import { policyOf, type ReviewerOptions, scanRange } from "./reviewer.js";

export interface ReviewMergeGroupOptions {
  readonly github: GitHub;
  readonly reviewer: ReviewerOptions;
  readonly locks: HeadLocks;
  readonly log: Log;
}

/**
 * Judges what a merge queue is about to put on a branch, by its own range, and comments nothing. A
 * queue waits for the check for as long as there is none.
 */
export function createReviewMergeGroup(
  options: ReviewMergeGroupOptions,
): (job: MergeGroupJob, context: RunContext) => Promise<void> {
  return async (job, { signal }) => {
    const client = options.github.forInstallation(job.installationId).during(signal);
    await options.locks.hold(job.repositoryId, job.headSha, signal, async () => {
      const started = client.now();
      const comparison = await compareCommits(client, job, job.baseSha, job.headSha);
      const check = await decide(options.reviewer, client, job, comparison);
      const checks = await readCommitChecks(client, job, job.headSha);
      await applyCheck(client, job, checks, check, { again: job.again === true });
      options.log.info(
        {
          ...describeJob(job),
          conclusion: check.conclusion,
          milliseconds: client.now() - started,
        },
        "merge group reviewed",
      );
    });
  };
}

async function decide(
  reviewer: ReviewerOptions,
  client: InstallationClient,
  job: MergeGroupJob,
  { mergeBase, listing }: Comparison,
): Promise<CheckRunPlan> {
  const { baseSha, headSha } = job;
  if (isIrrelevant(listing)) {
    return planIrrelevant({ number: "merge-group", baseSha, headSha }, listing.files.length);
  }
  const { comments, configuration } = await lookAtPullRequest(client, job);
  const policy = policyOf(reviewer, configuration);
  const range = { baseSha, headSha, mergeBase };
  const changes = await readRange(client, job, range, listing);
  return planMergeGroup({
    scan: await scanRange(reviewer, client, job, range, changes, policy),
    comments,
    changes: changes.files,
    rules: reviewer.rules.map(({ meta }) => meta),
    configuration: policy.configuration,
    configurationProblems: policy.problems,
    limits: reviewer.limits,
    docsUrl: reviewer.docsUrl,
    baseSha,
    headSha,
  });
}

interface Seen {
  readonly comments: readonly PostedComment[];
  readonly configuration: ConfigurationTexts;
}

/** What was accepted on the pull request that the group's branch names holds for the group too. */
async function lookAtPullRequest(client: InstallationClient, job: MergeGroupJob): Promise<Seen> {
  const number = pullRequestIn(job.headRef);
  if (number !== undefined) {
    try {
      const { pullRequest, configuration } = await queryPullRequest(client, { ...job, number });
      return { comments: pullRequest.posted.comments, configuration };
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
    }
  }
  return { comments: [], configuration: await queryConfiguration(client, job) };
}

/** GitHub's own name for the branch: `gh-readonly-queue/<base>/pr-<number>-<sha>`. */
export function pullRequestIn(headRef: string | undefined): number | undefined {
  const [, number] =
    /^(?:refs\/heads\/)?gh-readonly-queue\/.+\/pr-([1-9]\d{0,14})-[0-9a-f]{40,64}$/.exec(
      headRef ?? "",
    ) ?? [];
  return number === undefined ? undefined : Number(number);
}
