import { newestDjango } from "../django/support.js";
import { directoryOf, resolvePath } from "../python/imports/paths.js";
import type { PythonModule } from "../python/syntax/module.js";
import { isRequirements } from "./around.js";
import { packageFacts } from "./packages.js";
import type { Version } from "./version.js";

/** How far up from a settings module the requirements of its project are looked for. */
const MAX_LEVELS = 4;
/** More requirement files than stand in one folder of any project. */
const MAX_FILES = 6;

/**
 * The newest Django that the requirements of a module's project let through, from the nearest file
 * that limits it; undefined where none does.
 */
export function djangoAround(module: PythonModule): Version | undefined {
  const levels = Math.min(module.path.split("/").length, MAX_LEVELS);
  for (let up = 0; up < levels; up++) {
    for (const folder of ["", "requirements/"]) {
      const found = djangoIn(module, "../".repeat(up) + folder);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function djangoIn(module: PythonModule, folder: string): Version | undefined {
  return module
    .siblings(folder)
    .flatMap((name) => resolvePath(directoryOf(module.path), folder + name) ?? [])
    .filter(isRequirements)
    .slice(0, MAX_FILES)
    .flatMap((path) => {
      const text = module.beside(folder + path.slice(path.lastIndexOf("/") + 1))?.text;
      return text === undefined ? [] : packageFacts({ path, text });
    })
    .filter(({ name }) => name === "django")
    .map(({ requirement }) => newestDjango(requirement.range))
    .find((version) => version !== undefined);
}
