import type { ChangedFile, ChangeSet, FileChange } from "../../core/model/change.js";
import type { Unscanned } from "../../core/model/unscanned.js";
import type { InstallationClient } from "../client/client.js";
import type { Repository } from "../client/target.js";
import { type Blob, type BlobName, queryBlobs } from "./blobs.js";
import { type Candidates, pickCandidates } from "./candidates.js";
import { readMergeBase } from "./compare-commits.js";
import type { Listing } from "./listing.js";
import { compareFileChange, isUnscanned, rebuildFileChange } from "./read-file-change.js";

/** Two commits, compared from their merge base on. */
export interface Range {
  readonly baseSha: string;
  readonly headSha: string;
  /** Absent where it has not been looked up. */
  readonly mergeBase?: string;
}

/** Reads what of a listing can matter. `read` are blobs of the head that are at hand, in that order. */
export async function readRange(
  client: InstallationClient,
  repository: Repository,
  range: Range,
  listing: Listing,
  read: readonly (Blob | undefined)[] = [],
): Promise<ChangeSet> {
  const candidates = pickCandidates(listing);
  const names = namesAtHead(candidates, range.headSha);
  const rest = await queryBlobs(client, repository, names.slice(read.length));
  const files = await readFiles(client, repository, range, candidates.files, [...read, ...rest]);
  return {
    base: range.baseSha,
    head: range.headSha,
    changedFiles: listing.files.length,
    listed: listing.files,
    files: files.filter((file) => !isUnscanned(file)) as readonly FileChange[],
    unscanned: [...files.filter(isUnscanned), ...candidates.unscanned],
  };
}

export function namesAtHead({ files }: Candidates, revision: string): readonly BlobName[] {
  return files
    .filter((file) => file.status !== "removed")
    .map((file) => ({ revision, path: file.path }));
}

/** Most files need their head alone; the others also their base, at the merge base. */
async function readFiles(
  client: InstallationClient,
  repository: Repository,
  { baseSha, headSha, mergeBase }: Range,
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
    const revision = mergeBase ?? (await readMergeBase(client, repository, baseSha, headSha));
    const names = open.map((row) => ({ revision, path: row.file.basePath }));
    const blobs = await queryBlobs(client, repository, names);
    names.forEach((name, index) => {
      bases.set(name.path, blobs[index]);
    });
  }
  return rows.map(
    ({ file, head, done }) => done ?? compareFileChange(file, bases.get(file.basePath), head),
  );
}
