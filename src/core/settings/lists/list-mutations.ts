import type { Span } from "../../model/source.js";
import type { Call, Expression } from "../../python/syntax/syntax.js";
import { readElement, readList } from "./list-expression.js";
import type { ListReader } from "./list-reader.js";
import {
  EMPTY_LIST,
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

/** As settings are called; a method of any other name is not taken for one of a list. */
export function isConstantName(name: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(name);
}

/** Changes each list that the name may hold. */
export function update(
  name: string,
  state: ListState,
  reader: ListReader,
  change: (list: ListValue) => ListValue,
): void {
  const before = state.get(name) ?? reader.list(name) ?? unknownList(name);
  state.set(name, before.map(change));
}

/** `MIDDLEWARE[2] = "..."`, `MIDDLEWARE[MIDDLEWARE.index("...")] = "..."` */
export function replaceAt(
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

/** `NAME.append(x)` and its like; any other call of a method may do anything to the list. */
export function mutate(call: Call, state: ListState, reader: ListReader): void {
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

/** `del NAME`, `del NAME[2]` */
export function forget(target: Expression, span: Span, state: ListState, reader: ListReader): void {
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

export function textAt({ start, end }: Span, { text }: ListReader): string {
  return text.slice(start, end);
}
