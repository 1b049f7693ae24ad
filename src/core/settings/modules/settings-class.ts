import { classifyWords, wordsOf } from "../../django/module-class.js";
import type { Span } from "../../model/source.js";
import type { PythonModule, TopLevelStatement } from "../../python/syntax/module.js";
import type { Scope } from "../evaluate/scope.js";
import { UNSET } from "../evaluate/value.js";
import { type Effective, oneValue, orInherited } from "../run/alternative.js";
import type { State } from "../run/run.js";
import { runStatements } from "../run/run-statements.js";
import { moduleScope, starImports } from "./effective-settings.js";
import { MAX_HOPS, seenFrom } from "./inherited-settings.js";

/** A class whose attributes are settings (django-configurations, a settings mixin). */
export interface SettingsClass {
  readonly name: string;
  /** Last names of its bases, left to right. */
  readonly bases: readonly string[];
  /** Bases as written, dotted. */
  readonly dotted: readonly string[];
  readonly statement: TopLevelStatement;
}

const HEADER = /(?:^|\n)class[ \t]+\w+[ \t]*\(([^()]*)\)[ \t]*:/;
const SETTINGS_BASE = /(?:Configuration|Settings|SettingsMixin)$/;
const ASSIGNS_SETTING =
  /^[ \t]+(?:SESSION_|CSRF_|INSTALLED_APPS|MIDDLEWARE|DATABASES|SECURE_)\w*[ \t]*[:=]/m;
/** Bases from which no setting can come, by their resolved paths. */
const PLAIN_BASE =
  /^(?:(?:configurations|pydantic|pydantic_settings|abc|typing)\.[\w.]+|Configuration|object)$/;
/** A class hierarchy that is longer or wider is not followed further. */
const MAX_ANCESTORS = 20;

/** Settings classes at the top level, told from their text: none of it is parsed. */
export function settingsClasses(module: PythonModule): readonly SettingsClass[] {
  const found: SettingsClass[] = [];
  for (const statement of module.statements) {
    const { name, keyword, span } = statement;
    if (keyword !== "class" || name === undefined) continue;
    const text = module.text.slice(span.start, span.end);
    const dotted = (HEADER.exec(text)?.[1] ?? "")
      .split(",")
      .map((base) => base.trim())
      .filter((base) => /^\w+(?:\.\w+)*$/.test(base));
    const bases = dotted.map((base) => base.split(".").at(-1) ?? "");
    const isSettings =
      bases.some((base) => SETTINGS_BASE.test(base) || found.some((one) => one.name === base)) ||
      ASSIGNS_SETTING.test(text) ||
      namesEnvironment(name, dotted, module);
    if (isSettings) found.push({ name, bases, dotted, statement });
  }
  return found;
}

/** `class Production(Base)`, with the base from another module of the project. */
function namesEnvironment(name: string, dotted: readonly string[], module: PythonModule): boolean {
  const named = [name, ...dotted].some((one) => classifyWords(wordsOf(one)) !== "other");
  return named && dotted.some((base) => module.imports.resolve(base)?.startsWith(".") === true);
}

/**
 * The classes that a production site may be started with: no test or development class, by its name
 * or by that of what it derives from, and not merely the base of another such class in the same file.
 */
export function productionClasses(classes: readonly SettingsClass[]): readonly SettingsClass[] {
  const serving = classes.filter(
    (one) => !lineage(one, classes).some(isForDevelopment) || isForProduction(one),
  );
  return serving.filter(({ name }) => !serving.some((one) => one.bases.includes(name)));
}

function isForDevelopment({ name }: SettingsClass): boolean {
  const named = classifyWords(wordsOf(name));
  return named === "development" || named === "test";
}

function isForProduction({ name }: SettingsClass): boolean {
  return classifyWords(wordsOf(name)) === "production";
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

/** What a setting is in a class, bases in other modules of the project included. */
export function effectiveInClass(
  module: PythonModule,
  start: SettingsClass,
  classes: readonly SettingsClass[],
  name: string,
  hops = 0,
): Effective {
  const ancestors = lineage(start, classes);
  return effectiveAlong(ancestors, ancestors, module, classes, name, hops);
}

/** What a class takes of a setting from its bases. */
export function takenByClass(
  module: PythonModule,
  start: SettingsClass,
  classes: readonly SettingsClass[],
  name: string,
): Effective {
  const ancestors = lineage(start, classes);
  return effectiveAlong(ancestors.slice(1), ancestors, module, classes, name, 0);
}

function effectiveAlong(
  asked: readonly SettingsClass[],
  ancestors: readonly SettingsClass[],
  module: PythonModule,
  classes: readonly SettingsClass[],
  name: string,
  hops: number,
): Effective {
  const scope = classScope(module, ancestors);
  let found: Effective = [];
  for (const one of asked) {
    const own = runClass(module, one, name, scope);
    found = found.length === 0 ? own : orInherited(found, own);
    if (own.length > 0 && found.every(({ value }) => value.kind !== "unset")) return found;
  }
  return orInherited(found, inheritedByClass(module, ancestors, classes, name, hops));
}

function runClass(
  module: PythonModule,
  { name: owner, statement }: SettingsClass,
  name: string,
  scope: Scope,
): Effective {
  if (!module.text.slice(statement.span.start, statement.span.end).includes(name)) return [];
  const state: State = new Map();
  const body = module.membersMentioning(statement, [name, ...WRITING_WORDS]);
  runStatements(body, state, { names: new Set([name]), scope, owner });
  return state.get(name) ?? [];
}

/** Words of what can write a name without spelling it. */
const WRITING_WORDS: readonly string[] = ["locals(", "vars(", "exec("];

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
  module: PythonModule,
  ancestors: readonly SettingsClass[],
  classes: readonly SettingsClass[],
  name: string,
  hops: number,
): Effective {
  let unread: string | undefined;
  for (const one of ancestors) {
    for (const [index, base] of one.bases.entries()) {
      if (classes.some((here) => here.name === base)) continue;
      const dotted = one.dotted[index] ?? base;
      if (isPlainBase(module, dotted)) continue;
      const found = inheritedFrom(module, one, dotted, name, hops);
      if (found === undefined) unread ??= base;
      else if (found.some(({ value }) => value.kind !== "unset")) return found;
    }
  }
  return [
    { value: unread === undefined ? UNSET : { kind: "inherited", from: unread }, span: undefined },
  ];
}

/** From a base class of another module; undefined when that is not at hand. */
function inheritedFrom(
  module: PythonModule,
  { statement }: SettingsClass,
  base: string,
  name: string,
  hops: number,
): Effective | undefined {
  if (hops >= MAX_HOPS) return undefined;
  const found = baseElsewhere(module, base);
  if (found === undefined) return undefined;
  const effective = effectiveInClass(found.module, found.one, found.classes, name, hops + 1);
  return seenFrom(found.module, effective, headerOf(statement));
}

/** The line with which a class begins. */
export function headerOf({ span }: TopLevelStatement): Span {
  const { start, startLine } = span;
  return { start, end: start, startLine, endLine: startLine };
}

/** A settings class, and those of its module. */
export interface PlacedClass {
  readonly module: PythonModule;
  readonly one: SettingsClass;
  readonly classes: readonly SettingsClass[];
}

/** A base class of another module, as the class names it; undefined when that is not at hand. */
export function baseElsewhere(module: PythonModule, base: string): PlacedClass | undefined {
  const place = placeOf(module, base);
  if (place === undefined) return undefined;
  const classes = settingsClasses(place.module);
  const one = classes.find((candidate) => candidate.name === place.name);
  return one && { module: place.module, one, classes };
}

/** Whether no setting of the project can come from a base, by where it is imported from. */
export function isPlainBase(module: PythonModule, dotted: string): boolean {
  return PLAIN_BASE.test(module.imports.resolve(dotted) ?? dotted);
}

/** The module of a base class, and its name there: imported by name, with its module, or with a star. */
function placeOf(
  module: PythonModule,
  base: string,
): { readonly module: PythonModule; readonly name: string } | undefined {
  const name = base.split(".").at(-1) ?? base;
  const dotted = module.imports.resolve(base);
  const owners = dotted === undefined ? starImports(module) : [dotted.slice(0, -name.length)];
  for (const owner of owners) {
    const other = module.imported(/[^.]\.$/.test(owner) ? owner.slice(0, -1) : owner);
    const known = other?.statements.some((one) => one.name === name);
    if (other !== undefined && known) return { module: other, name };
  }
  return undefined;
}
