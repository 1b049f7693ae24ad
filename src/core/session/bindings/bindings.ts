import type { Span } from "../../model/source.js";
import { once } from "../../python/syntax/once.js";
import type { Expression, Statement } from "../../python/syntax/syntax.js";
import {
  expressionsOf,
  isNotScope,
  walkExpressions,
  walkStatements,
} from "../../python/syntax/walk.js";

/** One value that a name is given in a function. `value` is undefined when it is not an expression of ours. */
export interface Binding {
  readonly span: Span;
  readonly value: Expression | undefined;
  /** What a `for` walks through, when the name is its target. */
  readonly each?: Expression;
  /** The same, when it is one of several targets. */
  readonly eachOf?: { readonly subject: Expression; readonly index: number };
}

/** Most scopes are never asked for their names, and those of one body are the same for all who ask. */
export const bindingsIn = once(
  (body: readonly Statement[]): ReadonlyMap<string, readonly Binding[]> => {
    const bindings = new Map<string, Binding[]>();
    for (const statement of walkStatements(body, isNotScope)) bindStatement(statement, bindings);
    return bindings;
  },
);

export const importedIn = once((body: readonly Statement[]): ReadonlyMap<string, string> => {
  const imported = new Map<string, string>();
  for (const statement of walkStatements(body, isNotScope)) importStatement(statement, imported);
  return imported;
});

function bindStatement(statement: Statement, bindings: Map<string, Binding[]>): void {
  const { span } = statement;
  switch (statement.kind) {
    case "assignment":
      for (const target of statement.targets) bindTarget(target, statement.value, span, bindings);
      break;
    case "augmented-assignment":
      bindTarget(statement.target, undefined, span, bindings);
      break;
    case "for":
      bindEach(statement.target, statement.subject, span, bindings);
      break;
    case "with":
      for (const item of statement.items) {
        if (item.target !== undefined) bindTarget(item.target, item.context, span, bindings);
      }
      break;
  }
  for (const expression of expressionsOf(statement)) {
    for (const inner of walkExpressions(expression)) {
      if (inner.kind === "walrus")
        bind(inner.target.id, { span: inner.span, value: inner.value }, bindings);
    }
  }
}

function bindTarget(
  target: Expression,
  value: Expression | undefined,
  span: Span,
  bindings: Map<string, Binding[]>,
): void {
  if (target.kind === "name") {
    bind(target.id, { span, value }, bindings);
    return;
  }
  if (target.kind !== "tuple" && target.kind !== "list") return;
  const values = value?.kind === "tuple" || value?.kind === "list" ? value.items : [];
  const parallel = values.length === target.items.length;
  target.items.forEach((item, i) => {
    if (item.kind === "name") {
      bind(item.id, { span, value: parallel ? values[i] : undefined }, bindings);
    }
  });
}

function bindEach(
  target: Expression | undefined,
  subject: Expression,
  span: Span,
  bindings: Map<string, Binding[]>,
): void {
  if (target?.kind === "name") bind(target.id, { span, value: undefined, each: subject }, bindings);
  else if (target?.kind === "tuple" || target?.kind === "list") {
    target.items.forEach((item, index) => {
      if (item.kind !== "name") return;
      bind(item.id, { span, value: undefined, eachOf: { subject, index } }, bindings);
    });
  }
}

function bind(name: string, binding: Binding, bindings: Map<string, Binding[]>): void {
  const known = bindings.get(name);
  if (known === undefined) bindings.set(name, [binding]);
  else known.push(binding);
}

function importStatement(statement: Statement, imported: Map<string, string>): void {
  if (statement.kind === "import-from" && statement.names !== "*") {
    const from = ".".repeat(statement.level) + statement.module;
    const dot = statement.module === "" ? "" : ".";
    for (const { name, alias } of statement.names)
      imported.set(alias ?? name, `${from}${dot}${name}`);
  }
  if (statement.kind === "import") {
    for (const { name, alias } of statement.names) {
      const root = name.split(".")[0] ?? name;
      if (alias === undefined) imported.set(root, root);
      else imported.set(alias, name);
    }
  }
}
