import { boundNames, changedNames } from "./python/bound-names.js";
import { mayImport } from "./python/imports.js";
import type { PythonModule, TopLevelStatement } from "./python/module.js";
import { mentionsSession } from "./python/prefilter.js";
import type { Project } from "./python/project.js";
import { classOfModule } from "./settings/class-of-module.js";

/** A change that binds more names than this is taken to matter. */
const MAX_NAMES = 100;

/** Statements that can write any name, and classes that a rule on backends looks for by name. */
const FAR_REACHING = /\bimport[ \t(]*\*|\binclude\(|\bexec\(|Backend\b/;

/**
 * Whether what a hunk touches in a module can matter to any rule: it mentions the session or a
 * setting of the field, or something that does depends on a name that it binds, or on another
 * changed module. Otherwise the same can be said of both versions, and nothing came of the change.
 */
export function mayHaveConsequences(
  base: PythonModule,
  head: PythonModule,
  project: Project,
): boolean {
  if (base.path !== head.path || classOfModule(base) !== classOfModule(head)) return true;
  if ([base, head].some((one) => one.touched.some((statement) => matters(statement, one)))) {
    return true;
  }
  return importsChanged(head, project) || reachesEvidence(changedNames(base, head), head);
}

/** Told from the last part of a name: where a module stands that is imported is another question. */
function importsChanged({ path, text, statements }: PythonModule, project: Project): boolean {
  return statements.some(({ keyword, span }) => {
    const own = text.slice(span.start, span.end);
    if (!mayImport(keyword, own)) return false;
    return (own.match(/\w+/g) ?? []).some((word) => project.changesBeside(path, word));
  });
}

/** Follows the names through the statements that no hunk touches. */
function reachesEvidence(bound: Set<string>, head: PythonModule): boolean {
  const unseen = new Set(head.statements);
  for (const statement of head.touched) unseen.delete(statement);
  for (const name of bound) {
    if (bound.size > MAX_NAMES || !/^\w+$/.test(name)) return true;
    for (const statement of holding(name, head)) {
      if (!unseen.delete(statement)) continue;
      if (matters(statement, head)) return true;
      for (const other of boundNames(statement, head.text)) bound.add(other);
    }
  }
  return false;
}

function matters({ span }: TopLevelStatement, { text }: PythonModule): boolean {
  const own = text.slice(span.start, span.end);
  return mentionsSession(own) || FAR_REACHING.test(own);
}

/** The statements whose text holds the name as a word. */
function holding(name: string, { text, statements }: PythonModule): readonly TopLevelStatement[] {
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
