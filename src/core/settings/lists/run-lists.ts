import type { Span } from "../../model/source.js";
import type { Expression, If, Statement } from "../../python/syntax/syntax.js";
import { walkAllExpressions, walkStatements } from "../../python/syntax/walk.js";
import { holdsInProduction, readList } from "./list-expression.js";
import {
  forget,
  isConstantName,
  type ListState,
  mutate,
  replaceAt,
  textAt,
  update,
} from "./list-mutations.js";
import type { ListReader } from "./list-reader.js";
import { either, joinAll, unknownList, withUnknown } from "./list-value.js";

/** Deeper blocks than any settings file has. */
const MAX_DEPTH = 30;

/** Runs statements in order and leaves in `state` the lists that names hold afterwards. */
export function runLists(
  statements: readonly Statement[],
  state: ListState,
  reader: ListReader,
  depth = 0,
): void {
  if (depth > MAX_DEPTH) return;
  const seeing: ListReader = {
    ...reader,
    list: (name) => state.get(name) ?? reader.list(name),
  };
  for (const statement of statements) runStatement(statement, state, seeing, depth);
}

function runStatement(
  statement: Statement,
  state: ListState,
  reader: ListReader,
  depth: number,
): void {
  switch (statement.kind) {
    case "assignment":
      if (statement.value === undefined) return;
      for (const target of statement.targets) {
        assign(target, statement.value, statement.span, state, reader);
      }
      return;
    case "augmented-assignment":
      augment(statement.target, statement.operator, statement.value, state, reader);
      return;
    case "expression":
      if (statement.value.kind === "call") mutate(statement.value, state, reader);
      return;
    case "delete":
      for (const target of statement.targets) forget(target, statement.span, state, reader);
      return;
    case "import-from":
      if (statement.names === "*") return;
      for (const { name, alias } of statement.names) {
        const from = ".".repeat(statement.level) + statement.module;
        if (!isConstantName(alias ?? name)) continue;
        const found = reader.imported(from, name, statement.span);
        state.set(alias ?? name, found ?? unknownList(from));
      }
      return;
    case "if":
      runIf(statement, state, reader, depth);
      return;
    case "with":
      runLists(statement.body, state, reader, depth + 1);
      return;
    case "try": {
      const whole = branch([...statement.body, ...(statement.orelse ?? [])], state, reader, depth);
      const handled = statement.handlers
        .filter(({ body }) => body.at(-1)?.kind !== "raise")
        .map(({ body }) => branch(body, state, reader, depth));
      merge(state, [whole, ...handled]);
      if (statement.final) runLists(statement.final, state, reader, depth + 1);
      return;
    }
    case "for":
    case "while":
    case "match":
      blur(statement, state, reader);
      return;
    default:
  }
}

function assign(
  target: Expression,
  value: Expression,
  span: Span,
  state: ListState,
  reader: ListReader,
): void {
  if (target.kind === "name") {
    state.set(target.id, readList(value, reader));
    return;
  }
  if (target.kind === "subscript" && target.object.kind === "name") {
    update(target.object.id, state, reader, (list) => replaceAt(list, target, value, reader));
    return;
  }
  if (target.kind === "tuple" || target.kind === "list") {
    const values = value.kind === "tuple" || value.kind === "list" ? value.items : [];
    const paired = values.length === target.items.length;
    target.items.forEach((item, index) => {
      const one = paired ? values[index] : undefined;
      if (one) assign(item, one, span, state, reader);
      else if (item.kind === "name") state.set(item.id, unknownList(textAt(span, reader)));
    });
  }
}

function augment(
  target: Expression,
  operator: string,
  value: Expression,
  state: ListState,
  reader: ListReader,
): void {
  if (target.kind !== "name") return;
  const before = state.get(target.id) ?? reader.list(target.id) ?? unknownList(target.id);
  const added =
    operator === "+=" ? readList(value, reader) : unknownList(textAt(value.span, reader));
  state.set(target.id, joinAll(before, added));
}

function branch(
  body: readonly Statement[],
  state: ListState,
  reader: ListReader,
  depth: number,
): ListState {
  const copy: ListState = new Map(state);
  runLists(body, copy, reader, depth + 1);
  return copy;
}

/** What runs in development or in tests only is not run; of a test that says nothing, both sides are kept. */
function runIf(statement: If, state: ListState, reader: ListReader, depth: number): void {
  const before: ListState = new Map(state);
  const reached: ListState[] = [];
  let open = true;
  for (const { test, body } of statement.branches) {
    if (!open) break;
    const verdict = holdsInProduction(test, reader.scope);
    if (verdict === false) continue;
    reached.push(branch(body, before, reader, depth));
    if (verdict === true) open = false;
  }
  if (open) {
    reached.push(statement.orelse ? branch(statement.orelse, before, reader, depth) : before);
  }
  merge(state, reached);
}

function merge(state: ListState, branches: readonly ListState[]): void {
  const names = new Set(branches.flatMap((one) => [...one.keys()]));
  for (const name of names) {
    const before = state.get(name);
    if (before !== undefined && branches.every((one) => one.get(name) === before)) continue;
    const lists = branches.flatMap((one) => one.get(name) ?? []);
    if (lists.length > 0) state.set(name, either(lists));
  }
}

/** What a loop makes of the lists it names is not computed. */
function blur(statement: Statement, state: ListState, reader: ListReader): void {
  const source = textAt(statement.span, reader);
  const names = new Set<string>();
  for (const inner of walkStatements([statement])) {
    const targets = inner.kind === "assignment" ? inner.targets : [];
    for (const target of targets) if (target.kind === "name") names.add(target.id);
    if (inner.kind === "augmented-assignment" && inner.target.kind === "name") {
      names.add(inner.target.id);
    }
  }
  for (const expression of walkAllExpressions([statement])) {
    if (expression.kind !== "attribute" || expression.object.kind !== "name") continue;
    if (isConstantName(expression.object.id)) names.add(expression.object.id);
  }
  for (const name of names) {
    if (state.has(name) || isConstantName(name)) {
      update(name, state, reader, (list) => withUnknown(list, source));
    }
  }
}
