import type { ConfigurationReading } from "../core/config/read-configuration.js";
import type { ReviewPlan } from "../core/model/review.js";
import { planReview } from "../core/review/plan.js";
import { planIrrelevant } from "../core/review/plan-without-scan.js";
import { applyPlan } from "../github/apply.js";
import type { GitHub, InstallationClient } from "../github/client/client.js";
import { Retryable } from "../github/client/errors.js";
import type { Log } from "../github/client/log.js";
import { listFiles } from "../github/files/list-files.js";
import type { Listing } from "../github/files/listing.js";
import { type Observation, observe } from "../github/observe.js";
import { admitRequests, answerRequests } from "./answer-requests.js";
import { admitCommands, answerCommands } from "./commands.js";
import { endClosed, endLeftOpen } from "./end-left-open.js";
import type { HeadLocks } from "./head-locks.js";
import { describeJob, type Job, type PullRequestJob, placeOf } from "./job.js";
import { judgeOtherRanges, type Requests } from "./judge-other-ranges.js";
import type { OpenHeads } from "./open-heads.js";
import type { RunContext } from "./queue.js";
import { policyOf, type ReviewerOptions, scanRange } from "./reviewer.js";
import { settleAtOnce } from "./settle-at-once.js";

export interface ReconcileOptions {
  readonly github: GitHub;
  readonly reviewer: ReviewerOptions;
  readonly locks: HeadLocks;
  readonly openHeads: OpenHeads;
  /** Leaves a job for later; one that the queue does not take is found by the next sweep. */
  readonly enqueue: (job: Job) => void;
  readonly log: Log;
}

/** With `head` the pull request has another head than was held; undefined where it moved meanwhile. */
type Outcome = "reviewed" | "closed" | { readonly head: string | undefined };

const ATTEMPTS = 3;

/**
 * Brings what stands on a pull request to what should stand: look, decide, write the difference.
 * Whatever is killed, repeated or late, the next run ends in the same state.
 */
export function createReconcile(
  options: ReconcileOptions,
): (job: PullRequestJob, context: RunContext) => Promise<void> {
  return async (job, { signal }) => {
    const client = options.github.forInstallation(job.installationId).during(signal);
    const admitted = await admitCommands(client, job, job.commands);
    if (job.commandsOnly && admitted.length === 0) return;
    const asked: PullRequestJob = admitted.length > 0 ? { ...job, again: true } : job;
    let known = job.hint?.headSha;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const listing = await listFiles(client, job);
      // A list without files names no commit.
      const held = listing.headSha ?? known ?? "";
      const outcome = await options.locks.hold(job.repositoryId, held, signal, (heldBefore) =>
        reconcileAt(options, client, heldBefore ? careful(asked) : asked, listing, held),
      );
      if (typeof outcome === "object") {
        known = outcome.head;
        continue;
      }
      await answerCommands(client, job, admitted, outcome === "closed" ? "confused" : "rocket");
      return;
    }
    throw new Retryable("the head of the pull request kept moving", 2);
  };
}

function careful(job: PullRequestJob): PullRequestJob {
  return { ...job, careful: true };
}

/** The head is held: nobody else writes its check meanwhile. */
async function reconcileAt(
  options: ReconcileOptions,
  client: InstallationClient,
  job: PullRequestJob,
  listing: Listing,
  held: string,
): Promise<Outcome> {
  const started = client.now();
  const looked =
    (await settleAtOnce(client, job, listing, options.openHeads)) ??
    (await observe(client, job, listing));
  if (looked === undefined) return { head: undefined };
  const { headSha } = looked.pullRequest;
  if (listing.headSha === undefined && headSha !== held) return { head: headSha };
  const observation = withKnownSiblings(looked, job, options.openHeads);
  const { pullRequest } = observation;
  await endLeftOpen(client, job, pullRequest, options.locks);
  if (!pullRequest.open) {
    options.openHeads.closed(job.repositoryId, job.number);
    await leave(options, client, job, observation);
    return "closed";
  }
  const policy = policyOf(options.reviewer, observation.configuration);
  const requests = await admitRequests(client, job, pullRequest, policy.configuration);
  const plan = await decide(options, client, job, observation, policy, requests);
  // A run before this one may have obeyed a request and died before the check said so.
  const again = job.again === true || requests.admitted.length > 0;
  await applyPlan(client, job, pullRequest, plan, { again });
  await answerRequests(client, job, requests, plan.withoutEffect);
  options.log.info(
    {
      ...describeJob(job),
      head: pullRequest.headSha.slice(0, 12),
      conclusion: plan.check.conclusion,
      comments: plan.comments.length,
      edits: plan.edits.length,
      milliseconds: client.now() - started,
    },
    "pull request reconciled",
  );
  return "reviewed";
}

/**
 * Of a commit that came to the default branch GitHub names the pull request that brought it and no
 * other; who shares it into other branches is known from deliveries and sweeps.
 */
function withKnownSiblings(
  observation: Observation,
  { repositoryId }: PullRequestJob,
  openHeads: OpenHeads,
): Observation {
  const { pullRequest } = observation;
  const { number, headSha, siblings } = pullRequest;
  const named = new Set(siblings.map((sibling) => sibling.number));
  const known = openHeads
    .sharing(repositoryId, number, headSha)
    .filter((other) => !named.has(other))
    .map((other) => ({ number: other, baseRef: undefined }));
  return { ...observation, pullRequest: { ...pullRequest, siblings: [...siblings, ...known] } };
}

/** Scans, judges the head's other ranges, and plans what to write. */
async function decide(
  { reviewer }: ReconcileOptions,
  client: InstallationClient,
  job: PullRequestJob,
  observation: Observation,
  policy: ConfigurationReading,
  { acceptances, reopened }: Requests,
): Promise<ReviewPlan> {
  const { pullRequest, changes, around, configurationChange } = observation;
  const judge = { reviewer, client, job, policy };
  const otherRanges = await judgeOtherRanges(judge, observation, { acceptances, reopened });
  const plan = planReview({
    scan: await scanRange(reviewer, client, job, pullRequest, changes, policy, around),
    changes: changes.files,
    rules: reviewer.rules.map((rule) => rule.meta),
    pullRequest,
    posted: pullRequest.posted,
    limits: reviewer.limits,
    configuration: policy.configuration,
    configurationProblems: policy.problems,
    configurationChange,
    acceptances,
    reopened,
    otherRanges,
    mayResolveThreads: client.threadResolver() !== undefined,
    docsUrl: reviewer.docsUrl,
  });
  const nothingRead = changes.files.length === 0 && changes.unscanned.length === 0;
  const nothingToSay = otherRanges.length === 0 && !configurationChange;
  return nothingRead && nothingToSay && policy.problems.length === 0
    ? { ...plan, check: planIrrelevant(pullRequest, changes.changedFiles) }
    : plan;
}

/** A closed pull request has no verdict; who shares its head may come off better without it. */
async function leave(
  { enqueue }: ReconcileOptions,
  client: InstallationClient,
  job: PullRequestJob,
  { pullRequest }: Observation,
): Promise<void> {
  if (pullRequest.siblings.length === 0) await endClosed(client, job, pullRequest);
  for (const { number } of pullRequest.siblings) {
    enqueue({ kind: "pull-request", ...placeOf(job), number, commands: [] });
  }
}
