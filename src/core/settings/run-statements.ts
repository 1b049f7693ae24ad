import type { Span } from "../model/source.js";
import type { Expression, If, ImportFrom, Loop, Statement, Try } from "../python/syntax.js";
import { type Alternative, type Effective, oneValue } from "./alternative.js";
import { evaluate } from "./evaluate.js";
import { mergeBranches } from "./merge-branches.js";
import { writesTo } from "./namespace-writes.js";
import { testInProduction } from "./production-test.js";
import { operate } from "./python-functions.js";
import type { Scope } from "./scope.js";
import { type ReadInherited, takeOver } from "./take-over.js";
import { type AbstractValue, isTruthy, map2, UNKNOWN, UNSET } from "./value.js";

/** What the names of interest hold so far; a name that is absent was not written. */
export type State = Map<string, Effective>;

export interface Run {
  /** Names of interest. */
  readonly names: ReadonlySet<string>;
  readonly scope: Scope;
  /** What is taken from other modules; without it nothing is. */
  readonly readInherited?: ReadInherited;
  /** Class whose body this is. */
  readonly owner?: string;
  readonly depth?: number;
}

/** Deeper blocks than any settings file has. */
const MAX_DEPTH = 30;
/** A `for` over a literal list is run item by item, up to here. */
const MAX_ITEMS = 50;

/** Runs statements in order and leaves in `state` what the names of interest can hold afterwards. */
export function runStatements(statements: readonly Statement[], state: State, run: Run): void {
  const depth = (run.depth ?? 0) + 1;
  if (depth > MAX_DEPTH) return;
  const here: Run = { ...run, depth, scope: seeing(state, run.scope) };
  for (const statement of statements) runStatement(statement, state, here);
}

/** The names written so far come before those of the module. */
function seeing(state: State, outer: Scope): Scope {
  return {
    ...outer,
    lookup: (name) => {
      const written = state.get(name);
      return written === undefined ? outer.lookup(name) : oneValue(written);
    },
  };
}

function runStatement(statement: Statement, state: State, run: Run): void {
  switch (statement.kind) {
    case "assignment":
      if (statement.value === undefined) return;
      for (const target of statement.targets) {
        assign(target, statement.value, statement.span, state, run);
      }
      return;
    case "augmented-assignment":
      augment(statement.target, statement.operator, statement.value, statement.span, state, run);
      return;
    case "delete":
      for (const target of statement.targets) {
        if (target.kind === "name" && run.names.has(target.id)) {
          state.set(target.id, [{ value: UNSET, span: undefined }]);
        }
      }
      return;
    case "expression":
      runExpression(statement.value, statement.span, state, run);
      return;
    case "if":
      runIf(statement, state, run);
      return;
    case "for":
      runFor(statement, state, run);
      return;
    case "while":
      mergeBranches(state, [branch(statement.body, state, run), new Map(state)]);
      return;
    case "try":
      runTry(statement, state, run);
      return;
    case "with":
      runStatements(statement.body, state, run);
      return;
    case "match":
      mergeBranches(state, [
        ...statement.cases.map((one) => branch(one.body, state, run)),
        ...(statement.cases.some((one) => one.pattern.trim() === "_") ? [] : [new Map(state)]),
      ]);
      return;
    case "function":
      runProperty(statement, state, run);
      return;
    case "import-from":
      runImport(statement, state, run);
      return;
    default:
  }
}

function runImport(statement: ImportFrom, state: State, run: Run): void {
  const from = ".".repeat(statement.level) + statement.module;
  if (statement.names === "*") {
    for (const name of run.names) {
      takeOver(name, run.readInherited?.imported(from, name, statement.span), state);
    }
    return;
  }
  for (const { name, alias } of statement.names) {
    if (!run.names.has(alias ?? name)) continue;
    const found = run.readInherited?.imported(from, name, statement.span) ?? [];
    const value = found.length > 0 ? oneValue(found) : UNKNOWN;
    const known = value.kind === "unknown" ? ({ kind: "inherited", from } as const) : value;
    write(alias ?? name, known, statement.span, state, run);
  }
}

function branch(body: readonly Statement[], state: State, run: Run): State {
  const copy: State = new Map(state);
  runStatements(body, copy, run);
  return copy;
}

function write(name: string, value: AbstractValue, span: Span, state: State, run: Run): void {
  if (!run.names.has(name)) return;
  const alternative: Alternative = run.owner ? { value, span, owner: run.owner } : { value, span };
  state.set(name, [alternative]);
}

function assign(target: Expression, value: Expression, span: Span, state: State, run: Run): void {
  if (target.kind === "name") {
    if (run.names.has(target.id)) write(target.id, evaluate(value, run.scope), span, state, run);
    if (value.kind === "walrus") assign(value.target, value.value, span, state, run);
    return;
  }
  if (target.kind === "tuple" || target.kind === "list") {
    const values = value.kind === "tuple" || value.kind === "list" ? value.items : [];
    const paired = values.length === target.items.length && !values.some(isStarred);
    target.items.forEach((item, index) => {
      const one = paired ? values[index] : undefined;
      if (one) assign(item, one, span, state, run);
      else if (item.kind === "name") write(item.id, UNKNOWN, span, state, run);
    });
    return;
  }
  if (target.kind === "subscript") {
    const [index] = target.indices;
    if (index === undefined || !isNamespace(target.object)) return;
    const name = evaluate(index, run.scope);
    if (name.kind === "literal" && typeof name.value === "string" && run.names.has(name.value)) {
      write(name.value, evaluate(value, run.scope), span, state, run);
    }
  }
}

function isStarred(expression: Expression): boolean {
  return expression.kind === "starred";
}

/** `globals()`, `vars()`, `locals()`: the module's own names. */
function isNamespace(expression: Expression): boolean {
  return (
    expression.kind === "call" &&
    expression.args.length === 0 &&
    expression.callee.kind === "name" &&
    /^(?:globals|vars|locals)$/.test(expression.callee.id)
  );
}

function augment(
  target: Expression,
  operator: string,
  value: Expression,
  span: Span,
  state: State,
  run: Run,
): void {
  if (target.kind !== "name" || !run.names.has(target.id)) return;
  const computed = map2(run.scope.lookup(target.id), evaluate(value, run.scope), (a, b) =>
    operate(operator.slice(0, -1), a, b),
  );
  write(target.id, computed, span, state, run);
}

function runExpression(expression: Expression, span: Span, state: State, run: Run): void {
  if (expression.kind === "walrus") {
    assign(expression.target, expression.value, span, state, run);
    return;
  }
  if (expression.kind !== "call") return;
  for (const name of run.readInherited ? run.names : []) {
    takeOver(name, run.readInherited?.included(expression, name, span, run.scope), state);
  }
  for (const [name, value] of writesTo(expression, isNamespace)) {
    write(name, value ? evaluate(value, run.scope) : UNKNOWN, span, state, run);
  }
}

/** `if DEBUG:` is no production, `else:` is; of a test that says nothing, both sides are kept. */
function runIf(statement: If, state: State, run: Run): void {
  const before: State = new Map(state);
  const reached: State[] = [];
  const skipped: State[] = [];
  let condition: "production" | "environment" | undefined;
  let open = true;
  for (const { test, body } of statement.branches) {
    const verdict = open ? judgeTest(test, run) : { holds: false };
    condition ??= verdict.on;
    const after = branch(body, before, run);
    (verdict.holds === false ? skipped : reached).push(after);
    if (verdict.holds === true) open = false;
  }
  const otherwise = statement.orelse ? branch(statement.orelse, before, run) : before;
  (open ? reached : skipped).push(otherwise);
  mergeBranches(state, reached, condition && { on: condition, skipped });
}

interface TestVerdict {
  /** Undefined when the text does not say. */
  readonly holds: boolean | undefined;
  readonly on?: "production" | "environment";
}

function judgeTest(test: Expression, run: Run): TestVerdict {
  const named = testInProduction(test);
  if (named !== undefined) return { holds: named, on: "production" };
  return judgeValue(evaluate(test, run.scope));
}

function judgeValue(value: AbstractValue): TestVerdict {
  switch (value.kind) {
    case "literal":
      return { holds: isTruthy(value.value) };
    case "conditional":
      return { holds: judgeValue(value.production).holds, on: "production" };
    case "environment":
      return value.unset === undefined
        ? { holds: undefined }
        : { holds: judgeValue(value.unset).holds, on: "environment" };
    default:
      return { holds: undefined };
  }
}

function runFor(statement: Loop, state: State, run: Run): void {
  const items = listItems(statement.subject);
  const { target } = statement;
  if (items === undefined || items.length > MAX_ITEMS || target === undefined) {
    const body = branch(statement.body, state, run);
    if (target?.kind === "name") write(target.id, UNKNOWN, statement.span, body, run);
    mergeBranches(state, [body, new Map(state)]);
    return;
  }
  for (const item of items) {
    assign(target, item, statement.span, state, run);
    const value = evaluate(item, run.scope);
    const scope: Scope = {
      ...run.scope,
      lookup: (name) =>
        target.kind === "name" && name === target.id ? value : run.scope.lookup(name),
    };
    runStatements(statement.body, state, { ...run, scope });
  }
}

function listItems(subject: Expression): readonly Expression[] | undefined {
  const isList = subject.kind === "list" || subject.kind === "tuple" || subject.kind === "set";
  return isList ? subject.items : undefined;
}

/** Either the body went through, or a handler ran in its place. */
function runTry(statement: Try, state: State, run: Run): void {
  const whole = branch([...statement.body, ...(statement.orelse ?? [])], state, run);
  const handled = statement.handlers
    .filter((handler) => !endsHere(handler.body))
    .map((handler) => branch(handler.body, state, run));
  mergeBranches(state, [whole, ...handled]);
  if (statement.final) runStatements(statement.final, state, run);
}

function endsHere(body: readonly Statement[]): boolean {
  return body.at(-1)?.kind === "raise";
}

/** `@property def NAME(self): return ...`, as django-configurations allows. */
function runProperty(
  statement: Extract<Statement, { kind: "function" }>,
  state: State,
  run: Run,
): void {
  if (!run.names.has(statement.name)) return;
  const only = statement.body.at(-1);
  const value = only?.kind === "return" && statement.body.length <= 2 ? only.value : undefined;
  const found = value ? evaluate(value, run.scope) : UNKNOWN;
  write(statement.name, found, statement.span, state, run);
}
