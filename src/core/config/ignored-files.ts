import type { ChangedFile, ChangeSet, FileChange } from "../model/change.js";
import type { Unscanned } from "../model/unscanned.js";
import { mayMatter } from "../relevance.js";
import { matchesAny } from "./glob.js";

/** What of a change set is reviewed, and what the globs leave out of it. */
interface Sifted {
  readonly reviewed: readonly FileChange[];
  readonly unscanned: readonly Unscanned[];
  readonly ignored: readonly string[];
}

/**
 * A file is left out when both of its names are: else a move into an ignored folder would take a
 * settings module out of the review. What is left out can still be read by what is reviewed.
 */
export function withoutIgnored(changeSet: ChangeSet, globs: readonly string[]): Sifted {
  const { files, unscanned } = changeSet;
  if (globs.length === 0) return { reviewed: files, unscanned, ignored: [] };
  const isIgnored = ({ path, basePath }: Pick<ChangedFile, "path" | "basePath">) =>
    matchesAny(globs, path) && matchesAny(globs, basePath);
  const listed = changeSet.listed ?? files;
  const leftOut = listed.filter((file) => isIgnored(file));
  const names = new Set(leftOut.map(({ path }) => path));
  return {
    reviewed: files.filter((file) => !isIgnored(file)),
    unscanned: unscanned.filter(({ path }) => !names.has(path)),
    ignored: leftOut
      .filter((file) => mayMatter(file))
      .map(({ path }) => path)
      .sort(),
  };
}
