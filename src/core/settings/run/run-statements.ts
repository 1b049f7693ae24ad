import type { Span } from "../../model/source.js";
import type {
  Call,
  Expression,
  FunctionDefinition,
  If,
  ImportFrom,
  Loop,
  Match,
  Statement,
  Try,
} from "../../python/syntax/syntax.js";
import { expressionsOf, walkExpressions, walkStatements } from "../../python/syntax/walk.js";
import { evaluate } from "../evaluate/evaluate.js";
import { judgeTest } from "../evaluate/judge-test.js";
import { patternInProduction } from "../evaluate/production-test.js";
import type { Scope } from "../evaluate/scope.js";
import { UNKNOWN, UNSET } from "../evaluate/value.js";
import { type Effective, oneValue } from "./alternative.js";
import { boundBy, itemsOf } from "./loop-items.js";
import { mergeBranches } from "./merge-branches.js";
import { writesTo } from "./namespace-writes.js";
import type { Run, State } from "./run.js";
import { assign, augment, isNamespace, write, writeUnread } from "./run-assignments.js";
import { takeOver } from "./take-over.js";

/** Where values come from that a file may set which the module executes. */
export const EXECUTED_FILE = "the file that is executed";
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
  runWalruses(statement, state, run);
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
          write(target.id, UNSET, statement.span, state, run);
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
      for (const { target } of statement.items) {
        if (target?.kind === "name") write(target.id, UNKNOWN, statement.span, state, run);
      }
      runStatements(statement.body, state, run);
      return;
    case "match":
      runMatch(statement, state, run);
      return;
    case "function":
      runProperty(statement, state, run);
      runGlobals(statement, state, run);
      return;
    case "import-from":
      runImport(statement, state, run);
      return;
    default:
  }
}

/** `print(NAME := value)` binds as an assignment does, wherever it stands. */
function runWalruses(statement: Statement, state: State, run: Run): void {
  for (const expression of expressionsOf(statement)) {
    for (const one of walkExpressions(expression)) {
      if (one.kind === "walrus") assign(one.target, one.value, statement.span, state, run);
    }
  }
}

/** A case that names an environment is judged by it; what no case catches is another environment. */
function runMatch({ cases, span }: Match, state: State, run: Run): void {
  const names = cases.map(({ pattern }) => patternInProduction(pattern));
  const served = names.includes(true);
  const catchesAll = (pattern: string) => /^(?:_|[a-z]\w*)$/.test(pattern.trim());
  const [reached, skipped]: [State[], State[]] = [[], []];
  cases.forEach((one, index) => {
    const isSkipped = names[index] === false || (served && catchesAll(one.pattern));
    (isSkipped ? skipped : reached).push(runCase(one, span, state, run));
  });
  if (!cases.some(({ pattern }) => catchesAll(pattern))) {
    (served ? skipped : reached).push(new Map(state));
  }
  const isNamed = names.some((one) => one !== undefined);
  mergeBranches(state, reached, isNamed ? { on: "production", skipped } : undefined);
}

/** The names in the pattern of a case are bound to what nobody knows. */
function runCase(one: Match["cases"][number], span: Span, state: State, run: Run): State {
  const bound: State = new Map(state);
  for (const [name] of one.pattern.matchAll(/\w+/g)) write(name, UNKNOWN, span, bound, run);
  return branch(one.body, bound, run);
}

/** A function with a `global` statement may write any name that it assigns. */
function runGlobals(statement: FunctionDefinition, state: State, run: Run): void {
  const inside = [...walkStatements(statement.body)];
  if (!inside.some(({ kind }) => kind === "scope")) return;
  for (const inner of inside) {
    if (inner.kind !== "assignment") continue;
    for (const target of inner.targets) {
      if (target.kind === "name") write(target.id, UNKNOWN, inner.span, state, run);
    }
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

function runExpression(expression: Expression, span: Span, state: State, run: Run): void {
  if (expression.kind !== "call") return;
  if (expression.callee.kind === "name" && /^exec(?:file)?$/.test(expression.callee.id)) {
    runExec(expression, span, state, run);
    return;
  }
  for (const name of run.readInherited ? run.names : []) {
    takeOver(name, run.readInherited?.included(expression, name, span, run.scope), state);
  }
  const { named, others } = writesTo(expression, isNamespace, run.scope);
  if (others) writeUnread(expression, span, state, run);
  for (const one of named) {
    const value = one.value ? evaluate(one.value, run.scope) : UNKNOWN;
    write(one.name, value, one.span ?? span, state, run);
  }
}

/**
 * A file that is executed is like one from which all names are imported, and is not at hand. Other text
 * is not followed: the names that it mentions, or all if it is computed, become unknown.
 */
function runExec(call: Call, span: Span, state: State, run: Run): void {
  const source = call.args[0]?.value;
  if (source === undefined) return;
  if (executesFile(call, source, run.scope)) {
    const said: Effective = [
      { value: { kind: "inherited", from: EXECUTED_FILE }, span: undefined },
    ];
    for (const name of run.names) takeOver(name, said, state);
    return;
  }
  const text = source.kind === "string" ? source.value : undefined;
  for (const name of run.names) {
    if (text === undefined ? state.has(name) : text.includes(name)) {
      write(name, UNKNOWN, span, state, run);
    }
  }
}

/** Whether what is executed is read from a file, here or by the assignment of its name. */
function executesFile({ callee }: Call, source: Expression, scope: Scope): boolean {
  if (callee.kind === "name" && callee.id === "execfile") return true;
  const parts = [...walkExpressions(source)];
  const assigned = parts.flatMap((one) =>
    one.kind === "name" ? [...walkExpressions(scope.assigned(one.id) ?? one)] : [],
  );
  return [...parts, ...assigned].some(
    (one) =>
      one.kind === "call" &&
      one.callee.kind === "attribute" &&
      /^read(?:_text|_bytes)?$/.test(one.callee.name),
  );
}

/** `if DEBUG:` is no production, `else:` is; of a test that says nothing, both sides are kept. */
function runIf(statement: If, state: State, run: Run): void {
  const before: State = new Map(state);
  const reached: State[] = [];
  const skipped: State[] = [];
  let condition: "production" | "environment" | undefined;
  let open = true;
  for (const { test, body } of statement.branches) {
    const verdict = open ? judgeTest(test, run.scope) : { holds: false };
    condition ??= verdict.on;
    const after = branch(body, before, run);
    (verdict.holds === false ? skipped : reached).push(after);
    if (verdict.holds === true) open = false;
  }
  const otherwise = statement.orelse ? branch(statement.orelse, before, run) : before;
  (open ? reached : skipped).push(otherwise);
  mergeBranches(state, reached, condition && { on: condition, skipped });
}

function runFor(statement: Loop, state: State, run: Run): void {
  const items = itemsOf(statement.subject, run.scope);
  const { target } = statement;
  if (items === undefined || items.length > MAX_ITEMS || target === undefined) {
    const body = branch(statement.body, state, run);
    if (target?.kind === "name") write(target.id, UNKNOWN, statement.span, body, run);
    mergeBranches(state, [body, new Map(state)]);
    return;
  }
  for (const item of items) {
    assign(target, item, statement.span, state, run);
    const bound = boundBy(target, item);
    const scope: Scope = {
      ...run.scope,
      lookup: (name) => {
        const value = bound.get(name);
        return value === undefined ? run.scope.lookup(name) : evaluate(value, run.scope);
      },
    };
    runStatements(statement.body, state, { ...run, scope });
  }
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
