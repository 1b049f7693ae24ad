import { directoryOf, joinPath } from "../../python/imports/paths.js";
import type { PythonModule } from "../../python/syntax/module.js";
import type { AbstractValue } from "../evaluate/value.js";
import { classOfModule, environmentOf } from "../modules/class-of-module.js";
import { starImports } from "../modules/effective-settings.js";
import { mayInclude } from "../modules/included-modules.js";
import { settingsClasses } from "../modules/settings-class.js";
import { type SettingFact, saysNothing, settingFacts, weakest } from "./setting-facts.js";

/** What production ends up with where a module of its own starts from a shared one. */
export interface InProduction {
  readonly path: string;
  readonly value: AbstractValue;
  readonly strength: number;
}

type StrengthOf = (value: AbstractValue, module: PythonModule) => number;

/** Further settings modules of one folder than any project has. */
const MAX_SIBLINGS = 8;
/** Steps from a production module to what it starts from. */
const MAX_STEPS = 3;

/** The weakest value of a setting in production, where that starts from this module. */
export function inProduction(
  module: PythonModule,
  setting: string,
  place: SettingFact["place"],
  strengthOf: StrengthOf,
): InProduction | undefined {
  return weakestServing(module, (other) => stateOf(other, setting, place, strengthOf));
}

/**
 * The weakest of what is read in the production modules of the same folder that start from this
 * module; undefined when there is none, or the module is one of these itself. Modules of the change
 * set that start from it are looked at first: where a flag was moved within the change set, the
 * folder need not be fetched. What takes the place of a deleted module need only be there, in its
 * folder or in the change set.
 */
export function weakestServing<State extends { readonly strength: number }>(
  module: PythonModule,
  read: (other: PythonModule) => readonly State[],
): State | undefined {
  const gone = saysNothing(module);
  const serves = (other: PythonModule) =>
    isServing(other) && (gone || startsFrom(other, module.path, 0));
  const states = (others: readonly PythonModule[]) =>
    others
      .filter(serves)
      .slice(0, MAX_SIBLINGS)
      .flatMap(read)
      .sort((a, b) => (gone ? b.strength - a.strength : a.strength - b.strength));
  const inFolder = (isNamed: (name: string) => boolean) =>
    module
      .siblings()
      .filter((name) => name.endsWith(".py") && isNamed(name))
      .flatMap((name) => module.beside(name) ?? []);
  const changed = module.changedModules();
  if (gone) return states([...changed, ...inFolder(() => true)])[0];
  const [moved] = states(changed);
  if (moved !== undefined) return moved;
  const { path, configuration } = module;
  const isForProduction = (name: string, at: string) =>
    environmentOf(name, [at], configuration) === "production";
  if (isForProduction(path, path)) return undefined;
  const folder = directoryOf(path);
  return states(inFolder((name) => isForProduction(name, joinPath(folder, name))))[0];
}

function isServing(module: PythonModule): boolean {
  const found = classOfModule(module);
  return found === "production" || found === "shared";
}

/** Whether a module takes over the settings of the one at `path`, by a star or by a base class. */
function startsFrom(module: PythonModule, path: string, steps: number): boolean {
  if (steps >= MAX_STEPS) return false;
  if (mayInclude(module, path)) return true;
  return origins(module).some(
    (origin) => origin.path === path || startsFrom(origin, path, steps + 1),
  );
}

function origins(module: PythonModule): readonly PythonModule[] {
  const stars = starImports(module).map((from) =>
    from.endsWith(".py") ? module.beside(from) : module.imported(from),
  );
  const bases = settingsClasses(module)
    .flatMap(({ dotted }) => dotted)
    .map((base) => module.imports.resolve(base) ?? "")
    .filter((dotted) => dotted !== "")
    .map((dotted) => module.imported(dotted.replace(/(?<=[^.])\.[^.]+$|[^.]+$/, "")));
  return [...stars, ...bases].filter((origin) => origin !== undefined);
}

function stateOf(
  module: PythonModule,
  setting: string,
  place: SettingFact["place"],
  strengthOf: StrengthOf,
): readonly InProduction[] {
  return settingFacts(module, setting)
    .filter((fact) => fact.place === place)
    .map(({ effective }) => {
      const { value, strength } = weakest(effective, (one) => strengthOf(one, module));
      return { path: module.path, value, strength };
    });
}
