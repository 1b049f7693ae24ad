import type { ChangedFile, ChangeSet, FileChange } from "../core/model/change.js";
import type { Unscanned } from "../core/model/unscanned.js";
import { mayMatter } from "../core/relevance.js";
import { type Fetched, fetchedBefore } from "../core/repository/fetched.js";
import { settingsFolders } from "../core/repository/settings-folders.js";
import type { InstallationClient } from "./client.js";
import { Retryable } from "./errors.js";
import { type Listing, listFiles } from "./list-files.js";
import { readMergeBase } from "./merge-base.js";
import type { PullRequest } from "./pull-request-state.js";
import {
  BLOBS_PER_QUERY,
  type Blob,
  type BlobName,
  queryBlobs,
  queryPullRequest,
} from "./query-pull-request.js";
import { compareFileChange, isUnscanned, rebuildFileChange } from "./read-file-change.js";
import type { Target } from "./target.js";

/** A pull request as it is at one head, with everything the review depends on. */
export interface Observation {
  readonly pullRequest: PullRequest;
  readonly changes: ChangeSet;
  /** What of the repository came with it. */
  readonly around: Fetched;
}

/** Files of one pull request that are read; one that changes more is named as not reviewed. */
export const MAX_CANDIDATES = 300;
const ATTEMPTS = 3;

/** The files that can matter, at most `MAX_CANDIDATES`, and what has to be said of the rest. */
export interface Candidates {
  readonly files: readonly ChangedFile[];
  readonly unscanned: readonly Unscanned[];
}

export function pickCandidates(listing: Listing): Candidates {
  const files = listing.files.filter(mayMatter);
  const unscanned: Unscanned[] = files.slice(MAX_CANDIDATES).map((file) => ({
    path: file.path,
    reason: "over-a-cap",
    detail: `More than ${MAX_CANDIDATES} files of this pull request could matter.`,
  }));
  if (listing.truncated) {
    unscanned.push({
      path: ".",
      reason: "over-a-cap",
      detail: "GitHub lists only the first 3,000 files of a pull request.",
    });
  }
  return { files: files.slice(0, MAX_CANDIDATES), unscanned };
}

/** Reads until the listing and the pull request are of the same head. */
export async function observe(
  client: InstallationClient,
  target: Target,
  first: Listing,
): Promise<Observation> {
  let listing = first;
  for (let attempt = 1; ; attempt++) {
    const candidates = pickCandidates(listing);
    const heads = namesAtHead(candidates.files, listing.headSha);
    const folders = listing.headSha === undefined ? [] : settingsFolders(candidates.files);
    const { pullRequest, blobs, ...beside } = await queryPullRequest(
      client,
      target,
      heads.slice(0, BLOBS_PER_QUERY),
      folders.map(({ path }) => ({ revision: listing.headSha ?? "", path })),
    );
    if (listing.headSha === undefined || listing.headSha === pullRequest.headSha) {
      // Without a commit in the listing nothing was asked for yet.
      const names = namesAtHead(candidates.files, pullRequest.headSha);
      const rest = await queryBlobs(client, target, names.slice(blobs.length));
      const read = await readFiles(client, target, pullRequest, candidates.files, [
        ...blobs,
        ...rest,
      ]);
      return {
        pullRequest,
        around: fetchedBefore(
          folders,
          beside.folders.map((names) => names ?? null),
        ),
        changes: {
          base: pullRequest.baseSha,
          head: pullRequest.headSha,
          changedFiles: listing.files.length,
          listed: listing.files,
          files: read.filter((file) => !isUnscanned(file)) as readonly FileChange[],
          unscanned: [...read.filter(isUnscanned), ...candidates.unscanned],
        },
      };
    }
    if (attempt === ATTEMPTS) throw new Retryable("the head of the pull request kept moving", 2);
    listing = await listFiles(client, target);
  }
}

function namesAtHead(
  files: readonly ChangedFile[],
  headSha: string | undefined,
): readonly BlobName[] {
  if (headSha === undefined) return [];
  return files
    .filter((file) => file.status !== "removed")
    .map((file) => ({ revision: headSha, path: file.path }));
}

/** Most files need their head alone; the others also their base, at the merge base. */
async function readFiles(
  client: InstallationClient,
  target: Target,
  pullRequest: PullRequest,
  files: readonly ChangedFile[],
  heads: readonly (Blob | undefined)[],
): Promise<readonly (FileChange | Unscanned)[]> {
  let next = 0;
  const rows = files.map((file) => {
    const head = file.status === "removed" ? undefined : heads[next++];
    return { file, head, done: rebuildFileChange(file, head) };
  });
  const open = rows.filter((row) => row.done === undefined && row.file.status !== "added");
  const bases = new Map<string, Blob | undefined>();
  if (open.length > 0) {
    const { baseSha, headSha } = pullRequest;
    const revision = await readMergeBase(client, target, baseSha, headSha);
    const names = open.map((row) => ({ revision, path: row.file.basePath }));
    const blobs = await queryBlobs(client, target, names);
    names.forEach((name, index) => {
      bases.set(name.path, blobs[index]);
    });
  }
  return rows.map(
    ({ file, head, done }) => done ?? compareFileChange(file, bases.get(file.basePath), head),
  );
}
