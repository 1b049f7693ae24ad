import type { PythonModule, TopLevelStatement } from "./module.js";
import { once } from "./once.js";

/** The top-level statements by the words they hold, in order; functions and classes are left out. */
const byWord = once((module: PythonModule): ReadonlyMap<string, readonly TopLevelStatement[]> => {
  const found = new Map<string, TopLevelStatement[]>();
  for (const statement of module.statements) {
    if (statement.keyword !== undefined && DEFINES.has(statement.keyword)) continue;
    const text = module.text.slice(statement.span.start, statement.span.end);
    for (const word of new Set(text.match(/\w+/g) ?? [])) {
      const holding = found.get(word);
      if (holding) holding.push(statement);
      else found.set(word, [statement]);
    }
  }
  return found;
});

const DEFINES: ReadonlySet<string> = new Set(["def", "class", "async", "@"]);

/** Top-level statements, other than functions and classes, whose text holds the word. */
export function statementsNaming(module: PythonModule, word: string): readonly TopLevelStatement[] {
  return byWord(module).get(word) ?? [];
}
