import type { PythonModule } from "../python/module.js";
import type { Argument, Call, Dictionary, Expression, Statement } from "../python/syntax.js";
import {
  expressionsOf,
  findArgument,
  isNotScope,
  walkExpressions,
  walkStatements,
} from "../python/walk.js";
import { hasDjangoSessions } from "./foreign-sessions.js";
import { lastValue, type Scope, scopesOf } from "./functions.js";
import { helperWrites } from "./helper-writes.js";
import { type KeyPart, readKey, readKeys } from "./keys.js";
import { readSession, type SessionPlace } from "./session-expression.js";
import { tokensOf } from "./tokens.js";
import { describeValue, type ValueFacts } from "./values.js";

/** One key that a statement writes into the session. */
export interface SessionWrite {
  /** Keys from the outermost to the innermost; never empty. */
  readonly path: readonly KeyPart[];
  /** `path` with dots. */
  readonly key: string;
  /** Undefined when the statement does not show the value. */
  readonly value: Expression | undefined;
  readonly facts: ValueFacts;
  readonly place: SessionPlace;
  readonly statement: Statement;
  readonly scope: Scope;
}

/** Depth of dictionary literals that are taken apart. */
const MAX_DEPTH = 4;

/** The session writes of what a hunk touches; none where sessions are not Django's. */
export function sessionWrites(module: PythonModule): readonly SessionWrite[] {
  const known = MEMO.get(module);
  if (known !== undefined) return known;
  const writes = hasDjangoSessions(module)
    ? scopesOf(module, module.touchedSyntax).flatMap((scope) => writesOf(scope))
    : [];
  MEMO.set(module, writes);
  return writes;
}

const MEMO = new WeakMap<PythonModule, readonly SessionWrite[]>();

/** The session writes that stand in one scope, nested functions excluded. */
export function writesOf(scope: Scope): readonly SessionWrite[] {
  const writes: SessionWrite[] = [];
  for (const statement of walkStatements(scope.body, isNotScope)) {
    if (!isNotScope(statement)) continue;
    const add: AddWrite = (place, path, value) => {
      writes.push(makeWrite(place, path, value, statement, scope));
      if (value !== undefined) addEntries(place, path, value, add, path.length);
    };
    readStatement(statement, scope, add);
    for (const expression of expressionsOf(statement)) {
      for (const inner of walkExpressions(expression, (one) => one.kind !== "lambda")) {
        if (inner.kind !== "call") continue;
        readCall(inner, scope, add);
        for (const write of helperWrites(inner, scope)) add(write.place, write.path, write.value);
      }
    }
  }
  return writes;
}

type AddWrite = (
  place: SessionPlace,
  path: readonly KeyPart[],
  value: Expression | undefined,
) => void;

function makeWrite(
  place: SessionPlace,
  path: readonly KeyPart[],
  value: Expression | undefined,
  statement: Statement,
  scope: Scope,
): SessionWrite {
  const key = path.map((part) => part.text).join(".");
  return { path, key, value, facts: describeValue(value, scope), place, statement, scope };
}

function readStatement(statement: Statement, scope: Scope, add: AddWrite): void {
  if (statement.kind === "assignment" && statement.value !== undefined) {
    for (const target of statement.targets) readTarget(target, statement.value, scope, add);
  }
  if (statement.kind === "augmented-assignment") {
    const place = readSession(statement.target, scope);
    if (statement.operator === "|=" && place !== undefined) {
      readMapping(statement.value, place, scope, add);
    } else readTarget(statement.target, statement.value, scope, add);
  }
}

function readTarget(target: Expression, value: Expression, scope: Scope, add: AddWrite): void {
  if (target.kind === "tuple" || target.kind === "list") {
    const values = value.kind === "tuple" || value.kind === "list" ? value.items : [];
    const parallel = values.length === target.items.length;
    target.items.forEach((item, i) => {
      const one = parallel ? values[i] : undefined;
      if (item.kind === "subscript") readTarget(item, one ?? value, scope, add);
    });
    return;
  }
  const [index] = target.kind === "subscript" ? target.indices : [];
  if (target.kind !== "subscript" || index === undefined) return;
  const place = readSession(target.object, scope);
  if (place === undefined) return;
  for (const key of readKeys(index, scope)) add(place, [...place.path, key], value);
}

function readCall(call: Call, scope: Scope, add: AddWrite): void {
  if (call.callee.kind !== "attribute") return;
  const { name, object } = call.callee;
  if (!CALLS.has(name)) return;
  const place = readSession(object, scope);
  if (place === undefined) return;
  if (name === "update" || name === "aupdate") {
    for (const argument of call.args) readUpdate(argument, place, scope, add);
    return;
  }
  const value = findArgument(call, "value", 1)?.value ?? findArgument(call, "default", 1)?.value;
  const key = findArgument(call, "key", 0)?.value;
  if (name === "append" || name === "add" || name === "insert") {
    if (place.path.length > 0) add(place, place.path, call.args.at(-1)?.value);
  } else if (key !== undefined && value !== undefined) {
    for (const part of readKeys(key, scope)) add(place, [...place.path, part], value);
  }
}

const CALLS: ReadonlySet<string> = new Set([
  "update",
  "aupdate",
  "setdefault",
  "asetdefault",
  "aset",
  "__setitem__",
  "append",
  "add",
  "insert",
]);

function readUpdate(argument: Argument, place: SessionPlace, scope: Scope, add: AddWrite): void {
  if (argument.name === undefined) readMapping(argument.value, place, scope, add);
  else add(place, [...place.path, keyword(argument.name)], argument.value);
}

/** What a mapping adds to a container: its literal entries; nothing is known of any other mapping. */
function readMapping(value: Expression, place: SessionPlace, scope: Scope, add: AddWrite): void {
  const mapping = value.kind === "name" ? lastValue(scope, value.id, value.span.start) : value;
  if (mapping === undefined) return;
  for (const [key, one] of entriesOf(mapping, scope)) add(place, [...place.path, key], one);
}

/** Entries of a dictionary that is stored whole: `session["signup"] = {"password": ...}`. */
function addEntries(
  place: SessionPlace,
  path: readonly KeyPart[],
  value: Expression,
  add: AddWrite,
  depth: number,
): void {
  if (depth > MAX_DEPTH) return;
  for (const [key, one] of entriesOf(value, undefined)) add(place, [...path, key], one);
}

function entriesOf(
  value: Expression,
  scope: Scope | undefined,
): readonly (readonly [KeyPart, Expression])[] {
  if (value.kind === "dictionary") return literalEntries(value, scope);
  const named = value.kind === "call" && value.callee.kind === "name" && value.callee.id === "dict";
  if (!named) return [];
  return value.args.flatMap((arg) =>
    arg.name === undefined ? [] : [[keyword(arg.name), arg.value] as const],
  );
}

function literalEntries(
  value: Dictionary,
  scope: Scope | undefined,
): readonly (readonly [KeyPart, Expression])[] {
  return value.entries.flatMap((entry) => {
    if (entry.key === undefined) return [];
    if (scope !== undefined) return [[readKey(entry.key, scope), entry.value] as const];
    const text = entry.key.kind === "string" ? entry.key.value : undefined;
    return text === undefined ? [] : [[keyword(text), entry.value] as const];
  });
}

function keyword(text: string): KeyPart {
  return { text, tokens: tokensOf(text), kind: "literal" };
}
