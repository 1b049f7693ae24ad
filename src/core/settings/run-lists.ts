import type { Span } from "../model/source.js";
import type { Call, Expression, If, Statement } from "../python/syntax.js";
import { walkAllExpressions, walkStatements } from "../python/walk.js";
import { holdsInProduction, type ListReader, readElement, readList } from "./list-expression.js";
import {
  EMPTY_LIST,
  either,
  joinAll,
  type ListAlternatives,
  type ListElement,
  type ListValue,
  unknownList,
  withElement,
  withoutText,
  withUnknown,
} from "./list-value.js";

/** The lists that the names of a module or a class hold so far. */
export type ListState = Map<string, ListAlternatives>;

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
        if (isConstantName(alias ?? name)) state.set(alias ?? name, unknownList(from));
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

function isConstantName(name: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(name);
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

function update(
  name: string,
  state: ListState,
  reader: ListReader,
  change: (list: ListValue) => ListValue,
): void {
  const before = state.get(name) ?? reader.list(name) ?? unknownList(name);
  state.set(name, before.map(change));
}

/** `MIDDLEWARE[2] = "..."`, `MIDDLEWARE[MIDDLEWARE.index("...")] = "..."` */
function replaceAt(
  list: ListValue,
  target: Extract<Expression, { kind: "subscript" }>,
  value: Expression,
  reader: ListReader,
): ListValue {
  const index = indexOf(target.indices[0], list);
  const element = elementOf(value, reader);
  if (index === undefined || element === undefined || list.elements[index] === undefined) {
    return withUnknown(list, textAt(target.span, reader));
  }
  return { ...list, elements: list.elements.toSpliced(index, 1, element) };
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

/** `NAME.append(x)` and its like; any other call of a method may do anything to the list. */
function mutate(call: Call, state: ListState, reader: ListReader): void {
  const { callee, args } = call;
  if (callee.kind !== "attribute" || callee.object.kind !== "name") return;
  const name = callee.object.id;
  if (!isConstantName(name) && !state.has(name)) return;
  const source = textAt(call.span, reader);
  const change = (one: (list: ListValue) => ListValue) => update(name, state, reader, one);
  const value = args.at(-1)?.value;
  switch (callee.name) {
    case "append":
      if (value) add(name, readElement(value, reader), state, reader);
      return;
    case "extend":
      if (value) add(name, readList(value, reader), state, reader);
      return;
    case "insert":
      change((list) => insert(list, call, reader));
      return;
    case "remove": {
      const taken = value && elementOf(value, reader);
      change((list) =>
        taken ? withoutText(list, taken.text, call.span) : withUnknown(list, source),
      );
      return;
    }
    case "clear":
      change((list) => ({ ...EMPTY_LIST, removed: list.removed }));
      return;
    case "pop":
      change((list) => popped(list, call, reader));
      return;
    case "reverse":
    case "sort":
      change((list) => ({ ...list, ordered: false }));
      return;
    default:
  }
}

function add(name: string, added: ListAlternatives, state: ListState, reader: ListReader): void {
  const before = state.get(name) ?? reader.list(name) ?? unknownList(name);
  state.set(name, joinAll(before, added));
}

function insert(list: ListValue, call: Call, reader: ListReader): ListValue {
  const [at, what] = call.args;
  const element = what && elementOf(what.value, reader);
  if (element === undefined) return withUnknown(list, textAt(call.span, reader));
  return withElement(list, element, indexOf(at?.value, list));
}

function popped(list: ListValue, call: Call, reader: ListReader): ListValue {
  const index = call.args.length === 0 ? -1 : indexOf(call.args[0]?.value, list);
  const element = index === undefined ? undefined : list.elements.at(index);
  if (element === undefined || list.unknown.length > 0) {
    return withUnknown(list, textAt(call.span, reader));
  }
  return withoutText(list, element.text, call.span);
}

/** An index that the text tells: a number, `NAME.index("...")`, or one of them plus a number. */
function indexOf(expression: Expression | undefined, list: ListValue): number | undefined {
  if (expression === undefined) return undefined;
  if (expression.kind === "number") return expression.value;
  if (expression.kind === "unary" && expression.operator === "-") {
    const inner = indexOf(expression.operand, list);
    return inner === undefined ? undefined : -inner;
  }
  if (expression.kind === "binary" && /^[-+]$/.test(expression.operator)) {
    const left = indexOf(expression.left, list);
    const right = indexOf(expression.right, list);
    if (left === undefined || right === undefined) return undefined;
    return expression.operator === "+" ? left + right : left - right;
  }
  if (expression.kind !== "call" || expression.callee.kind !== "attribute") return undefined;
  const [sought] = expression.args;
  if (expression.callee.name !== "index" || sought?.value.kind !== "string") return undefined;
  const { value } = sought.value;
  const index = list.elements.findIndex((element) => element.text === value);
  return index === -1 ? undefined : index;
}

function elementOf(value: Expression, reader: ListReader): ListElement | undefined {
  const [only] = readElement(value, reader);
  return only?.elements[0];
}

function forget(target: Expression, span: Span, state: ListState, reader: ListReader): void {
  if (target.kind === "name") {
    state.delete(target.id);
    return;
  }
  if (target.kind !== "subscript" || target.object.kind !== "name") return;
  update(target.object.id, state, reader, (list) => {
    const index = indexOf(target.indices[0], list);
    const element = index === undefined ? undefined : list.elements.at(index);
    return element
      ? withoutText(list, element.text, span)
      : withUnknown(list, textAt(span, reader));
  });
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

function textAt({ start, end }: Span, { text }: ListReader): string {
  return text.slice(start, end);
}
