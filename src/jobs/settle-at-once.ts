import { NOTHING_YET } from "../core/repository/fetched.js";
import { planIrrelevant } from "../core/review/plan-without-scan.js";
import { createCheckAndLook } from "../github/apply/create-check-and-look.js";
import type { InstallationClient } from "../github/client/client.js";
import { isIrrelevant } from "../github/files/candidates.js";
import type { Listing } from "../github/files/listing.js";
import type { Observation } from "../github/observe.js";
import type { PullRequestJob } from "./job.js";
import type { OpenHeads } from "./open-heads.js";

/**
 * Most pull requests have nothing that could matter. Then the check is written at once, and its
 * answer tells whether anything of ours is left from before. Undefined when one has to look first:
 * when something may stand on the head already, or someone else may share it.
 */
export async function settleAtOnce(
  client: InstallationClient,
  job: PullRequestJob,
  listing: Listing,
  openHeads: OpenHeads,
): Promise<Observation | undefined> {
  const { hint, number, repositoryId } = job;
  if (job.careful || job.again || !isIrrelevant(listing)) return undefined;
  if (hint === undefined || hint.headSha !== listing.headSha) return undefined;
  if (!hint.ontoDefaultBranch || !openHeads.isAlone(repositoryId, number, hint.headSha)) {
    return undefined;
  }
  const { headSha, baseSha } = hint;
  const check = planIrrelevant({ number, headSha, baseSha }, listing.files.length);
  const { pullRequest, ontoDefaultBranch } = await createCheckAndLook(client, job, check);
  if (pullRequest.headSha !== headSha || pullRequest.moreThreads !== undefined) return undefined;
  if (!ontoDefaultBranch || pullRequest.siblings.length > 0) return undefined;
  // A list that GitHub cut short says nothing of the rest.
  if (!pullRequest.headSeen || (pullRequest.changedFiles ?? 0) > listing.files.length) {
    return undefined;
  }
  return {
    // The range that the check was written for.
    pullRequest: { ...pullRequest, baseSha },
    defaultBranch: undefined,
    configuration: {},
    configurationChange: false,
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
