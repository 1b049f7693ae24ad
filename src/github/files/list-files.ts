import type { InstallationClient } from "../client/client.js";
import { Retryable } from "../client/errors.js";
import { restName, type Target } from "../client/target.js";
import { array, record, sha, text } from "../client/untrusted.js";
import { type Listing, readEntries } from "./listing.js";

const ROUTE = "GET /repos/{owner}/{repo}/pulls/{pull_number}/files";
const PER_PAGE = 100;
const MAX_PAGES = 30;
const ATTEMPTS = 3;

/** The changed files of a pull request, all at one head. */
export async function listFiles(client: InstallationClient, target: Target): Promise<Listing> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const entries = await listAll(client, target);
    const present = entries.filter((entry) => record(entry)?.status !== "removed");
    // Where a removed file's `contents_url` points is not documented: it has a say only alone.
    const heads = new Set((present.length > 0 ? present : entries).flatMap((e) => headOf(e) ?? []));
    if (heads.size > 1) continue; // The head moved between two pages.
    return {
      headSha: [...heads][0],
      files: readEntries(entries),
      truncated:
        entries.length >= PER_PAGE * MAX_PAGES
          ? "GitHub lists only the first 3,000 files of a pull request."
          : undefined,
    };
  }
  throw new Retryable("the head of the pull request kept moving while its files were listed", 2);
}

async function listAll(client: InstallationClient, target: Target): Promise<readonly unknown[]> {
  const entries: unknown[] = [];
  for (let page = 1; page <= MAX_PAGES; page++) {
    const answer = await client.read(ROUTE, {
      ...restName(target),
      pull_number: target.number,
      per_page: PER_PAGE,
      page,
    });
    if (!Array.isArray(answer)) throw new Retryable("GitHub's list of files is not a list");
    entries.push(...array(answer));
    if (answer.length < PER_PAGE) break;
  }
  return entries;
}

/** The listing names its commit only in `contents_url`, as `?ref=`; the URL itself is never followed. */
function headOf(entry: unknown): string | undefined {
  const url = text(record(entry)?.contents_url);
  return sha(url === undefined ? undefined : /[?&]ref=([0-9a-f]+)$/.exec(url)?.[1]);
}
