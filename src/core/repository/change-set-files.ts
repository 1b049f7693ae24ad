import { rebuildBase } from "../diff/rebuild-base.js";
import type { ChangedFile, ChangeSet } from "../model/change.js";
import type { RepositoryFiles, Wanted } from "../model/repository.js";
import type { Side } from "../model/source.js";
import { directoryOf } from "../python/imports/paths.js";

/**
 * Both trees of a change set: its own files as they are in it, everything else as fetched. A path
 * that nothing changed is the same on both sides, so it is asked for on the RIGHT, and so is every
 * folder and every changed file whose base follows from its hunks.
 */
export function filesAround(
  changeSet: ChangeSet,
  fetched: RepositoryFiles,
  ask: (wanted: Wanted) => void,
): RepositoryFiles {
  const listed = changeSet.listed ?? changeSet.files;
  const atHead = new Map(listed.filter(isAtHead).map((file) => [file.path, file]));
  const atBase = new Map(listed.filter(isAtBase).map((file) => [file.basePath, file]));
  const full = new Map(changeSet.files.map((file) => [file.path, file]));
  const gone = new Set([...atBase.keys()].filter((path) => !atHead.has(path)));
  const unread = new Set(changeSet.unscanned.map(({ path }) => path));

  const fetch = (side: Side, path: string) => {
    const text = fetched.text(side, path);
    if (text === undefined) ask({ side, path, kind: "file" });
    return text;
  };
  const headText = (path: string) => {
    const own = full.get(path);
    if (own !== undefined && own.status !== "removed") return own.head;
    return gone.has(path) || unread.has(path) ? null : fetch("RIGHT", path);
  };
  const baseText = (path: string) => {
    const file = atBase.get(path);
    if (file === undefined) return atHead.has(path) ? null : headText(path);
    const own = full.get(file.path);
    if (own !== undefined) return own.base;
    if (unread.has(file.path)) return null;
    if (file.status === "removed" || file.hunks === undefined) return fetch("LEFT", path);
    const head = headText(file.path);
    return typeof head === "string" ? (rebuildBase(head, file.hunks) ?? null) : head;
  };
  const headEntries = (directory: string) => {
    const names = fetched.entries("RIGHT", directory);
    if (names === undefined) ask({ side: "RIGHT", path: directory, kind: "directory" });
    return names;
  };

  return {
    text: (side, path) => (side === "RIGHT" ? headText(path) : baseText(path)),
    entries: (side, directory) => {
      const names = headEntries(directory);
      if (side === "RIGHT" || names === undefined) return names;
      const came = namesIn(
        directory,
        [...atHead.keys()].filter((path) => !atBase.has(path)),
      );
      const went = namesIn(directory, gone);
      const before = (names ?? []).filter((name) => !came.has(name));
      return names === null && went.size === 0 ? null : [...new Set([...before, ...went])].sort();
    },
  };
}

function isAtHead(file: ChangedFile): boolean {
  return file.status !== "removed";
}

function isAtBase(file: ChangedFile): boolean {
  return file.status !== "added";
}

/** The files of these that stand in the folder itself. */
function namesIn(directory: string, paths: Iterable<string>): ReadonlySet<string> {
  const inside = [...paths].filter((path) => directoryOf(path) === directory);
  return new Set(inside.map((path) => path.slice(directory === "" ? 0 : directory.length + 1)));
}
