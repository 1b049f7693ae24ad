import type { ChangeSet } from "../core/model/change.js";
import type { Wanted } from "../core/model/repository.js";
import type { Answer } from "../core/repository/fetched.js";
import type { FetchWanted } from "../core/scan-in-rounds.js";
import { decode } from "./decode.js";
import { WORKING_TREE } from "./read-change-set.js";
import { readNamed } from "./read-named.js";
import { openRepository, type Repository } from "./repository.js";
import { GitFailure, runGit } from "./run-git.js";
import { listWorkingFolder, readWorkingFile } from "./working-file.js";

/**
 * Reads what a scan wants of the repository that a change set came from. What is missing, too large
 * or no file is answered with `null`: nobody changed it, so it is no reason to fail.
 */
export function wantedReader(directory: string, changeSet: ChangeSet): FetchWanted {
  let opened: Promise<Repository> | undefined;
  return async (wanted) => {
    opened ??= openRepository(directory);
    const repository = await opened;
    const names = wanted.map(({ kind, side, path }) => {
      const revision = side === "LEFT" ? changeSet.base : changeSet.head;
      return kind === "file" && revision !== WORKING_TREE ? `${revision}:${path}` : undefined;
    });
    const texts = await readNamed(repository.directory, names.filter(isOneLine));
    return Promise.all(
      wanted.map((one, index): Answer | Promise<Answer> => {
        const name = names[index];
        return name === undefined
          ? readElsewhere(repository, changeSet, one)
          : (texts.get(name) ?? null);
      }),
    );
  };
}

async function readElsewhere(
  { directory, topLevel }: Repository,
  changeSet: ChangeSet,
  { kind, side, path }: Wanted,
): Promise<Answer> {
  const revision = side === "LEFT" ? changeSet.base : changeSet.head;
  if (revision !== WORKING_TREE) return listTree(directory, `${revision}:${path}`);
  if (topLevel === undefined) return null;
  if (kind === "directory") return listWorkingFolder(topLevel, path);
  const read = await readWorkingFile(topLevel, path, Buffer.from(path));
  return "text" in read ? read.text : null;
}

/** A name of an object is a line of what git is asked. */
function isOneLine(name: string | undefined): name is string {
  return name !== undefined && !/[\n\0]/.test(name);
}

async function listTree(directory: string, tree: string): Promise<readonly string[] | null> {
  try {
    const entries = decode(await runGit(directory, ["ls-tree", "-z", tree])).split("\0");
    return entries.flatMap((entry) => {
      const tab = entry.indexOf("\t");
      const name = entry.slice(tab + 1);
      return tab === -1 ? [] : [entry.startsWith("040000 ") ? `${name}/` : name];
    });
  } catch (error) {
    if (error instanceof GitFailure) return null;
    throw error;
  }
}
