import { classifyModule, classifyWords, wordsOf } from "../django/module-class.js";
import type { PythonModule } from "../python/module.js";
import { starImports } from "./effective.js";
import { settingFacts, weakest } from "./setting-facts.js";
import { settingsClasses } from "./settings-class.js";
import type { AbstractValue } from "./value.js";

/** What production ends up with where a module of its own starts from a shared one. */
export interface InProduction {
  readonly path: string;
  readonly value: AbstractValue;
  readonly strength: number;
}

/** Further settings modules of one folder than any project has. */
const MAX_SIBLINGS = 8;
/** Steps from a production module to what it starts from. */
const MAX_STEPS = 3;

/**
 * The weakest value of a setting among the production modules of the same folder that start from
 * this module; undefined when there is none, or the module is one of these itself. Those of the
 * change set decide when they set it: a flag moved within it is found without a look at the folder.
 */
export function inProduction(
  module: PythonModule,
  setting: string,
  strengthOf: (value: AbstractValue, module: PythonModule) => number,
): InProduction | undefined {
  const gone = module.text.trim() === "";
  if (!gone && isNamedForProduction(module.path)) return undefined;
  const consider = (names: readonly string[]) =>
    names
      .filter((name) => gone || isNamedForProduction(name))
      .slice(0, MAX_SIBLINGS)
      .flatMap((name) => {
        const sibling = module.beside(name);
        const serves = sibling && (gone ? isServing(sibling) : startsFrom(sibling, module.path, 0));
        return serves ? stateOf(sibling, setting, strengthOf) : [];
      });
  const changed = weakestOf(consider(module.changedSiblings()), gone);
  return changed ?? weakestOf(consider(module.siblings().filter(isModule)), gone);
}

/** Of several ways to serve all have to be safe; what takes the place of a file need only be there. */
function weakestOf(states: readonly InProduction[], gone: boolean): InProduction | undefined {
  const [first] = [...states].sort((a, b) =>
    gone ? b.strength - a.strength : a.strength - b.strength,
  );
  return first;
}

function isModule(name: string): boolean {
  return name.endsWith(".py");
}

function isNamedForProduction(path: string): boolean {
  return classifyWords(wordsOf(path.replace(/\.py$/, ""))) === "production";
}

function isServing({ path, text }: PythonModule): boolean {
  const found = classifyModule(path, text);
  return found === "production" || found === "shared";
}

/** Whether a module takes over the settings of the one at `path`, by a star or by a base class. */
function startsFrom(module: PythonModule, path: string, steps: number): boolean {
  if (steps >= MAX_STEPS) return false;
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
  strengthOf: (value: AbstractValue, module: PythonModule) => number,
): readonly InProduction[] {
  return settingFacts(module, setting)
    .filter(({ place }) => place !== "runtime")
    .map(({ effective }) => {
      const { value, strength } = weakest(effective, (one) => strengthOf(one, module));
      return { path: module.path, value, strength };
    });
}
