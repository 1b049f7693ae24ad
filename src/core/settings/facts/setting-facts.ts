import type { Span } from "../../model/source.js";
import type { PythonModule } from "../../python/syntax/module.js";
import { once } from "../../python/syntax/once.js";
import { type AbstractValue, UNSET } from "../evaluate/value.js";
import { classOfModule } from "../modules/class-of-module.js";
import { effectiveSettings, takenSetting } from "../modules/effective-settings.js";
import {
  effectiveInClass,
  headerOf,
  productionClasses,
  settingsClasses,
  takenByClass,
} from "../modules/settings-class.js";
import type { Effective, Inherited } from "../run/alternative.js";
import { runtimeWrites } from "./runtime-writes.js";

/** What a setting is for one way to start a production site, or after one write at run time. */
export interface SettingFact {
  /** Class or function; empty for the module itself. */
  readonly symbol: string;
  readonly place: "module" | "class" | "runtime";
  readonly effective: Effective;
  /** What it would be without the statements of this module or class. */
  readonly taken: () => Effective;
  /** The line with which the class begins. */
  readonly header?: Span;
}

/** Of a setting that nothing sets. */
export const NOTHING: Effective = [{ value: UNSET, span: undefined }];

/** Settings of these mean the same names, but other frameworks read them. */
const OTHER_FRAMEWORK = /^(?:flask|quart|starlette|fastapi|sanic)(?:\.|$)/;

const isOfOtherFramework = once((module: PythonModule): boolean => {
  if (!/flask|quart|starlette|fastapi|sanic/.test(module.text)) return false;
  return module.imports.modules.some((imported) => OTHER_FRAMEWORK.test(imported));
});

/**
 * The facts about one setting in one version of a module: of the module as a whole, of each settings
 * class a production site may use, and of writes while the site runs. Nothing for tests,
 * development settings and code that neither is a settings module nor writes the setting.
 */
export function settingFacts(module: PythonModule, name: string): readonly SettingFact[] {
  const kind = classOfModule(module);
  if (!isReviewed(module)) return [];
  if (kind === "other" && !module.text.includes(name)) return [];
  const runtime = runtimeWrites(module, name).map(
    ({ symbol, alternative }): SettingFact => ({
      symbol,
      place: "runtime",
      effective: [alternative],
      taken: () => NOTHING,
    }),
  );
  if (kind === "other") return runtime;
  const own = effectiveSettings(module, [name]).get(name) ?? NOTHING;
  const inClasses = classFacts(module, name);
  const top: SettingFact = {
    symbol: "",
    place: "module",
    effective: own,
    taken: () => takenSetting(module, name),
  };
  // Where classes set it, the names of the module are no settings.
  const isTop = own.some(({ value }) => value.kind !== "unset") || !inClasses.some(isWritten);
  return isUnread(module, name) ? [] : [...(isTop ? [top] : []), ...inClasses, ...runtime];
}

function isWritten({ effective }: SettingFact): boolean {
  return effective.some(({ span }) => span !== undefined);
}

/** A file that was deleted, or of which comments are left. */
export function saysNothing({ statements }: PythonModule): boolean {
  return statements.length === 0;
}

/** Tests, development settings and other frameworks are no production site of Django's. */
const isReviewed = once((module: PythonModule): boolean => {
  const kind = classOfModule(module);
  if (kind === "test" || kind === "development" || saysNothing(module)) return false;
  return !isOfOtherFramework(module);
});

/** The places of `settingFacts` that are known at start, without what the setting is there. */
export function settingPlaces(
  module: PythonModule,
  name: string,
): readonly Pick<SettingFact, "symbol" | "place">[] {
  if (!isReviewed(module) || classOfModule(module) === "other") return [];
  if (isUnread(module, name)) return [];
  return [{ symbol: "", place: "module" }, ...classFacts(module, name)];
}

/** A statement that names the setting could not be read: what it does is not guessed. */
function isUnread(module: PythonModule, name: string): boolean {
  return module.problems.some(({ line }) => {
    if (line === undefined) return true;
    const hit = module.statements.find(
      ({ span }) => span.startLine <= line && line <= span.endLine,
    );
    return hit === undefined || module.text.slice(hit.span.start, hit.span.end).includes(name);
  });
}

/** Two classes that take the value from the same line are one fact. */
function classFacts(module: PythonModule, name: string): readonly SettingFact[] {
  const classes = settingsClasses(module);
  const seen = new Set<number>();
  return productionClasses(classes).flatMap((one): readonly SettingFact[] => {
    const effective = effectiveInClass(module, one, classes, name);
    const start = effective.find(({ span }) => span !== undefined)?.span?.start;
    if (start !== undefined && seen.has(start)) return [];
    if (start !== undefined) seen.add(start);
    const taken = () => takenByClass(module, one, classes, name);
    const header = headerOf(one.statement);
    return [{ symbol: one.name, place: "class", effective, taken, header }];
  });
}

/** The weakest of the values a setting can have, and whether it is the only one. */
export interface Weakest {
  readonly value: AbstractValue;
  /** Of all of them as a choice. */
  readonly strength: number;
  readonly span: Span | undefined;
  readonly sure: boolean;
  /** Set when another module gives the value. */
  readonly inherited: Inherited | undefined;
}

export function weakest(
  effective: Effective,
  strengthOf: (value: AbstractValue) => number,
): Weakest {
  const options = effective.flatMap(({ value, span, inherited }) =>
    (value.kind === "choice" ? value.options : [value]).map((option) => ({
      value: option,
      strength: strengthOf(option),
      span,
      inherited,
    })),
  );
  const unset = {
    value: UNSET,
    strength: strengthOf(UNSET),
    span: undefined,
    inherited: undefined,
  };
  const [first = unset, ...rest] = options;
  const found = rest.reduce((a, b) => (b.strength < a.strength ? b : a), first);
  const span =
    found.span ?? (found.inherited ? undefined : options.find((option) => option.span)?.span);
  const sure = options.every(({ strength }) => strength === found.strength);
  const strength = sure
    ? found.strength
    : strengthOf({ kind: "choice", options: options.map(({ value }) => value) });
  return { ...found, strength, span, sure };
}
