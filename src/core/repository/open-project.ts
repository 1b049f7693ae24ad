import type { ChangeSet } from "../model/change.js";
import { type Configuration, DEFAULT_CONFIGURATION } from "../model/configuration.js";
import type { RepositoryFiles, Wanted } from "../model/repository.js";
import type { Side } from "../model/source.js";
import { openModule } from "../python/open-modules.js";
import type { ParsePython } from "../python/parser.js";
import type { Project } from "../python/project.js";
import type { PythonModule } from "../python/syntax/module.js";
import { filesAround } from "./change-set-files.js";

/** A project whose modules are opened once, with what that cost so far. */
export interface OpenProject extends Project {
  readonly parsedBytes: number;
  /** Paths of the modules that were opened. */
  readonly opened: readonly string[];
}

/** The Python modules of both trees of a change set; what is not at hand is asked for. */
export function openProject(
  changeSet: ChangeSet,
  fetched: RepositoryFiles,
  parse: ParsePython,
  ask: (wanted: Wanted) => void,
  configuration: Configuration = DEFAULT_CONFIGURATION,
): OpenProject {
  const files = filesAround(changeSet, fetched, ask);
  const listed = changeSet.listed ?? changeSet.files;
  const changed: Readonly<Record<Side, ReadonlySet<string>>> = {
    LEFT: new Set(listed.map(({ basePath }) => basePath)),
    RIGHT: new Set(listed.map(({ path }) => path)),
  };
  const there: Readonly<Record<Side, readonly string[]>> = {
    LEFT: changeSet.files.filter((file) => file.status !== "added").map((file) => file.basePath),
    RIGHT: changeSet.files.filter((file) => file.status !== "removed").map((file) => file.path),
  };
  const changedModules = byLastName(new Set([...changed.LEFT, ...changed.RIGHT]));
  const modules = new Map<string, PythonModule>();
  const project: OpenProject = {
    configuration,
    open: (side, path) => {
      const key = `${side} ${path}`;
      const known = modules.get(key);
      if (known !== undefined) return known;
      const text = files.text(side, path);
      if (typeof text !== "string") return undefined;
      const module = openModule({ path, side, text }, parse, () => false, project);
      modules.set(key, module);
      return module;
    },
    text: (side, path) => files.text(side, path) ?? undefined,
    entries: (side, directory) => files.entries(side, directory) ?? [],
    changedPaths: (side) => there[side],
    changedModules: (side) =>
      there[side]
        .filter((path) => path.endsWith(".py"))
        .sort()
        .flatMap((path) => project.open(side, path) ?? []),
    isChanged: (side, path) => changed[side].has(path),
    changesBeside: (path, dotted) => {
      const inner = dotted.replaceAll(".", "/");
      const last = inner.slice(inner.lastIndexOf("/") + 1);
      const own = modulePath(path);
      return (changedModules.get(last) ?? []).some(
        (one) => one !== own && `/${one}`.endsWith(`/${inner}`),
      );
    },
    get opened() {
      return [...modules.values()].map(({ path }) => path);
    },
    get parsedBytes() {
      return [...modules.values()].reduce((sum, module) => sum + module.parsedBytes, 0);
    },
  };
  return project;
}

function byLastName(paths: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const path of paths) {
    const module = modulePath(path);
    if (module === undefined) continue;
    const last = module.slice(module.lastIndexOf("/") + 1);
    found.set(last, [...(found.get(last) ?? []), module]);
  }
  return found;
}

/** The path by which a file is imported; a package's is that of its folder. */
function modulePath(path: string): string | undefined {
  return /^(.+?)(?:\/__init__)?\.py$/.exec(path)?.[1];
}
