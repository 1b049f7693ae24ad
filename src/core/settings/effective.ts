import type { PythonModule } from "../python/module.js";
import type { Expression, Statement } from "../python/syntax.js";
import { type Effective, oneValue } from "./alternative.js";
import { runStatements, type State } from "./run-statements.js";
import type { Scope } from "./scope.js";
import { type AbstractValue, replaceUnset, UNKNOWN, UNSET } from "./value.js";

/**
 * What a module that is imported with `*`, or a base class of another file, says of a setting.
 * `from` is written as in the import. Undefined: it was not read.
 */
export type ReadInherited = (from: string, name: string) => Effective | undefined;

/** Until the modules of a project are read together, what is imported is not known. */
export const readNothing: ReadInherited = () => undefined;

/** How many steps a value is followed from name to name. */
const MAX_STEPS = 4;

/** Imported with `*`, but no module of the project's settings. */
const FOREIGN_STAR = /^(?:django\.conf\.global_settings|os|sys|pathlib|datetime|typing)\b/;

/** Effective values of the named settings at the end of the module. */
export function effectiveSettings(
  module: PythonModule,
  names: readonly string[],
  readInherited: ReadInherited = readNothing,
): ReadonlyMap<string, Effective> {
  const written = names.filter((name) => module.text.includes(name));
  const state: State = new Map();
  if (written.length > 0) {
    runStatements(module.syntaxMentioning(written), state, {
      names: new Set(written),
      scope: moduleScope(module),
    });
  }
  return new Map(
    names.map((name) => {
      const inherited = inheritedByModule(module, name, readInherited);
      return [name, orInherited(state.get(name) ?? [], inherited)];
    }),
  );
}

/** Where a path through the module sets nothing, what it inherits holds. */
export function orInherited(own: Effective, inherited: Effective): Effective {
  if (own.length === 0) return inherited;
  return own.flatMap((one) =>
    inherited.map((fallback) => {
      const value = replaceUnset(one.value, fallback.value);
      return value === one.value ? one : { ...one, value, span: one.span ?? fallback.span };
    }),
  );
}

/** The modules a module takes all names from, latest first: what it leaves open, they decide. */
export function starImports(module: PythonModule): readonly string[] {
  const included = [...module.text.matchAll(/^[ \t]*include\(\s*["']([^"'\n]+)["']/gm)];
  const imported = /import[ \t(]*\*/.test(module.text) ? module.imports.stars : [];
  const stars = imported.filter((star) => !FOREIGN_STAR.test(star));
  return [...stars, ...included.map((match) => match[1] ?? "")].reverse();
}

function inheritedByModule(
  module: PythonModule,
  name: string,
  readInherited: ReadInherited,
): Effective {
  const stars = starImports(module);
  for (const from of stars) {
    const found = readInherited(from, name);
    if (found !== undefined) return found;
  }
  const [from] = stars;
  return [{ value: from === undefined ? UNSET : { kind: "inherited", from }, span: undefined }];
}

/** Names as the top level of the module sees them. */
export function moduleScope(module: PythonModule, step = 0): Scope {
  return {
    resolve: (dotted) => module.imports.resolve(dotted),
    lookup: (name) => (step < MAX_STEPS ? lookUp(module, name, step + 1) : UNKNOWN),
    assigned: (name) => firstAssigned(assigning(module, name), name),
  };
}

function lookUp(module: PythonModule, name: string, step: number): AbstractValue {
  const statements = assigning(module, name);
  if (statements.length === 0) return UNKNOWN;
  const state: State = new Map();
  runStatements(statements, state, { names: new Set([name]), scope: moduleScope(module, step) });
  return oneValue(state.get(name) ?? []);
}

/** Top-level statements that hold `name =`; told from their text, so that few are parsed. */
function assigning(module: PythonModule, name: string): readonly Statement[] {
  if (!/^\w+$/.test(name)) return [];
  const pattern = new RegExp(`(?:^|[^\\w.])${name}[ \\t]*(?::[^=\\n]*)?=(?!=)`);
  return module.statements
    .filter(({ span, keyword }) => {
      if (keyword === "def" || keyword === "class" || keyword === "async") return false;
      return pattern.test(module.text.slice(span.start, span.end));
    })
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
