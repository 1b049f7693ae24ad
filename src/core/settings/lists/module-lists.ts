import type { Span } from "../../model/source.js";
import { isForeign } from "../../python/imports/import-paths.js";
import type { PythonModule, TopLevelStatement } from "../../python/syntax/module.js";
import { statementsNaming } from "../../python/syntax/naming.js";
import { once } from "../../python/syntax/once.js";
import type { Statement } from "../../python/syntax/syntax.js";
import { walkAllExpressions } from "../../python/syntax/walk.js";
import {
  elsewhere,
  executesFiles,
  moduleScope,
  onceForKey,
  starImports,
  takesNames,
} from "../modules/effective-settings.js";
import { MAX_HOPS } from "../modules/inherited-settings.js";
import {
  baseElsewhere,
  headerOf,
  isPlainBase,
  type SettingsClass,
} from "../modules/settings-class.js";
import { EXECUTED_FILE } from "../run/run-statements.js";
import { isConstantName, type ListState } from "./list-mutations.js";
import type { ListReader } from "./list-reader.js";
import { type ListAlternatives, type ListElement, unknownList } from "./list-value.js";
import { runLists } from "./run-lists.js";

/** How many steps are gone from a list to the lists it is made of. */
const MAX_STEPS = 4;
/** More names than the lists of any settings module are made of. */
const MAX_NAMES = 40;

/**
 * The list that a name holds at the end of a module; undefined when nothing in the module makes it.
 * `hops` counts the modules that were gone through to this one.
 */
export function moduleList(
  module: PythonModule,
  name: string,
  hops = 0,
): ListAlternatives | undefined {
  return module.text.includes(name) ? listMade(module, name, hops) : undefined;
}

const listMade = onceForKey((module, name, hops): ListAlternatives | undefined => {
  const state: ListState = new Map();
  runLists(makingOf(module, name), state, moduleReader(module, hops));
  return state.get(name);
});

/**
 * The list that a module takes from those it imports everything from, or executes: not known where one
 * of them is not at hand, undefined where none makes it.
 */
export function inheritedList(
  module: PythonModule,
  name: string,
  hops = 0,
): ListAlternatives | undefined {
  for (const from of starImports(module)) {
    const via = statementTaking(module, from);
    const other = elsewhere(module, () =>
      from.endsWith(".py") ? module.beside(from) : module.imported(from),
    );
    if (other === undefined || via === undefined || hops >= MAX_HOPS) return unknownList(from);
    const found = moduleList(other, name, hops + 1) ?? inheritedList(other, name, hops + 1);
    if (found !== undefined) return seenList(found, via, other);
  }
  if (takesNames(module)) return unknownList("globals()");
  return executesFiles(module) ? unknownList(EXECUTED_FILE) : undefined;
}

/** The lists of another module, as this one sees them: places in its text mean nothing here. */
function seenList(lists: ListAlternatives, via: Span, { changed }: PythonModule): ListAlternatives {
  const see = ({ text, from }: ListElement): ListElement => ({
    text,
    span: via,
    from: { changed: changed || from?.changed === true },
  });
  return lists.map((list) => ({
    ...list,
    elements: list.elements.map(see),
    removed: list.removed.map(see),
  }));
}

function statementTaking(module: PythonModule, from: string): Span | undefined {
  return module.statements.find(({ span }) => {
    const text = module.text.slice(span.start, span.end);
    return text.includes(from) && /\*|include/.test(text);
  })?.span;
}

function moduleReader(module: PythonModule, hops: number): ListReader {
  return {
    scope: moduleScope(module),
    text: module.text,
    list: (name) => (isConstantName(name) ? inheritedList(module, name, hops) : undefined),
    attribute: (owner, name, via) => {
      const from = module.imports.resolve(owner);
      return from === undefined ? undefined : listElsewhere(module, from, name, via, hops);
    },
    imported: (from, name, via) => listElsewhere(module, from, name, via, hops),
  };
}

/** The list of a module that this one names; undefined when that is not at hand, or makes none. */
function listElsewhere(
  module: PythonModule,
  from: string,
  name: string,
  via: Span,
  hops: number,
): ListAlternatives | undefined {
  if (hops >= MAX_HOPS || isForeign(module.path, from)) return undefined;
  const other = elsewhere(module, () => module.imported(from));
  if (other === undefined) return undefined;
  const found = moduleList(other, name, hops + 1) ?? inheritedList(other, name, hops + 1);
  return found && seenList(found, via, other);
}

/** The list that a class attribute holds, bases in the same file included. */
export function classList(
  module: PythonModule,
  one: SettingsClass,
  classes: readonly SettingsClass[],
  name: string,
  depth = 0,
): ListAlternatives | undefined {
  if (depth > MAX_STEPS) return undefined;
  const { span } = one.statement;
  if (module.text.slice(span.start, span.end).includes(name)) {
    const own = ownList(module, one, classes, name, depth);
    if (own !== undefined) return own;
  }
  return baseList(module, one, classes, name, depth);
}

function ownList(
  module: PythonModule,
  one: SettingsClass,
  classes: readonly SettingsClass[],
  name: string,
  depth: number,
): ListAlternatives | undefined {
  const state: ListState = new Map();
  const reader: ListReader = {
    scope: moduleScope(module),
    text: module.text,
    list: (other) =>
      baseList(module, one, classes, other, depth) ??
      (depth < MAX_STEPS ? moduleList(module, other, depth) : undefined),
    imported: () => undefined,
    attribute: (owner, attribute) => {
      const base = classes.find((candidate) => candidate.name === owner);
      return base && base !== one
        ? classList(module, base, classes, attribute, depth + 1)
        : undefined;
    },
  };
  runLists(membersMaking(module, one, name), state, reader);
  return state.get(name);
}

/** The members of a class that make a list, and those that make what it is made of, in order. */
function membersMaking(
  module: PythonModule,
  { statement }: SettingsClass,
  name: string,
): readonly Statement[] {
  const mentioning = (names: ReadonlySet<string>) =>
    module.membersMentioning(statement, [...names]).filter(({ kind }) => kind !== "function");
  const seen = new Set([name]);
  let names: ReadonlySet<string> = seen;
  for (let step = 0; step < MAX_STEPS && names.size > 0 && seen.size < MAX_NAMES; step++) {
    names = new Set(namesIn(mentioning(names)).filter((one) => !seen.has(one)));
    for (const one of names) seen.add(one);
  }
  return mentioning(seen);
}

/** A base of another file that is not at hand is not known: anything may come from it. */
function baseList(
  module: PythonModule,
  one: SettingsClass,
  classes: readonly SettingsClass[],
  name: string,
  depth: number,
): ListAlternatives | undefined {
  for (const base of one.bases) {
    const here = classes.find((candidate) => candidate.name === base && candidate !== one);
    const found = here && classList(module, here, classes, name, depth + 1);
    if (found !== undefined) return found;
  }
  for (const [index, base] of one.bases.entries()) {
    const dotted = one.dotted[index] ?? base;
    if (isPlainBase(module, dotted) || isOneOf(classes, base)) continue;
    const placed = baseElsewhere(module, dotted);
    if (placed === undefined) return unknownList(base);
    const found = classList(placed.module, placed.one, placed.classes, name, depth + 1);
    if (found !== undefined) return seenList(found, headerOf(one.statement), placed.module);
  }
  return undefined;
}

function isOneOf(classes: readonly SettingsClass[], name: string): boolean {
  return classes.some((one) => one.name === name);
}

const makingsOf = once((_: PythonModule) => new Map<string, readonly Statement[]>());

function makingOf(module: PythonModule, name: string): readonly Statement[] {
  const known = makingsOf(module).get(name);
  if (known !== undefined) return known;
  const found = findMaking(module, name);
  makingsOf(module).set(name, found);
  return found;
}

/** The statements that make a list, and those that make the lists and texts it is made of, in order. */
function findMaking(module: PythonModule, name: string): readonly Statement[] {
  const wanted = new Set<TopLevelStatement>();
  let names: ReadonlySet<string> = new Set([name]);
  const seen = new Set<string>();
  for (let step = 0; step < MAX_STEPS && names.size > 0 && seen.size < MAX_NAMES; step++) {
    const fresh = [...names]
      .flatMap((one) => statementsMaking(module, one))
      .filter((statement) => !wanted.has(statement));
    for (const one of names) seen.add(one);
    for (const statement of fresh) wanted.add(statement);
    names = new Set(
      fresh
        .flatMap((statement) => namesIn(module.syntaxOf(statement)))
        .filter((one) => !seen.has(one)),
    );
  }
  return module.statements
    .filter((statement) => wanted.has(statement))
    .flatMap((statement) => module.syntaxOf(statement));
}

/** The statements that make the name, told from their text, so that few are parsed. */
function statementsMaking(module: PythonModule, name: string): readonly TopLevelStatement[] {
  const candidates = statementsNaming(module, name);
  if (candidates.length === 0) return [];
  const written = new RegExp(
    `(?:^|[^\\w.])${name}[ \\t]*(?::[^=\\n]*)?(?:\\+?=(?!=)|,|\\.\\w+\\(|\\[)`,
  );
  return candidates.filter(
    ({ span, keyword }) =>
      keyword === "from" || written.test(module.text.slice(span.start, span.end)),
  );
}

function namesIn(statements: readonly Statement[]): readonly string[] {
  const names: string[] = [];
  for (const expression of walkAllExpressions(statements)) {
    if (expression.kind === "name" && /^\w+$/.test(expression.id)) names.push(expression.id);
  }
  return names;
}
