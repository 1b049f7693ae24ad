import { mayImport } from "./python/imports/imports.js";
import { readImport } from "./python/imports/read-imports.js";
import type { Project } from "./python/project.js";
import type { PythonModule, TopLevelStatement } from "./python/syntax/module.js";
import { boundNames, changedNames, type TouchedText } from "./python/text/bound-names.js";
import { mentionsSession } from "./python/text/prefilter.js";
import { classOfModule } from "./settings/modules/class-of-module.js";
import { type ComparedModule, compareMembers } from "./settings/modules/compared-members.js";

/** A change that binds more names than this is taken to matter. */
const MAX_NAMES = 100;

/** Statements that can write any name, and classes that a rule on backends looks for by name. */
const FAR_REACHING = /\bimport[ \t(]*\*|\binclude\(|\bexec(?:file)?\(|Backend\b/;

/**
 * What can be said differently of the two versions of a module, as the texts it can be said of: what a
 * hunk touches, and what depends on a name that this binds, or on another changed module. Undefined
 * when it can be anything.
 */
export function concernedTexts(
  base: PythonModule,
  head: PythonModule,
  project: Project,
): readonly string[] | undefined {
  if (base.path !== head.path || classOfModule(base) !== classOfModule(head)) return undefined;
  const compared = compareMembers(base, head);
  if (compared === undefined) return undefined;
  const importing = importsOfChanged(head, project);
  const bound = changedNames(compared.base, compared.head);
  for (const one of importing) for (const name of boundNames(one, head.text)) bound.add(name);
  const reached = reachedBy(bound, compared.head);
  if (reached === undefined) return undefined;
  const inHead = [...compared.head.touched, ...importing, ...reached];
  return [
    ...compared.base.touched.map((one) => textOf(one, base)),
    ...inHead.map((one) => textOf(one, head)),
  ];
}

/**
 * Whether one of the texts can matter to any rule: it mentions the session or a setting of the field.
 * Otherwise the same can be said of both versions, and nothing came of the change.
 */
export function mayHaveConsequences(texts: readonly string[] | undefined): boolean {
  return texts === undefined || texts.some((own) => mentionsSession(own) || FAR_REACHING.test(own));
}

/** Where a module stands that is imported is another question: its name is all that is compared. */
function importsOfChanged(head: PythonModule, project: Project): readonly TopLevelStatement[] {
  return head.statements.filter((one) => {
    const own = textOf(one, head);
    if (!mayImport(one.keyword, own)) return false;
    const imports = one.keyword === "from" || one.keyword === "import" ? [own] : importsIn(own);
    return imports
      .flatMap(importedNames)
      .some((dotted) => project.changesBeside(head.path, dotted));
  });
}

/** The import statements of a block, each with the lines that its parentheses hold. */
function importsIn(block: string): readonly string[] {
  return block.match(/^.*\bimport\b(?:[^\n(]*\([^)]*\))?.*$/gm) ?? [];
}

/** Dotted names that may be those of modules, without the dots of a relative import. */
function importedNames(own: string): readonly string[] {
  const fact = readImport(own);
  if (fact === undefined) return own.match(/\w+/g) ?? [];
  if (fact.kind === "import") return fact.names.map(({ name }) => name);
  const { module, names } = fact;
  if (names === "*") return [module];
  return [module, ...names.map(({ name }) => (module === "" ? name : `${module}.${name}`))];
}

/**
 * Follows the names through the statements that no hunk touches; undefined when they are too many,
 * or not plain.
 */
function reachedBy(
  bound: Set<string>,
  head: ComparedModule,
): readonly TopLevelStatement[] | undefined {
  const unseen = new Set(head.statements);
  for (const statement of head.touched) unseen.delete(statement);
  const reached: TopLevelStatement[] = [];
  for (const name of bound) {
    if (bound.size > MAX_NAMES || !/^\w+$/.test(name)) return undefined;
    for (const statement of holding(name, head)) {
      if (!unseen.delete(statement)) continue;
      if (head.opaque.has(statement)) return undefined;
      reached.push(statement);
      for (const other of boundNames(statement, head.text)) bound.add(other);
    }
  }
  return reached;
}

function textOf({ span }: TopLevelStatement, { text }: TouchedText): string {
  return text.slice(span.start, span.end);
}

/** The statements whose text holds the name as a word. */
function holding(name: string, { text, statements }: ComparedModule): readonly TopLevelStatement[] {
  const found: TopLevelStatement[] = [];
  let index = 0;
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    if (isWord(text, at - 1) || isWord(text, at + name.length)) continue;
    while ((statements[index]?.span.end ?? Number.POSITIVE_INFINITY) <= at) index++;
    const statement = statements[index];
    if (statement !== undefined && statement.span.start <= at && found.at(-1) !== statement) {
      found.push(statement);
    }
  }
  return found;
}

function isWord(text: string, at: number): boolean {
  return /\w/.test(text[at] ?? "");
}
