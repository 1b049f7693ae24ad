import type { ConfigurationTexts } from "../core/config/read-configuration.js";
import type { ChangeSet } from "../core/model/change.js";
import { type Fetched, fetchedBefore } from "../core/repository/fetched.js";
import { foreseen } from "../core/repository/foreseen.js";
import type { InstallationClient } from "./client/client.js";
import type { Target } from "./client/target.js";
import { BLOBS_PER_QUERY, type BlobName } from "./files/blobs.js";
import { changesConfiguration, pickCandidates } from "./files/candidates.js";
import { compareCommits } from "./files/compare-commits.js";
import type { Listing } from "./files/listing.js";
import { namesAtHead, readRange } from "./files/read-range.js";
import { toAnswer } from "./files/read-wanted.js";
import type { DefaultBranch } from "./pull-request/default-branch.js";
import type { PullRequest } from "./pull-request/pull-request-state.js";
import { queryPullRequest } from "./pull-request/query-pull-request.js";

/** A pull request as it is at one head, with everything the review depends on. */
export interface Observation {
  readonly pullRequest: PullRequest;
  readonly defaultBranch: DefaultBranch | undefined;
  readonly configuration: ConfigurationTexts;
  readonly configurationChange: boolean;
  readonly changes: ChangeSet;
  /** What of the repository came with it. */
  readonly around: Fetched;
}

/** Undefined when the pull request has another head by now than the listing. */
export async function observe(
  client: InstallationClient,
  target: Target,
  listing: Listing,
): Promise<Observation | undefined> {
  // Without a commit in the listing nothing can be asked for yet.
  const { headSha } = listing;
  const candidates = pickCandidates(listing);
  const names = headSha === undefined ? [] : namesAtHead(candidates, headSha);
  const wanted = headSha === undefined ? [] : foreseen(candidates.files);
  const answer = await queryPullRequest(client, target, {
    blobs: names.slice(0, BLOBS_PER_QUERY),
    around: wanted.map(({ path }): BlobName => ({ revision: headSha ?? "", path })),
  });
  const { pullRequest, defaultBranch, configuration, blobs } = answer;
  const atHead = await listedAt(client, target, listing, pullRequest);
  if (atHead === undefined) return undefined;
  return {
    pullRequest,
    defaultBranch,
    configuration,
    configurationChange: changesConfiguration(atHead),
    changes: await readRange(client, target, pullRequest, complete(atHead, pullRequest), blobs),
    around: fetchedBefore(wanted, answer.around.map(toAnswer)),
  };
}

/**
 * The listing, when it is of this head; undefined when the head moved. Where all files are removed
 * it names the commit that has them, for all that is documented, so the commits are compared.
 */
async function listedAt(
  client: InstallationClient,
  target: Target,
  listing: Listing,
  { baseSha, headSha }: PullRequest,
): Promise<Listing | undefined> {
  if (listing.headSha === undefined || listing.headSha === headSha) return listing;
  if (listing.files.some(({ status }) => status !== "removed")) return undefined;
  return (await compareCommits(client, target, baseSha, headSha)).listing;
}

/** The pull request counts its files itself, so a list that is cut can be told from one that is whole. */
function complete(listing: Listing, { changedFiles = 0 }: PullRequest): Listing {
  if (listing.truncated !== undefined || changedFiles <= listing.files.length) return listing;
  const truncated = `GitHub lists ${listing.files.length} of ${changedFiles} files.`;
  return { ...listing, truncated };
}
