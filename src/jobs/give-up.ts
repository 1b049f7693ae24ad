import { isMadeFor, type ReviewedRange } from "../core/review/external-id.js";
import { planFailure } from "../core/review/plan-without-scan.js";
import { applyCheck } from "../github/apply/apply-check.js";
import type { GitHub, InstallationClient } from "../github/client/client.js";
import { Retryable } from "../github/client/errors.js";
import type { Log } from "../github/client/log.js";
import { readCommitChecks } from "../github/pull-request/commit-checks.js";
import type { OwnCheck } from "../github/pull-request/own-checks.js";
import { queryConfiguration } from "../github/pull-request/query-configuration.js";
import { queryPullRequest } from "../github/pull-request/query-pull-request.js";
import { answerCommands } from "./commands.js";
import { describeJob, type Job, type MergeGroupJob, type PullRequestJob } from "./job.js";
import type { RunContext } from "./queue.js";
import { policyOf, type ReviewerOptions } from "./reviewer.js";

export interface GiveUpOptions {
  readonly github: GitHub;
  readonly reviewer: ReviewerOptions;
  readonly log: Log;
  /** Names the failure in the check run and in the log. */
  readonly correlationId: () => string;
}

interface Failure {
  readonly correlation: string;
  readonly sentence: string;
}

/**
 * Ends the check of a job that failed too often. It fails, since a neutral check would open the
 * gate, unless the owners chose otherwise; a verdict that stands for the same commits stays.
 */
export function createGiveUp(
  options: GiveUpOptions,
): (job: Job, error: unknown, context: RunContext) => Promise<void> {
  return async (job, error, { signal }) => {
    const failure = { correlation: options.correlationId(), sentence: sentenceFor(error) };
    options.log.error(
      {
        ...describeJob(job),
        correlation: failure.correlation,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      },
      "the review did not finish",
    );
    const client = options.github.forInstallation(job.installationId).during(signal);
    if (job.kind === "pull-request") await endPullRequest(options, client, job, failure);
    if (job.kind === "merge-group") await endMergeGroup(options, client, job, failure);
  };
}

async function endPullRequest(
  { reviewer }: GiveUpOptions,
  client: InstallationClient,
  job: PullRequestJob,
  { correlation, sentence }: Failure,
): Promise<void> {
  const { pullRequest, configuration } = await queryPullRequest(client, job);
  const { onError } = policyOf(reviewer, configuration).configuration;
  const check = planFailure(pullRequest, correlation, sentence, onError);
  const { checks } = pullRequest.posted;
  if (pullRequest.open && !stands(checks, pullRequest)) {
    await applyCheck(client, job, checks, check, { again: true });
  }
  const asked = job.commands.filter((command) => command.byPullRequestAuthor);
  await answerCommands(client, job, asked, "confused");
}

async function endMergeGroup(
  { reviewer }: GiveUpOptions,
  client: InstallationClient,
  job: MergeGroupJob,
  { correlation, sentence }: Failure,
): Promise<void> {
  const { onError } = policyOf(reviewer, await queryConfiguration(client, job)).configuration;
  const { baseSha, headSha } = job;
  const range = { number: "merge-group", baseSha, headSha } as const;
  const check = planFailure(range, correlation, sentence, onError);
  const checks = await readCommitChecks(client, job, headSha);
  if (!stands(checks, range)) {
    await applyCheck(client, job, checks, check, { again: true });
  }
}

function stands(checks: readonly OwnCheck[], range: ReviewedRange): boolean {
  return (
    checks.every(({ status }) => status === "completed") &&
    checks.some(({ externalId }) => isMadeFor(externalId, range))
  );
}

function sentenceFor(error: unknown): string {
  return error instanceof Retryable
    ? "GitHub did not answer as expected, several times in a row."
    : "cyclekey met an error of its own, several times in a row.";
}
