import type { ImportTable } from "../syntax/module.js";
import type { Import, ImportFrom, Statement } from "../syntax/syntax.js";
import type { ImportFact } from "./read-imports.js";

interface Draft {
  readonly names: Map<string, string>;
  readonly modules: string[];
  readonly stars: string[];
}

/**
 * What the import statements among `statements` bind: those that run where they stand, also inside
 * `if`, `try` and `with`, not those of nested functions and classes. A later binding wins, except
 * that the fallback of an `except ImportError` never replaces the name it stands in for.
 */
export function importTable(statements: readonly (Statement | ImportFact)[]): ImportTable {
  const draft: Draft = { names: new Map(), modules: [], stars: [] };
  collect(statements, draft, false);
  const { names, modules, stars } = draft;
  return {
    modules,
    stars,
    resolve: (dotted) => {
      const dot = dotted.indexOf(".");
      const target = names.get(dot === -1 ? dotted : dotted.slice(0, dot));
      if (target === undefined) return undefined;
      return dot === -1 ? target : target + dotted.slice(dot);
    },
  };
}

function collect(
  statements: readonly (Statement | ImportFact)[],
  draft: Draft,
  fallback: boolean,
): void {
  for (const statement of statements) {
    switch (statement.kind) {
      case "import":
        addImport(statement, draft, fallback);
        break;
      case "import-from":
        addImportFrom(statement, draft, fallback);
        break;
      case "if":
        for (const branch of statement.branches) collect(branch.body, draft, fallback);
        collect(statement.orelse ?? [], draft, fallback);
        break;
      case "try":
        collect(statement.body, draft, fallback);
        for (const handler of statement.handlers) collect(handler.body, draft, true);
        collect(statement.orelse ?? [], draft, fallback);
        collect(statement.final ?? [], draft, fallback);
        break;
      case "with":
        collect(statement.body, draft, fallback);
        break;
    }
  }
}

function addImport(statement: Pick<Import, "names">, draft: Draft, fallback: boolean): void {
  for (const { name, alias } of statement.names) {
    draft.modules.push(name);
    const root = name.split(".", 1)[0] ?? name;
    bind(draft, alias ?? root, alias === undefined ? root : name, fallback);
  }
}

function addImportFrom(
  statement: Pick<ImportFrom, "level" | "module" | "names">,
  draft: Draft,
  fallback: boolean,
): void {
  const module = ".".repeat(statement.level) + statement.module;
  draft.modules.push(module);
  if (statement.names === "*") {
    draft.stars.push(module);
    return;
  }
  const prefix = module.endsWith(".") ? module : `${module}.`;
  for (const { name, alias } of statement.names) {
    bind(draft, alias ?? name, prefix + name, fallback);
  }
}

function bind(draft: Draft, name: string, target: string, fallback: boolean): void {
  if (!fallback || !draft.names.has(name)) draft.names.set(name, target);
}

/** Whether the text of a top-level statement can hold imports that bind at the top level. */
export function mayImport(keyword: string | undefined, text: string): boolean {
  if (keyword === "import" || keyword === "from") return true;
  if (keyword === "def" || keyword === "class") return false;
  const block = keyword === "if" || keyword === "try" || keyword === "with";
  return (block || text.includes(";")) && /\bimport\b/.test(text);
}
