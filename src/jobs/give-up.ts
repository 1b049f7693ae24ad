import { planFailure } from "../core/review/plan-without-scan.js";
import { applyPlan } from "../github/apply.js";
import type { GitHub } from "../github/client.js";
import { Retryable } from "../github/errors.js";
import type { Log } from "../github/log.js";
import { queryPullRequest } from "../github/query-pull-request.js";
import { answerCommands } from "./commands.js";
import { type Job, jobKey } from "./job.js";
import type { RunContext } from "./queue.js";
import type { RunMemory } from "./run-memory.js";

export interface GiveUpOptions {
  readonly github: GitHub;
  readonly memory: RunMemory;
  readonly log: Log;
  /** Names the failure in the check run and in the log. */
  readonly correlationId: () => string;
}

/**
 * Ends the check of a pull request whose job failed too often. It fails, since a neutral check
 * would open the gate; a verdict that already stands for the same two commits stays.
 */
export function createGiveUp(
  options: GiveUpOptions,
): (job: Job, error: unknown, context: RunContext) => Promise<void> {
  return async (job, error, { signal }) => {
    const correlation = options.correlationId();
    const client = options.github.forInstallation(job.installationId).during(signal);
    const { pullRequest } = await queryPullRequest(client, job);
    const check = planFailure(pullRequest, correlation, sentenceFor(error), "failure");
    const { checks } = pullRequest.posted;
    const stands =
      checks.every(({ status }) => status === "completed") &&
      checks.some(({ externalId }) => externalId === check.externalId);
    options.log.error(
      {
        correlation,
        installation: job.installationId,
        repository: job.repositoryId,
        pullRequest: job.number,
        delivery: job.delivery,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      },
      "the review did not finish",
    );
    if (pullRequest.open && !stands) {
      const plan = { comments: [], edits: [], check, withoutEffect: [] };
      await applyPlan(client, job, pullRequest, plan, {
        rescan: true,
        onCheck: (_, id) => options.memory.close(jobKey(job), id),
      });
    }
    const asked = job.commands.filter((command) => command.byPullRequestAuthor);
    await answerCommands(client, job, asked, "confused");
  };
}

function sentenceFor(error: unknown): string {
  return error instanceof Retryable
    ? "GitHub did not answer as expected, several times in a row."
    : "cyclekey met an error of its own, several times in a row.";
}
