import { classifyWords, wordsOf } from "../django/module-class.js";
import type { PythonModule, TopLevelStatement } from "../python/module.js";
import { type Effective, oneValue } from "./alternative.js";
import { moduleScope, orInherited, type ReadInherited, readNothing } from "./effective.js";
import { runStatements, type State } from "./run-statements.js";
import type { Scope } from "./scope.js";
import { UNSET } from "./value.js";

/** A class whose attributes are settings (django-configurations, a settings mixin). */
export interface SettingsClass {
  readonly name: string;
  /** Last names of its bases, left to right. */
  readonly bases: readonly string[];
  readonly statement: TopLevelStatement;
}

const HEADER = /(?:^|\n)class[ \t]+\w+[ \t]*\(([^()]*)\)[ \t]*:/;
const SETTINGS_BASE = /(?:Configuration|Settings|SettingsMixin)$/;
const ASSIGNS_SETTING =
  /^[ \t]+(?:SESSION_|CSRF_|INSTALLED_APPS|MIDDLEWARE|DATABASES|SECURE_)\w*[ \t]*[:=]/m;
/** Bases from which no setting can come. */
const PLAIN_BASE = /^(?:Configuration|BaseSettings|object|ABC|Protocol)$/;
/** A class hierarchy that is longer or wider is not followed further. */
const MAX_ANCESTORS = 20;

/** Settings classes at the top level, told from their text: none of it is parsed. */
export function settingsClasses(module: PythonModule): readonly SettingsClass[] {
  const found: SettingsClass[] = [];
  for (const statement of module.statements) {
    const { name, keyword, span } = statement;
    if (keyword !== "class" || name === undefined) continue;
    const text = module.text.slice(span.start, span.end);
    const bases = (HEADER.exec(text)?.[1] ?? "")
      .split(",")
      .map((base) => base.trim().split(".").at(-1) ?? "")
      .filter((base) => /^\w+$/.test(base));
    const isSettings =
      bases.some((base) => SETTINGS_BASE.test(base) || found.some((one) => one.name === base)) ||
      ASSIGNS_SETTING.test(text);
    if (isSettings) found.push({ name, bases, statement });
  }
  return found;
}

/**
 * The classes that a production site may be started with: no test or development class by name, and
 * not merely the base of another such class in the same file.
 */
export function productionClasses(classes: readonly SettingsClass[]): readonly SettingsClass[] {
  const serving = classes.filter(({ name }) => {
    const named = classifyWords(wordsOf(name));
    return named !== "development" && named !== "test";
  });
  return serving.filter(({ name }) => !serving.some((one) => one.bases.includes(name)));
}

/** The class and its bases in this file, the class first, as Python would ask them. */
function lineage(
  start: SettingsClass,
  classes: readonly SettingsClass[],
): readonly SettingsClass[] {
  const order: SettingsClass[] = [];
  const waiting = [start];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (order.includes(next) || order.length >= MAX_ANCESTORS) continue;
    order.push(next);
    const bases = next.bases.flatMap((base) => classes.filter((one) => one.name === base));
    waiting.unshift(...bases);
  }
  return order;
}

/** What a setting is in a class, bases in the same file included. */
export function effectiveInClass(
  module: PythonModule,
  start: SettingsClass,
  classes: readonly SettingsClass[],
  name: string,
  readInherited: ReadInherited = readNothing,
): Effective {
  const ancestors = lineage(start, classes);
  const scope = classScope(module, ancestors);
  let found: Effective = [];
  for (const one of ancestors) {
    const own = runClass(module, one, name, scope);
    found = found.length === 0 ? own : orInherited(found, own);
    if (own.length > 0 && found.every(({ value }) => value.kind !== "unset")) return found;
  }
  return orInherited(found, inheritedByClass(ancestors, classes, name, readInherited));
}

function runClass(
  module: PythonModule,
  { name: owner, statement }: SettingsClass,
  name: string,
  scope: Scope,
): Effective {
  if (!module.text.slice(statement.span.start, statement.span.end).includes(name)) return [];
  const state: State = new Map();
  for (const syntax of module.syntaxOf(statement)) {
    if (syntax.kind !== "class") continue;
    runStatements(syntax.body, state, { names: new Set([name]), scope, owner });
  }
  return state.get(name) ?? [];
}

/** Names in a class body: attributes of the class and its bases, then names of the module. */
function classScope(module: PythonModule, ancestors: readonly SettingsClass[]): Scope {
  const outer = moduleScope(module, 1);
  return {
    ...outer,
    lookup: (name) => {
      for (const one of ancestors) {
        const own = runClass(module, one, name, outer);
        if (own.length > 0) return oneValue(own);
      }
      return outer.lookup(name);
    },
  };
}

function inheritedByClass(
  ancestors: readonly SettingsClass[],
  classes: readonly SettingsClass[],
  name: string,
  readInherited: ReadInherited,
): Effective {
  const foreign = ancestors
    .flatMap(({ bases }) => bases)
    .filter((base) => !PLAIN_BASE.test(base) && !classes.some((one) => one.name === base));
  for (const from of foreign) {
    const found = readInherited(from, name);
    if (found !== undefined) return found;
  }
  const [from] = foreign;
  return [{ value: from === undefined ? UNSET : { kind: "inherited", from }, span: undefined }];
}
