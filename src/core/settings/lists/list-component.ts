import type { Evidence } from "../../model/rule.js";
import type { Span } from "../../model/source.js";
import type { PythonModule } from "../../python/syntax/module.js";
import { readComments } from "../../python/text/comments.js";
import { weakestServing } from "../facts/production-siblings.js";
import { elsewhere } from "../modules/effective-settings.js";
import { type ListFact, listFacts } from "./list-facts.js";
import { holds, type ListElement, type ListValue, placeOfElement } from "./list-value.js";
import { inheritedList } from "./module-lists.js";

/** How surely a component is in a list; larger is surer. */
export const PRESENCE = {
  present: 5,
  unknown: 4,
  /** Another component does, by its name, the same. */
  replaced: 3,
  sometimes: 2,
  absent: 1,
  /** A statement takes it out by name. */
  removed: 0,
} as const;

/** A component that has to stand in a list, by its dotted path. */
export interface Component {
  readonly path: string;
  /** Names of the setting; the first that is written is in force. */
  readonly settings: readonly string[];
  /** Other paths that do the same: older names, known drop-ins. */
  readonly equals: readonly string[];
  /** Whether an element has to do with the same, by its name: it may stand in the place of the component. */
  readonly resembles: (path: string) => boolean;
  /** Whether such an element does, by its name, not the opposite. */
  readonly isReplacement: (path: string) => boolean;
}

/** What a rule keeps of a component in the `detail` of its evidence. */
export interface ComponentDetail {
  readonly presence: number;
  readonly fact: ListFact;
  /** The element itself. */
  readonly element: ListElement | undefined;
  readonly replacement: ListElement | undefined;
  /** The comment that the element was turned into. */
  readonly comment: Span | undefined;
  readonly removal: Span | undefined;
  /** Source texts of what is not known of the list. */
  readonly unknown: readonly string[];
  /** How surely it is there in production, where that starts from this module; looked up when it decides. */
  readonly inProduction: () => number | undefined;
}

/** The component in each list of a module: how surely it is there, and what stands in its place. */
export function componentEvidence(module: PythonModule, component: Component): readonly Evidence[] {
  return listFacts(module, component.settings).map((fact) => {
    const detail = readComponent(module, fact, component);
    const { element, removal, comment, presence } = detail;
    return {
      identity: component.path,
      symbol: fact.symbol,
      strength: presence,
      span: element
        ? placeOfElement(element)
        : (removal ?? comment ?? leftOut(module, fact, component)),
      guards: [],
      confidence: presence === PRESENCE.unknown ? "low" : "high",
      values: {
        component: shownName(component.path),
        list: fact.setting,
        replacement: detail.replacement?.text ?? "",
      },
      detail,
    };
  });
}

/** A class is known by its own name, an app by its path. */
function shownName(path: string): string {
  return isClass(path) ? lastPart(path) : path;
}

function isClass(path: string): boolean {
  return /^[A-Z]/.test(lastPart(path));
}

export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

function readComponent(
  module: PythonModule,
  fact: ListFact,
  component: Component,
): ComponentDetail {
  const paths = [component.path, ...component.equals];
  const presences = fact.lists.map((list) => presenceIn(list, paths, component));
  const all = fact.lists.flatMap(({ elements }) => elements);
  const isOut = Math.min(...presences) < PRESENCE.replaced;
  const derived = isOut ? all.find(({ text }) => derivesFrom(text, component, module)) : undefined;
  const weakest = derived ? PRESENCE.replaced : Math.min(...presences);
  const gone = weakest < PRESENCE.replaced;
  const some = gone && presences.some((one) => one >= PRESENCE.replaced);
  const element = all.find(({ text }) => paths.includes(text));
  const removal = fact.lists
    .flatMap(({ removed }) => removed)
    .find(({ text }) => paths.includes(text));
  return {
    presence: some ? PRESENCE.sometimes : weakest,
    fact,
    element: gone && !some ? undefined : element,
    replacement:
      derived ?? all.find(({ text }) => !paths.includes(text) && component.resembles(text)),
    comment: gone ? commentOn(module, fact, component) : undefined,
    removal: removal && placeOfElement(removal),
    unknown: fact.lists.flatMap(({ unknown }) => unknown),
    inProduction: () =>
      fact.symbol === ""
        ? weakestServing(module, (other) => presencesIn(other, component))?.strength
        : undefined,
  };
}

/** Whether an element is a class of the project that derives from the component, whatever it is called. */
function derivesFrom(path: string, component: Component, module: PythonModule): boolean {
  const [, owner, name] = /^(?!django\.)(.+)\.(\w+)$/.exec(path) ?? [];
  if (owner === undefined || !isClass(component.path)) return false;
  const other = elsewhere(module, () => module.imported(owner));
  const found = other?.statements.find((one) => one.name === name && one.keyword === "class");
  if (other === undefined || found === undefined) return false;
  const [header = ""] = other.text.slice(found.span.start, found.span.end).split("\n", 1);
  return new RegExp(`\\b${lastPart(component.path)}\\b`).test(header.replace(name ?? "", ""));
}

function presencesIn(
  module: PythonModule,
  component: Component,
): readonly { readonly strength: number }[] {
  const paths = [component.path, ...component.equals];
  return listFacts(module, component.settings)
    .filter(({ symbol }) => symbol === "")
    .flatMap(({ lists }) => lists)
    .map((list) => ({ strength: presenceIn(list, paths, component) }));
}

function presenceIn(list: ListValue, paths: readonly string[], component: Component): number {
  const has = (test: (path: string) => boolean) => list.elements.some(({ text }) => test(text));
  if (has((text) => paths.includes(text))) return PRESENCE.present;
  if (has(component.isReplacement)) return PRESENCE.replaced;
  if (list.removed.some(({ text }) => paths.includes(text))) return PRESENCE.removed;
  return list.unknown.length > 0 ? PRESENCE.unknown : PRESENCE.absent;
}

/** The comment inside the list into which an element was turned. */
function commentOn(module: PythonModule, fact: ListFact, component: Component): Span | undefined {
  if (!module.text.includes(component.path)) return undefined;
  const within = spansOf(module, fact.setting);
  const quoted = [`"${component.path}"`, `'${component.path}'`];
  const found = readComments(module.text).find(
    ({ line, text }) =>
      quoted.some((one) => text.includes(one)) &&
      within.some(({ startLine, endLine }) => startLine <= line && line <= endLine),
  );
  return found && spanOfLine(module, found.line);
}

/**
 * No line of the component need be deleted where the list leaves it out: it is still in the file, or
 * it comes with a list of another module that this one replaces.
 */
function leftOut(module: PythonModule, fact: ListFact, { path }: Component): Span | undefined {
  if (!fact.written) return undefined;
  const isThere =
    module.text.includes(path) ||
    (fact.symbol === "" &&
      inheritedList(module, fact.setting)?.every((list) => holds(list, path)) === true);
  return isThere ? spansOf(module, fact.setting).at(-1) : undefined;
}

function spansOf(module: PythonModule, name: string): readonly Span[] {
  return module.statements
    .filter(({ span }) => module.text.slice(span.start, span.end).includes(name))
    .map(({ span }) => span);
}

function spanOfLine(module: PythonModule, line: number): Span {
  let start = 0;
  for (let at = 1; at < line; at++) start = module.text.indexOf("\n", start) + 1;
  const end = start + (module.lines[line - 1]?.length ?? 0);
  return { start, end, startLine: line, endLine: line };
}
