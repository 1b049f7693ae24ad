import type { ChangedFile, EntryKind } from "../core/model/change.js";

/** A changed file with the ids of its blobs: undefined where the side has none, or is on disk. */
export interface ListedFile {
  readonly file: ChangedFile;
  readonly baseId: string | undefined;
  readonly headId: string | undefined;
  /** The path at head in bytes: a name need not be UTF-8. */
  readonly pathBytes: Buffer;
}

interface RawEntry {
  readonly baseMode: string;
  readonly headMode: string;
  readonly baseId: string;
  readonly headId: string;
  readonly status: string;
  readonly basePath: Buffer;
  readonly path: Buffer;
}

const STATUS: Readonly<Record<string, ChangedFile["status"]>> = {
  A: "added",
  D: "removed",
  R: "renamed",
};

/** The answer of `git diff --raw -z --full-index`: how many entries differ, and the files they are. */
export function readRawEntries(output: Buffer): {
  readonly changedFiles: number;
  readonly files: readonly ListedFile[];
} {
  const entries = withoutConflicts(parseEntries(output));
  return { changedFiles: entries.length, files: entries.flatMap(listFiles) };
}

function parseEntries(output: Buffer): readonly RawEntry[] {
  // latin1 keeps each byte: names are cut out before they are decoded.
  const fields = output.toString("latin1").split("\0");
  const entries: RawEntry[] = [];
  for (let at = 0; at + 1 < fields.length; ) {
    const [baseMode = "", headMode = "", baseId = "", headId = "", status = ""] = (fields[at] ?? "")
      .slice(1)
      .split(" ");
    const moved = /^[RC]/.test(status);
    const basePath = Buffer.from(fields[at + 1] ?? "", "latin1");
    const path = moved ? Buffer.from(fields[at + 2] ?? "", "latin1") : basePath;
    entries.push({ baseMode, headMode, baseId, headId, status, basePath, path });
    at += moved ? 3 : 2;
  }
  return entries;
}

/** A file in conflict is listed as unmerged, and once more when it also differs on disk. */
function withoutConflicts(entries: readonly RawEntry[]): readonly RawEntry[] {
  const others = new Set(
    entries.filter(({ status }) => status !== "U").map(({ path }) => path.toString("latin1")),
  );
  return entries.filter(
    ({ status, path }) => status !== "U" || !others.has(path.toString("latin1")),
  );
}

/** A file that became a link, or the other way round, is one removed and one added. */
function listFiles(entry: RawEntry): readonly ListedFile[] {
  if (entry.status === "T") {
    return [
      listFile(entry, "removed", kindOf(entry.baseMode)),
      listFile(entry, "added", kindOf(entry.headMode)),
    ];
  }
  const status = STATUS[entry.status.charAt(0)] ?? "modified";
  return [listFile(entry, status, kindOf(status === "removed" ? entry.baseMode : entry.headMode))];
}

function listFile(entry: RawEntry, status: ChangedFile["status"], kind: EntryKind): ListedFile {
  const baseId = knownId(entry.baseId);
  const headId = knownId(entry.headId);
  return {
    file: {
      path: entry.path.toString("utf8"),
      basePath: entry.basePath.toString("utf8"),
      status,
      kind,
      hunks: baseId !== undefined && baseId === headId ? [] : undefined,
    },
    baseId: status === "added" ? undefined : baseId,
    headId: status === "removed" ? undefined : headId,
    pathBytes: entry.path,
  };
}

/** git writes zeros for a side that does not exist and for a file on disk. */
function knownId(id: string): string | undefined {
  return /^0+$/.test(id) ? undefined : id;
}

function kindOf(mode: string): EntryKind {
  if (mode === "120000") return "symlink";
  return mode === "160000" ? "submodule" : "file";
}
