import { classifyModule } from "../django/module-class.js";
import type { ChangedFile } from "../model/change.js";
import type { Wanted } from "../model/repository.js";
import { directoryOf } from "../python/paths.js";

/** A change set touches the settings of one or two projects, not of many. */
const MAX_FOLDERS = 4;

/**
 * The folders that a scan is likely to ask for, told from the list of changed files: what stands
 * beside a settings module decides whether a change of it reaches production. Who fetches the
 * changed files in one request can fetch these with them.
 */
export function settingsFolders(files: readonly ChangedFile[]): readonly Wanted[] {
  const folders = files
    .filter(({ path }) => /^(?:shared|production)$/.test(classifyModule(path)))
    .map(({ path }) => directoryOf(path));
  return [...new Set(folders)]
    .sort()
    .slice(0, MAX_FOLDERS)
    .map((path) => ({ side: "RIGHT", path, kind: "directory" }));
}
