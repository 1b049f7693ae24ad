import { parsePatch } from "../../core/diff/parse-patch.js";
import type { ChangedFile, EntryKind, Hunk } from "../../core/model/change.js";
import { Retryable } from "../client/errors.js";
import { integer, record, text } from "../client/untrusted.js";

/** The changed files between two commits, as GitHub lists them. */
export interface Listing {
  /** The commit of the listing; undefined when nothing is listed, or no entry says it. */
  readonly headSha: string | undefined;
  readonly files: readonly ChangedFile[];
  /** Why there are more files than these, if there are. */
  readonly truncated: string | undefined;
}

/**
 * Past about 20,000 lines of patches GitHub reports 0 changes and no patch, unmarked. From half of
 * that on, an empty rename is no longer believed.
 */
const STARVED_AT = 10_000;

/** Entries of a pull request's list of files, or of a comparison: both have the same shape. */
export function readEntries(entries: readonly unknown[]): readonly ChangedFile[] {
  const starved = entries.reduce<number>((sum, entry) => sum + patchLines(entry), 0) >= STARVED_AT;
  return entries.map((entry) => toChangedFile(entry, starved));
}

function patchLines(entry: unknown): number {
  return text(record(entry)?.patch)?.split("\n").length ?? 0;
}

/** An entry without a name cannot be asked for; everything else is kept, unreadable parts as unknown. */
function toChangedFile(entry: unknown, starved: boolean): ChangedFile {
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
