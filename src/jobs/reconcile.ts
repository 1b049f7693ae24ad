import { DEFAULT_CONFIGURATION } from "../core/model/configuration.js";
import type { ReviewLimits, ReviewPlan } from "../core/model/review.js";
import type { Rule } from "../core/model/rule.js";
import type { ParsePython } from "../core/python/parser.js";
import { NOTHING_YET } from "../core/repository/fetched.js";
import { planReview } from "../core/review/plan.js";
import { planIrrelevant } from "../core/review/plan-without-scan.js";
import { scanInRounds } from "../core/scan-in-rounds.js";
import { applyPlan } from "../github/apply.js";
import { cancelCheck } from "../github/check-runs.js";
import type { GitHub, InstallationClient } from "../github/client.js";
import { createCheckAndLook } from "../github/create-check-and-look.js";
import { Gone, Refused } from "../github/errors.js";
import { type Listing, listFiles } from "../github/list-files.js";
import type { Log } from "../github/log.js";
import { type Observation, observe, pickCandidates } from "../github/observe.js";
import { wantedReader } from "../github/read-wanted.js";
import { admitCommands, answerCommands } from "./commands.js";
import { type Job, jobKey } from "./job.js";
import type { RunContext } from "./queue.js";
import type { RunMemory } from "./run-memory.js";

export interface ReconcileOptions {
  readonly github: GitHub;
  readonly parse: ParsePython;
  readonly rules: readonly Rule[];
  readonly limits: ReviewLimits;
  readonly docsUrl?: string | undefined;
  readonly memory: RunMemory;
  readonly log: Log;
}

/**
 * Brings what stands on a pull request to what should stand: look, decide, write the difference.
 * Whatever is killed, repeated or late, the next run ends in the same state.
 */
export function createReconcile(
  options: ReconcileOptions,
): (job: Job, context: RunContext) => Promise<void> {
  return async (job, { signal }) => {
    const client = options.github.forInstallation(job.installationId).during(signal);
    const started = client.now();
    const admitted = await admitCommands(client, job, job.commands);
    if (job.hint === undefined && admitted.length === 0) return;
    const listing = await listFiles(client, job);
    const observation =
      (admitted.length === 0 ? await settleAtOnce(options, client, job, listing) : undefined) ??
      (await observe(client, job, listing));
    const { pullRequest, changes } = observation;
    await cancelLeftOpen(options.memory, client, job, pullRequest.headSha);
    if (!pullRequest.open) {
      await answerCommands(client, job, admitted, "confused");
      return;
    }
    const plan = await decide(options, client, job, observation);
    await applyPlan(client, job, pullRequest, plan, {
      rescan: admitted.length > 0,
      onCheck: (event, id) => {
        if (event === "started") options.memory.open(jobKey(job), { id, headSha: changes.head });
        else options.memory.close(jobKey(job), id);
      },
    });
    options.memory.settle(jobKey(job), pullRequest.headSha);
    await answerCommands(client, job, admitted, "rocket");
    options.log.info(
      {
        installation: job.installationId,
        repository: job.repositoryId,
        pullRequest: job.number,
        delivery: job.delivery,
        head: pullRequest.headSha.slice(0, 12),
        conclusion: plan.check.conclusion,
        comments: plan.comments.length,
        edits: plan.edits.length,
        milliseconds: client.now() - started,
      },
      "pull request reconciled",
    );
  };
}

/**
 * Most pull requests have nothing that could matter. Then the check is written at once, and its
 * answer tells whether anything of ours is left from before. Undefined when one has to look first:
 * when a run before this one may have written that check already.
 */
async function settleAtOnce(
  { memory }: ReconcileOptions,
  client: InstallationClient,
  job: Job,
  listing: Listing,
): Promise<Observation | undefined> {
  const { files, unscanned } = pickCandidates(listing);
  if (job.hint === undefined || listing.headSha !== job.hint.headSha) return undefined;
  if (listing.files.length === 0 || files.length > 0 || unscanned.length > 0) return undefined;
  if (job.careful || memory.isSettled(jobKey(job), listing.headSha)) return undefined;
  const range = { number: job.number, ...job.hint };
  const check = planIrrelevant(range, listing.files.length);
  const pullRequest = await createCheckAndLook(client, job, check);
  if (pullRequest.headSha !== listing.headSha || pullRequest.moreThreads !== undefined) {
    return undefined;
  }
  const { headSha, baseSha } = job.hint;
  return {
    // The range that the check was written for.
    pullRequest: { ...pullRequest, baseSha },
    around: NOTHING_YET,
    changes: {
      base: baseSha,
      head: headSha,
      changedFiles: listing.files.length,
      files: [],
      unscanned: [],
    },
  };
}

/** Scans, reading of the repository what the scan asks for, and plans what to write. */
async function decide(
  options: ReconcileOptions,
  client: InstallationClient,
  job: Job,
  { pullRequest, changes, around }: Observation,
): Promise<ReviewPlan> {
  const { rules, limits, docsUrl } = options;
  const fetch = wantedReader(client, job, pullRequest);
  const plan = planReview({
    scan: await scanInRounds(changes, options.parse, fetch, { rules, before: around }),
    changes: changes.files,
    rules: rules.map((rule) => rule.meta),
    pullRequest,
    posted: pullRequest.posted,
    limits,
    configuration: DEFAULT_CONFIGURATION,
    configurationProblems: [],
    configurationChange: false,
    acceptances: [],
    reopened: [],
    otherRanges: [],
    mayResolveThreads: false,
    docsUrl,
  });
  const nothingRead = changes.files.length === 0 && changes.unscanned.length === 0;
  return nothingRead ? { ...plan, check: planIrrelevant(pullRequest, changes.changedFiles) } : plan;
}

/** A run that was cut short left its check open on a head that is no longer there. */
async function cancelLeftOpen(
  memory: RunMemory,
  client: InstallationClient,
  job: Job,
  headSha: string,
): Promise<void> {
  for (const check of memory.leftOpen(jobKey(job), headSha)) {
    try {
      await cancelCheck(client, job, check.id, headSha);
    } catch (error) {
      if (!(error instanceof Gone || error instanceof Refused)) throw error;
    }
    memory.close(jobKey(job), check.id);
  }
}
