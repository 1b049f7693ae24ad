import { isForeign } from "../../python/imports/import-paths.js";
import type { PythonModule } from "../../python/syntax/module.js";
import { statementsNaming } from "../../python/syntax/naming.js";
import { once } from "../../python/syntax/once.js";
import type { Expression, Statement } from "../../python/syntax/syntax.js";
import type { Scope } from "../evaluate/scope.js";
import { type AbstractValue, UNKNOWN, UNSET } from "../evaluate/value.js";
import { type Effective, oneValue } from "../run/alternative.js";
import type { State } from "../run/run.js";
import { runStatements } from "../run/run-statements.js";
import { inheritedSettings } from "./inherited-settings.js";
import { isChanged, isSpelled } from "./name-spelling.js";

/** How many steps a value is followed from name to name. */
const MAX_STEPS = 4;

/**
 * Effective values of the named settings at the end of the module, what it takes from other modules
 * of the project included; `hops` counts the modules that were gone through to this one.
 */
export function effectiveSettings(
  module: PythonModule,
  names: readonly string[],
  hops = 0,
): ReadonlyMap<string, Effective> {
  const words = takingWords(module);
  const written = words.length > 0 ? names : names.filter((name) => module.text.includes(name));
  const state: State = new Map();
  if (written.length > 0) {
    runStatements(module.syntaxMentioning([...written, ...words]), state, {
      names: new Set(written),
      scope: moduleScope(module),
      readInherited: inheritedSettings(module, hops),
    });
  }
  const unset: Effective = [{ value: UNSET, span: undefined }];
  return new Map(names.map((name) => [name, state.get(name) ?? unset]));
}

/** What the module takes of a setting from others, before its own statements. */
export function takenSetting(module: PythonModule, name: string): Effective {
  const state: State = new Map();
  const words = takingWords(module).filter((word) => /import|include/.test(word));
  const taking = words.length === 0 ? [] : module.syntaxMentioning(words);
  const run = { names: new Set([name]), scope: moduleScope(module) };
  runStatements(
    taking.filter(({ kind }) => kind === "import-from" || kind === "expression"),
    state,
    { ...run, readInherited: inheritedSettings(module, 0) },
  );
  return state.get(name) ?? [{ value: UNSET, span: undefined }];
}

/** Words of the statements that can write a name without spelling it. */
const takingWords = once(({ text }: PythonModule): readonly string[] => [
  ...(/\bimport[ \t]+\*/.test(text) ? ["import *"] : []),
  ...(text.includes("split_settings") ? ["include("] : []),
  ...["globals(", "locals(", "vars(", "exec(", "execfile("].filter((word) => text.includes(word)),
]);

/** The modules a module takes all names from, latest first: what it leaves open, they decide. */
export const starImports = once((module: PythonModule): readonly string[] => {
  const included = module.text.includes("include(")
    ? [...module.text.matchAll(/^[ \t]*include\(\s*["']([^"'\n]+)["']/gm)]
    : [];
  const imported = /import[ \t(]*\*/.test(module.text) ? module.imports.stars : [];
  const stars = imported.filter((star) => !isForeign(module.path, star));
  return [...stars, ...included.map((match) => match[1] ?? "")].reverse();
});

/** Whether the module executes files, from which any name may come. */
export const executesFiles = once(({ text }: PythonModule): boolean =>
  /\bexecfile[ \t]*\(|\bexec[ \t]*\([^\n]*\b(?:open|compile|read\w*)[ \t]*\(/.test(text),
);

/** Whether the module writes names of its own that its text does not spell: `globals().update(vars(base))`. */
export const takesNames = once(({ text }: PythonModule): boolean =>
  /\b(?:globals|locals|vars)\(\)(?:\.update\(\s*(?!\w+\s*=|\{\s*["']|\))|\[[^"'\]])/.test(text),
);

/** Names as the top level of the module sees them. */
export function moduleScope(module: PythonModule, step = 0): Scope {
  return {
    resolve: (dotted) => module.imports.resolve(dotted),
    lookup: (name) => (step < MAX_STEPS ? lookUp(module, name, step + 1) : UNKNOWN),
    assigned: (name) => firstAssigned(assigning(module, name), name) ?? importedAs(module, name),
    changes: (name) => changes(module, name),
    spells: (name) => isSpelled(name, module.text),
  };
}

const changesOf = once((_: PythonModule) => new Map<string, boolean>());

function changes(module: PythonModule, name: string): boolean {
  const known = changesOf(module).get(name);
  if (known !== undefined) return known;
  const changed = isChanged(name, module.text);
  changesOf(module).set(name, changed);
  return changed;
}

/** How often a module asked another one while its names were looked up. */
const looksOf = once((_: PythonModule) => ({ elsewhere: 0 }));

/**
 * A reading of a name of a module, made once for each key unless another module was asked on the
 * way: what is asked is counted by the rule that asks, so each has to ask for itself.
 */
export function onceForKey<R extends object | undefined>(
  read: (module: PythonModule, name: string, step: number) => R,
): (module: PythonModule, name: string, step: number) => R {
  const kept = once((_: PythonModule) => new Map<string, { readonly result: R }>());
  return (module, name, step) => {
    const key = `${step} ${name}`;
    const known = kept(module).get(key);
    if (known !== undefined) return known.result;
    const looks = looksOf(module);
    const before = looks.elsewhere;
    const result = read(module, name, step);
    if (looks.elsewhere === before) kept(module).set(key, { result });
    return result;
  };
}

const lookUp = onceForKey(follow);

function follow(module: PythonModule, name: string, step: number): AbstractValue {
  const statements = assigning(module, name);
  if (statements.length === 0) return lookUpElsewhere(module, name, step);
  const state: State = new Map();
  runStatements(statements, state, { names: new Set([name]), scope: moduleScope(module, step) });
  return oneValue(state.get(name) ?? []);
}

/** A name that is imported, or comes with a star. */
function lookUpElsewhere(module: PythonModule, name: string, step: number): AbstractValue {
  if (step >= MAX_STEPS || !/^\w+$/.test(name)) return UNKNOWN;
  const dotted = module.imports.resolve(name);
  if (dotted !== undefined) {
    const [, from = "", last = ""] = /^(.*?)\.?([^.]+)$/.exec(dotted) ?? [];
    const other = from === "" ? undefined : ask(module, from);
    return other ? lookUp(other, last, step + 1) : UNKNOWN;
  }
  for (const from of starImports(module)) {
    const other = ask(module, from);
    const found = other ? lookUp(other, name, step + 1) : UNKNOWN;
    if (found.kind !== "unknown") return found;
  }
  return UNKNOWN;
}

/** What the module that a name comes from assigns to it. */
function importedAs(module: PythonModule, name: string): Expression | undefined {
  const dotted = module.imports.resolve(name);
  const [, from = "", last = ""] = /^(.*?)\.?(\w+)$/.exec(dotted ?? "") ?? [];
  const other = from === "" ? undefined : ask(module, from);
  return other && firstAssigned(assigning(other, last), last);
}

function ask(module: PythonModule, from: string): PythonModule | undefined {
  // Nothing is asked about a module that is no part of the repository.
  if (isForeign(module.path, from)) return undefined;
  return elsewhere(module, () => module.imported(from));
}

/** Opens another module while a name or a list of this one is looked up. */
export function elsewhere(
  module: PythonModule,
  open: () => PythonModule | undefined,
): PythonModule | undefined {
  looksOf(module).elsewhere++;
  return open();
}

const assignmentsOf = once((_: PythonModule) => new Map<string, readonly Statement[]>());

/** Top-level statements that hold `name =`; told from their text, so that few are parsed. */
export function assigning(module: PythonModule, name: string): readonly Statement[] {
  const known = assignmentsOf(module).get(name);
  if (known !== undefined) return known;
  const found = findAssigning(module, name);
  assignmentsOf(module).set(name, found);
  return found;
}

function findAssigning(module: PythonModule, name: string): readonly Statement[] {
  if (!/^\w+$/.test(name)) return [];
  const pattern = new RegExp(`(?:^|[^\\w.])${name}[ \\t]*(?::[^=\\n]*)?=(?!=)`);
  return statementsNaming(module, name)
    .filter(({ span }) => pattern.test(module.text.slice(span.start, span.end)))
    .flatMap((statement) => module.syntaxOf(statement));
}

function firstAssigned(statements: readonly Statement[], name: string): Expression | undefined {
  for (const statement of statements) {
    if (statement.kind !== "assignment") continue;
    if (statement.targets.some((target) => target.kind === "name" && target.id === name)) {
      return statement.value;
    }
  }
  return undefined;
}
