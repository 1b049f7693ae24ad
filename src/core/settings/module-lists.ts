import type { PythonModule, TopLevelStatement } from "../python/module.js";
import { statementsNaming } from "../python/naming.js";
import type { Statement } from "../python/syntax.js";
import { walkAllExpressions } from "../python/walk.js";
import { moduleScope, starImports } from "./effective.js";
import type { ListReader } from "./list-expression.js";
import type { ListState } from "./list-mutations.js";
import { type ListAlternatives, unknownList } from "./list-value.js";
import { runLists } from "./run-lists.js";
import type { SettingsClass } from "./settings-class.js";

/** How many steps are gone from a list to the lists it is made of. */
const MAX_STEPS = 4;
/** More names than the lists of any settings module are made of. */
const MAX_NAMES = 40;

/** The list that a name holds at the end of a module; undefined when nothing in the module makes it. */
export function moduleList(module: PythonModule, name: string): ListAlternatives | undefined {
  if (!module.text.includes(name)) return undefined;
  const state: ListState = new Map();
  runLists(makingOf(module, name), state, moduleReader(module));
  return state.get(name);
}

/** What the module inherits: unknown where it imports everything from another, nothing otherwise. */
export function inheritedList(module: PythonModule): ListAlternatives | undefined {
  const [from] = starImports(module);
  return from === undefined ? undefined : unknownList(from);
}

function moduleReader(module: PythonModule): ListReader {
  return {
    scope: moduleScope(module),
    text: module.text,
    list: () => inheritedList(module),
    attribute: () => undefined,
  };
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
      (depth < MAX_STEPS ? moduleList(module, other) : undefined),
    attribute: (owner, attribute) => {
      const base = classes.find((candidate) => candidate.name === owner);
      return base && base !== one
        ? classList(module, base, classes, attribute, depth + 1)
        : undefined;
    },
  };
  for (const syntax of module.syntaxOf(one.statement)) {
    if (syntax.kind === "class") runLists(syntax.body, state, reader);
  }
  return state.get(name);
}

/** Bases of another file are not read: anything may come from them. */
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
  const foreign = one.bases.find(
    (base) => base !== "Configuration" && base !== "object" && !isOneOf(classes, base),
  );
  return foreign === undefined ? undefined : unknownList(foreign);
}

function isOneOf(classes: readonly SettingsClass[], name: string): boolean {
  return classes.some((one) => one.name === name);
}

/** The statements that make a list, and those that make the lists and texts it is made of, in order. */
function makingOf(module: PythonModule, name: string): readonly Statement[] {
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
