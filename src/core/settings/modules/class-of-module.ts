import { matchesAny } from "../../config/glob.js";
import {
  classifyModule,
  classifyWords,
  type ModuleClass,
  wordsOf,
} from "../../django/module-class.js";
import type { Configuration } from "../../model/configuration.js";
import type { PythonModule } from "../../python/syntax/module.js";
import { once } from "../../python/syntax/once.js";

/** Whose settings the module holds: the configuration may say so, else its path and its text tell. */
export const classOfModule = once(
  ({ path, text, configuration }: PythonModule): ModuleClass =>
    configuredClass(path, configuration) ?? classifyModule(path, text),
);

/**
 * Which environment a module is for by its name alone. `paths` are where it may stand, for the
 * configuration; their folders say nothing unless they are in `name`.
 */
export function environmentOf(
  name: string,
  paths: readonly string[],
  configuration: Configuration,
): ModuleClass {
  const configured = paths.map((path) => configuredClass(path, configuration));
  return (
    configured.find((one) => one !== undefined) ?? classifyWords(wordsOf(name.replace(/\.py$/, "")))
  );
}

/** Where the globs say both, the module serves. */
function configuredClass(
  path: string,
  { settings }: Configuration,
): "production" | "development" | undefined {
  if (matchesAny(settings.production, path)) return "production";
  return matchesAny(settings.development, path) ? "development" : undefined;
}
