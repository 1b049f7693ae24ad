import { languageOf } from "../language.js";
import type { FileChange } from "../model/change.js";
import type { Side, SourceFile } from "../model/source.js";
import { directoryOf, joinPath } from "../python/imports/paths.js";
import type { Project } from "../python/project.js";

/** More requirement files than stand in one folder of any project. */
const MAX_FILES = 8;
/** Long, and of no use beside what they were made from. */
const LOCK = /\.lock$/i;

/**
 * Other requirement files of a version: those of the change set, of the folder, the one above it and
 * the root, and of the folder `requirements` that stands there.
 */
export function requirementsAround(
  project: Project,
  side: Side,
  change: FileChange,
): readonly SourceFile[] {
  const beside = foldersAround(side, change).flatMap((folder) => {
    const names = project.entries(side, folder).map((name) => joinPath(folder, name));
    const inside = joinPath(folder, "requirements");
    const nested = names.includes(`${inside}/`)
      ? project.entries(side, inside).map((name) => joinPath(inside, name))
      : [];
    return [...names, ...nested].filter(isRequirements).slice(0, MAX_FILES);
  });
  const changed = changedRequirements(project, side, change);
  const others = [...new Set(beside)].filter((at) => !changed.some(({ path }) => path === at));
  return [...changed, ...read(project, side, change, others)];
}

/** Whether a `manage.py` stands in one of these folders at base. */
export function hasProject(project: Project, change: FileChange): boolean {
  return foldersAround("LEFT", change).some((folder) =>
    project.entries("LEFT", folder).includes("manage.py"),
  );
}

/** The folder of a file, the one above it and the root. */
function foldersAround(side: Side, change: FileChange): readonly string[] {
  const own = directoryOf(pathOn(side, change));
  return [...new Set([own, directoryOf(own), ""])];
}

/** Other requirement files of a version that the change set changes. */
export function changedRequirements(
  project: Project,
  side: Side,
  change: FileChange,
): readonly SourceFile[] {
  return read(project, side, change, project.changedPaths(side).filter(isRequirements));
}

function read(
  project: Project,
  side: Side,
  change: FileChange,
  paths: readonly string[],
): readonly SourceFile[] {
  const own = pathOn(side, change);
  return paths.flatMap((path) => {
    const text = path === own ? undefined : project.text(side, path);
    return text === undefined ? [] : [{ path, side, text }];
  });
}

function pathOn(side: Side, { path, basePath }: FileChange): string {
  return side === "LEFT" ? basePath : path;
}

/** Whether a file lists requirements and is no lock file. */
export function isRequirements(path: string): boolean {
  return !LOCK.test(path) && languageOf({ path, basePath: path }) === "requirements";
}

/**
 * Which of two files speaks of what both say, negative where it is the first: one that asks for a package
 * rather than what was compiled or locked from that, else the first by name.
 */
export function precedence(a: string, b: string): number {
  const kind = (path: string) => (LOCK.test(path) ? 2 : /\.txt$/i.test(path) ? 1 : 0);
  return kind(a) - kind(b) || (a < b ? -1 : 1);
}
