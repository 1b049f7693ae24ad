import { parsePatch } from "../core/diff/parse-patch.js";
import type { ChangedFile, EntryKind, Hunk } from "../core/model/change.js";
import type { InstallationClient } from "./client.js";
import { Retryable } from "./errors.js";
import type { Target } from "./target.js";
import { array, integer, record, sha, text } from "./untrusted.js";

/** The changed files of a pull request as GitHub lists them, all at one head. */
export interface Listing {
  /** Undefined when nothing is listed, or no entry says at which commit. */
  readonly headSha: string | undefined;
  readonly files: readonly ChangedFile[];
  /** GitHub lists 3,000 files and is silent about the rest. */
  readonly truncated: boolean;
}

const ROUTE = "GET /repos/{owner}/{repo}/pulls/{pull_number}/files";
const PER_PAGE = 100;
const MAX_PAGES = 30;
const ATTEMPTS = 3;
/**
 * Past about 20,000 lines of patches GitHub reports 0 changes and no patch, unmarked. From half of
 * that on, an empty rename is no longer believed.
 */
const STARVED_AT = 10_000;

export async function listFiles(client: InstallationClient, target: Target): Promise<Listing> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const entries = await listAll(client, target);
    const present = entries.filter((entry) => record(entry)?.status !== "removed");
    // Where a removed file's `contents_url` points is not documented: it has a say only alone.
    const heads = new Set((present.length > 0 ? present : entries).flatMap((e) => headOf(e) ?? []));
    if (heads.size > 1) continue; // The head moved between two pages.
    const starved =
      entries.reduce<number>((sum, entry) => sum + patchLines(entry), 0) >= STARVED_AT;
    return {
      headSha: [...heads][0],
      files: entries.flatMap((entry) => toChangedFile(entry, starved) ?? []),
      truncated: entries.length >= PER_PAGE * MAX_PAGES,
    };
  }
  throw new Retryable("the head of the pull request kept moving while its files were listed", 2);
}

async function listAll(client: InstallationClient, target: Target): Promise<readonly unknown[]> {
  const entries: unknown[] = [];
  for (let page = 1; page <= MAX_PAGES; page++) {
    const answer = await client.read(ROUTE, {
      owner: target.owner,
      repo: target.repo,
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

function patchLines(entry: unknown): number {
  return text(record(entry)?.patch)?.split("\n").length ?? 0;
}

/** An entry without a name cannot be asked for; everything else is kept, unreadable parts as unknown. */
function toChangedFile(entry: unknown, starved: boolean): ChangedFile | undefined {
  const item = record(entry);
  const path = text(item?.filename);
  if (item === undefined || path === undefined) {
    throw new Retryable("GitHub listed a file without a name");
  }
  const status = statusOf(item.status);
  const hunks = hunksOf(item, status, starved);
  const previous = text(item.previous_filename);
  return {
    path,
    basePath: status === "renamed" && previous !== undefined ? previous : path,
    status,
    kind: kindOf(hunks),
    hunks,
  };
}

/** A copy is a new file: its patch is against a file that did not change. */
function statusOf(status: unknown): ChangedFile["status"] {
  if (status === "added" || status === "copied") return "added";
  if (status === "removed" || status === "renamed") return status;
  return "modified";
}

function hunksOf(
  item: Readonly<Record<string, unknown>>,
  status: ChangedFile["status"],
  starved: boolean,
): readonly Hunk[] | undefined {
  const patch = text(item.patch);
  if (item.status === "copied") return undefined;
  if (patch === undefined) {
    return status === "renamed" && item.changes === 0 && !starved ? [] : undefined;
  }
  const hunks = parsePatch(patch);
  return hunks !== undefined && countsAgree(hunks, item) ? hunks : undefined;
}

/** A patch that GitHub cut at a hunk's end still parses, but not to the counts of the entry. */
function countsAgree(hunks: readonly Hunk[], item: Readonly<Record<string, unknown>>): boolean {
  const lines = hunks.flatMap((hunk) => hunk.lines);
  const count = (kind: "added" | "deleted") => lines.filter((line) => line.kind === kind).length;
  const additions = integer(item.additions);
  const deletions = integer(item.deletions);
  return (
    (additions === undefined || additions === count("added")) &&
    (deletions === undefined || deletions === count("deleted"))
  );
}

/** The listing has no modes; a submodule shows as the one line that git writes for it. */
function kindOf(hunks: readonly Hunk[] | undefined): EntryKind {
  const lines = hunks?.flatMap((hunk) => hunk.lines) ?? [];
  const submodule =
    lines.length > 0 &&
    lines.every((line) => /^Subproject commit [0-9a-f]{40}([0-9a-f]{24})?$/.test(line.text));
  return submodule ? "submodule" : "file";
}
