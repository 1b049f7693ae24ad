import type { PythonModule } from "../../python/syntax/module.js";
import { settingPlaces } from "../facts/setting-facts.js";
import { settingsClasses } from "../modules/settings-class.js";
import { EMPTY_LIST, type ListAlternatives } from "./list-value.js";
import { classList, inheritedList, moduleList } from "./module-lists.js";

/** What a list setting holds for one way to start a production site. */
export interface ListFact {
  /** Class; empty for the module itself. */
  readonly symbol: string;
  /** The name that is in force. */
  readonly setting: string;
  readonly lists: ListAlternatives;
  /** Whether this module or class makes the list, or nothing does. */
  readonly written: boolean;
}

/**
 * The facts about a list setting in one version of a module, under the first of its names that is
 * written: of the module, and of each settings class a production site may use. Nothing for tests
 * and development settings.
 */
export function listFacts(module: PythonModule, names: readonly string[]): readonly ListFact[] {
  if (
    !names.some((name) => module.text.includes(name)) &&
    !/settings|conf|base/i.test(module.path)
  ) {
    return [];
  }
  const key = names.join(" ");
  const known = MEMO.get(module) ?? new Map<string, readonly ListFact[]>();
  MEMO.set(module, known);
  const facts = known.get(key) ?? readFacts(module, names);
  // What is asked of other modules is counted by the rule that asks, so each has to ask for itself.
  if (facts.every(({ lists }) => lists.every(({ unknown }) => unknown.length === 0))) {
    known.set(key, facts);
  }
  return facts;
}

const MEMO = new WeakMap<PythonModule, Map<string, readonly ListFact[]>>();

function readFacts(module: PythonModule, names: readonly string[]): readonly ListFact[] {
  const [first = ""] = names;
  const places = settingPlaces(module, first);
  if (places.length === 0) return [];
  const classes = settingsClasses(module);
  const facts = places.map(({ symbol, place }) => {
    const one = classes.find(({ name }) => name === symbol);
    const read = (name: string) =>
      place === "class" && one !== undefined
        ? classList(module, one, classes, name)
        : moduleList(module, name);
    const all = names.map((setting) => ({ setting, lists: read(setting) }));
    // Of a base class that is not at hand nobody knows which of the names it writes.
    const found =
      all.find(({ lists }) => lists?.some(({ elements }) => elements.length > 0)) ??
      all.find(({ lists }) => lists !== undefined);
    return {
      symbol,
      setting: found?.setting ?? first,
      lists: found?.lists ?? taken(module, place, names) ?? [EMPTY_LIST],
      written: found !== undefined,
    };
  });
  // Where classes make the list, the names of the module are no settings.
  const inClasses = facts.some(({ symbol, written }) => symbol !== "" && written);
  return facts.filter(({ symbol, written }) => symbol !== "" || written || !inClasses);
}

/** What a module that does not make the list takes from others. */
function taken(
  module: PythonModule,
  place: "module" | "class" | "runtime",
  names: readonly string[],
): ListAlternatives | undefined {
  if (place === "class") return undefined;
  for (const name of names) {
    const found = inheritedList(module, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
