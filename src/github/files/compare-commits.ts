import type { InstallationClient } from "../client/client.js";
import { Retryable } from "../client/errors.js";
import { type Repository, restName } from "../client/target.js";
import { array, at, sha } from "../client/untrusted.js";
import { type Listing, readEntries } from "./listing.js";

/** What one commit has that another has not, from their merge base on. */
export interface Comparison {
  readonly mergeBase: string;
  readonly listing: Listing;
}

/** "up to 300 changed files for the entire comparison", all on the first page. */
const MAX_FILES = 300;

/** Compares two commits as a pull request does: three-dot. */
export async function compareCommits(
  client: InstallationClient,
  repository: Repository,
  baseSha: string,
  headSha: string,
): Promise<Comparison> {
  const { mergeBase, files } = await compare(client, repository, baseSha, headSha);
  if (!Array.isArray(files)) throw new Retryable("GitHub's comparison lists no files");
  return {
    mergeBase,
    listing: {
      headSha,
      files: readEntries(array(files)),
      truncated:
        files.length >= MAX_FILES
          ? "GitHub lists only the first 300 files of a comparison."
          : undefined,
    },
  };
}

/** The commit that a pull request's diff starts from: its diff is three-dot, not against the base's tip. */
export async function readMergeBase(
  client: InstallationClient,
  repository: Repository,
  baseSha: string,
  headSha: string,
): Promise<string> {
  return (await compare(client, repository, baseSha, headSha)).mergeBase;
}

async function compare(
  client: InstallationClient,
  repository: Repository,
  baseSha: string,
  headSha: string,
): Promise<{ readonly mergeBase: string; readonly files: unknown }> {
  const answer = await client.read("GET /repos/{owner}/{repo}/compare/{basehead}", {
    ...restName(repository),
    basehead: `${baseSha}...${headSha}`,
    // Of the commits, which are not read. The files come with the first page, however long it is.
    per_page: 1,
  });
  const mergeBase = sha(at(answer, "merge_base_commit", "sha"));
  if (mergeBase === undefined) throw new Retryable("GitHub named no merge base");
  return { mergeBase, files: at(answer, "files") };
}
