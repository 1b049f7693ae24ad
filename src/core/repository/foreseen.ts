import { classifyModule } from "../django/module-class.js";
import { languageOf } from "../language.js";
import type { ChangedFile } from "../model/change.js";
import type { Wanted } from "../model/repository.js";
import { directoryOf } from "../python/imports/paths.js";
import { FRAMEWORK_FILES } from "./framework.js";

/** A change set touches the settings of one or two projects, not of many. */
const MAX_FOLDERS = 4;

/**
 * What a scan is likely to ask for, told from the list of changed files. Who fetches the changed
 * files in one request can fetch this with them.
 */
export function foreseen(files: readonly ChangedFile[]): readonly Wanted[] {
  const isAsked = files.some((file) => /^(?:python|template)$/.test(languageOf(file) ?? ""));
  return [
    ...settingsFolders(files).map((path): Wanted => ({ side: "RIGHT", path, kind: "directory" })),
    ...(isAsked ? FRAMEWORK_FILES : []).map(
      (path): Wanted => ({ side: "RIGHT", path, kind: "file" }),
    ),
  ];
}

/** What stands beside a settings module decides whether a change of it reaches production. */
function settingsFolders(files: readonly ChangedFile[]): readonly string[] {
  const folders = files
    .filter(({ path }) => /^(?:shared|production)$/.test(classifyModule(path)))
    .map(({ path }) => directoryOf(path));
  return [...new Set(folders)].sort().slice(0, MAX_FOLDERS);
}
