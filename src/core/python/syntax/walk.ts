import { once } from "./once.js";
import type { Argument, Call, Expression, Parameter, Statement } from "./syntax.js";

/** The statement lists inside a statement, in source order; empty for a simple one. */
export function blocksOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case "function":
    case "class":
    case "with":
      return [statement.body];
    case "if":
      return withElse(
        statement.branches.map((branch) => branch.body),
        statement.orelse,
      );
    case "for":
    case "while":
      return withElse([statement.body], statement.orelse);
    case "try":
      return withElse(
        withElse(
          [statement.body, ...statement.handlers.map((handler) => handler.body)],
          statement.orelse,
        ),
        statement.final,
      );
    case "match":
      return statement.cases.map((one) => one.body);
    default:
      return [];
  }
}

function withElse(
  blocks: readonly (readonly Statement[])[],
  last: readonly Statement[] | undefined,
): readonly (readonly Statement[])[] {
  return last === undefined ? blocks : [...blocks, last];
}

/**
 * Every statement, outer before inner and in source order. `descend` says whether the blocks of a
 * statement are walked too (default: all of them; pass `isNotScope` to stay in one function: that
 * walk is made once for each list, since every rule makes it). Blocks nest no deeper than the tree
 * that was read (raw-tree.ts).
 */
export function walkStatements(
  statements: readonly Statement[],
  descend: (statement: Statement) => boolean = always,
): readonly Statement[] {
  return descend === isNotScope
    ? ownStatements(statements)
    : collectStatements(statements, descend);
}

const ownStatements = once((statements: readonly Statement[]) =>
  collectStatements(statements, isNotScope),
);

function collectStatements(
  statements: readonly Statement[],
  descend: (statement: Statement) => boolean,
): readonly Statement[] {
  const found: Statement[] = [];
  const add = (block: readonly Statement[]): void => {
    for (const statement of block) {
      if (isAside(statement)) continue;
      found.push(statement);
      if (descend(statement)) for (const inner of blocksOf(statement)) add(inner);
    }
  };
  add(statements);
  return found;
}

/** A statement and the dotted name of the functions and classes around it; empty at the top level. */
export interface SymbolStatement {
  readonly statement: Statement;
  readonly symbol: string;
}

/** Every statement with its enclosing symbol. A `def` itself stands in the symbol around it. */
export function walkSymbols(statements: readonly Statement[]): readonly SymbolStatement[] {
  const found: SymbolStatement[] = [];
  const add = (block: readonly Statement[], symbol: string): void => {
    for (const statement of block) {
      if (isAside(statement)) continue;
      found.push({ statement, symbol });
      const inner = isScope(statement) ? join(symbol, statement.name) : symbol;
      for (const one of blocksOf(statement)) add(one, inner);
    }
  };
  add(statements, "");
  return found;
}

function isAside(statement: Statement): boolean {
  return statement.kind === "function" && statement.aside === true;
}

function join(symbol: string, name: string): string {
  return symbol === "" ? name : `${symbol}.${name}`;
}

function always(): boolean {
  return true;
}

function isScope(
  statement: Statement,
): statement is Extract<Statement, { kind: "function" | "class" }> {
  return statement.kind === "function" || statement.kind === "class";
}

/** For `descend`: the bodies of nested functions and classes do not run where they stand. */
export function isNotScope(statement: Statement): boolean {
  return !isScope(statement);
}

/** The expressions a statement holds itself, in source order, without those of its blocks. */
export function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case "expression":
      return [statement.value];
    case "assignment":
      return present([...statement.targets, statement.annotation, statement.value]);
    case "augmented-assignment":
      return [statement.target, statement.value];
    case "delete":
      return statement.targets;
    case "return":
    case "raise":
      return present([statement.value]);
    case "assert":
      return [statement.test];
    case "if":
      return statement.branches.map((branch) => branch.test);
    case "for":
    case "while":
      return present([statement.target, statement.subject]);
    case "try":
      return present(statement.handlers.map((handler) => handler.type));
    case "with":
      return present(statement.items.flatMap((item) => [item.context, item.target]));
    case "match":
      return [statement.subject];
    case "function":
      return present([
        ...statement.decorators,
        ...parameterExpressions(statement.parameters),
        statement.returns,
      ]);
    case "class":
      return [...statement.decorators, ...statement.bases.map((base) => base.value)];
    default:
      return [];
  }
}

/** The expressions directly inside an expression, in source order. */
export function childExpressions(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "string":
      return expression.parts.filter((part) => typeof part !== "string");
    case "attribute":
      return [expression.object];
    case "subscript":
      return [expression.object, ...expression.indices];
    case "call":
      return [expression.callee, ...expression.args.map((arg) => arg.value)];
    case "unary":
      return [expression.operand];
    case "binary":
    case "boolean":
      return [expression.left, expression.right];
    case "comparison":
      return expression.operands;
    case "conditional":
      return [expression.body, expression.test, expression.orelse];
    case "list":
    case "tuple":
    case "set":
      return expression.items;
    case "dictionary":
      return present(expression.entries.flatMap((entry) => [entry.key, entry.value]));
    case "lambda":
      return present([...parameterExpressions(expression.parameters), expression.body]);
    case "await":
    case "starred":
      return [expression.value];
    case "walrus":
      return [expression.target, expression.value];
    case "other":
      return expression.children;
    default:
      return [];
  }
}

function parameterExpressions(parameters: readonly Parameter[]): (Expression | undefined)[] {
  return parameters.flatMap((parameter) => [parameter.annotation, parameter.default]);
}

function present(expressions: readonly (Expression | undefined)[]): readonly Expression[] {
  return expressions.filter((expression) => expression !== undefined);
}

/** The expression and everything inside it, outer before inner and in source order. */
export function walkExpressions(
  expression: Expression,
  descend: (expression: Expression) => boolean = always,
): readonly Expression[] {
  const found: Expression[] = [];
  addExpressions(expression, descend, found);
  return found;
}

function addExpressions(
  expression: Expression,
  descend: (expression: Expression) => boolean,
  found: Expression[],
): void {
  const stack = [expression];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    found.push(top);
    if (!descend(top)) continue;
    const children = childExpressions(top);
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i];
      if (child !== undefined) stack.push(child);
    }
  }
}

/** Every expression of the statements and of all blocks inside, in source order of the statements. */
export function walkAllExpressions(
  statements: readonly Statement[],
  descend: (statement: Statement) => boolean = always,
): readonly Expression[] {
  return descend === isNotScope
    ? ownExpressions(statements)
    : collectExpressions(walkStatements(statements, descend));
}

const ownExpressions = once((statements: readonly Statement[]) =>
  collectExpressions(ownStatements(statements)),
);

function collectExpressions(statements: readonly Statement[]): readonly Expression[] {
  const found: Expression[] = [];
  for (const statement of statements) {
    for (const expression of expressionsOf(statement)) addExpressions(expression, always, found);
  }
  return found;
}

/** `request.session.cycle_key` of a name or a chain of attributes on a name; undefined otherwise. */
export function dottedName(expression: Expression): string | undefined {
  const names: string[] = [];
  let at = expression;
  while (at.kind === "attribute") {
    names.push(at.name);
    at = at.object;
  }
  return at.kind === "name" ? [at.id, ...names.reverse()].join(".") : undefined;
}

/** Dotted name of what is called; undefined when that is not a dotted name. */
export function calleeName(call: Call): string | undefined {
  return dottedName(call.callee);
}

/** The argument given by keyword, or by position (0-based) when every one before it is positional. */
export function findArgument(
  call: Call,
  name: string | undefined,
  position?: number,
): Argument | undefined {
  const named = call.args.find((arg) => name !== undefined && arg.name === name);
  if (named !== undefined || position === undefined) return named;
  const before = call.args.slice(0, position + 1);
  const plain = before.every((arg) => arg.name === undefined && arg.unpack === undefined);
  return plain ? before[position] : undefined;
}
