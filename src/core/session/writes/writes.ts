import type { Span } from "../../model/source.js";
import type { PythonModule, TopLevelStatement } from "../../python/syntax/module.js";
import type { Argument, Call, Expression, Statement } from "../../python/syntax/syntax.js";
import {
  expressionsOf,
  findArgument,
  isNotScope,
  walkExpressions,
  walkStatements,
} from "../../python/syntax/walk.js";
import { hasDjangoSessions } from "../access/foreign-sessions.js";
import { type KeyPart, readKeys } from "../access/keys.js";
import { isRequest, readSession, type SessionPlace } from "../access/session-expression.js";
import { type Scope, scopesOf } from "../bindings/scopes.js";
import { describeValue } from "../values/describe-value.js";
import type { ValueFacts } from "../values/value-facts.js";
import { copiedMapping } from "./copied-mapping.js";
import { isSpelledOut, keyword, type MappingEntry, mappingEntries } from "./mapping.js";
import { helperWrites } from "./writes-by-call.js";

/** One key that a statement writes into the session. */
export interface SessionWrite {
  /** Keys from the outermost to the innermost; never empty. */
  readonly path: readonly KeyPart[];
  /** `path` with dots. */
  readonly key: string;
  /** Undefined when the statement does not show the value. */
  readonly value: Expression | undefined;
  /** Where the names of `value` are bound; another one than `scope` for what a helper makes. */
  readonly valueScope: Scope;
  readonly facts: ValueFacts;
  readonly place: SessionPlace;
  readonly statement: Statement;
  /** What a comment points at: the statement, with the one before it that put the value into a mapping. */
  readonly span: Span;
  readonly scope: Scope;
}

/** Depth of dictionary literals that are taken apart. */
const MAX_DEPTH = 4;

/** The session writes of what a hunk touches; none where sessions are not Django's. */
export function sessionWrites(module: PythonModule): readonly SessionWrite[] {
  const known = MEMO.get(module);
  if (known !== undefined) return known;
  const writes =
    hasDjangoSessions(module) && mayWrite(module)
      ? scopesOf(module, module.touchedSyntax).flatMap((scope) => writesOf(scope))
      : [];
  MEMO.set(module, writes);
  return writes;
}

/** Functions of other modules that may store what they are given with a request (writes-by-call.ts). */
const STORING_CALL =
  /(?:set|put|store|save|remember|keep|stash)\w*\s*\((?:[^()]|\([^()]*\)){0,300}?(?:req|context)/i;

/** No statement writes into a session that neither names one nor calls what may. */
function mayWrite({ text, touched, statements }: PythonModule): boolean {
  const textOf = ({ span }: TopLevelStatement) => text.slice(span.start, span.end);
  const own = touched.map(textOf);
  if (own.some((one) => /session/i.test(one) || STORING_CALL.test(one))) return true;
  const helpers = statements.filter((one) => one.name && textOf(one).includes("session"));
  return helpers.some(({ name }) => name && own.some((one) => one.includes(name)));
}

const MEMO = new WeakMap<PythonModule, readonly SessionWrite[]>();

/** The session writes that stand in one scope, nested functions excluded. */
export function writesOf(scope: Scope): readonly SessionWrite[] {
  const writes: SessionWrite[] = [];
  for (const statement of walkStatements(scope.body, isNotScope)) {
    if (!isNotScope(statement)) continue;
    const add: AddWrite = (place, path, value, from = { scope, span: undefined }) => {
      writes.push(makeWrite(place, path, value, from, statement, scope));
      if (value !== undefined) addEntries(place, path, value, from, add);
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

/** Where a value comes from: the scope of its names, the statement that put it into a mapping, what signs that. */
type Origin = Pick<MappingEntry, "scope" | "span" | "readable">;

type AddWrite = (
  place: SessionPlace,
  path: readonly KeyPart[],
  value: Expression | undefined,
  from?: Origin,
) => void;

function makeWrite(
  place: SessionPlace,
  path: readonly KeyPart[],
  value: Expression | undefined,
  from: Origin,
  statement: Statement,
  scope: Scope,
): SessionWrite {
  const key = path.map((part) => part.text).join(".");
  const inside = describeValue(value, from.scope);
  const facts = from.readable ? { ...inside, readable: inside.readable ?? from.readable } : inside;
  const span = from.scope === scope && from.span ? join(from.span, statement.span) : statement.span;
  return { path, key, value, valueScope: from.scope, facts, place, statement, span, scope };
}

/** Both and what is between, when the first stands before the second. */
function join(first: Span, second: Span): Span {
  return first.start < second.start
    ? { ...second, start: first.start, startLine: first.startLine }
    : second;
}

function readStatement(statement: Statement, scope: Scope, add: AddWrite): void {
  if (statement.kind === "assignment" && statement.value !== undefined) {
    for (const target of statement.targets)
      readTarget(target, statement.value, statement, scope, add);
  }
  if (statement.kind === "augmented-assignment") {
    const place = readSession(statement.target, scope);
    if (statement.operator === "|=" && place !== undefined) {
      readMapping(statement.value, place, scope, add);
    } else readTarget(statement.target, statement.value, statement, scope, add);
  }
}

function readTarget(
  target: Expression,
  value: Expression,
  statement: Statement,
  scope: Scope,
  add: AddWrite,
): void {
  if (target.kind === "tuple" || target.kind === "list") {
    const values = value.kind === "tuple" || value.kind === "list" ? value.items : [];
    const parallel = values.length === target.items.length;
    target.items.forEach((item, i) => {
      const one = parallel ? values[i] : undefined;
      if (item.kind === "subscript") readTarget(item, one ?? value, statement, scope, add);
    });
    return;
  }
  const [index] = target.kind === "subscript" ? target.indices : [];
  if (target.kind !== "subscript" || index === undefined) return;
  const place = readSession(target.object, scope);
  if (place === undefined) return;
  const copied = copiedMapping(index, value, statement, scope);
  if (copied !== undefined) readMapping(copied, place, scope, add);
  else for (const key of readKeys(index, scope)) add(place, [...place.path, key], value);
}

function readCall(call: Call, scope: Scope, add: AddWrite): void {
  if (call.callee.kind !== "attribute") return;
  const { name, object } = call.callee;
  if (!CALLS.has(name)) return;
  const place =
    name === "session_set" ? strategySession(object, scope) : readSession(object, scope);
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

/** `strategy.session_set(key, value)` of python-social-auth. */
function strategySession(object: Expression, scope: Scope): SessionPlace | undefined {
  return isRequest(object, scope) ? { path: [], session: object, fresh: false } : undefined;
}

const CALLS: ReadonlySet<string> = new Set([
  "session_set",
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

/** What a mapping adds to a container: the entries that are known, or all of it. */
function readMapping(value: Expression, place: SessionPlace, scope: Scope, add: AddWrite): void {
  const entries = mappingEntries(value, scope);
  for (const entry of entries) add(place, [...place.path, entry.key], entry.value, entry);
  if (entries.length === 0 && !isSpelledOut(value)) add(place, [...place.path, ANY_KEY], value);
}

/** The keys of a mapping that comes from elsewhere. */
const ANY_KEY: KeyPart = { text: "(dynamic)", tokens: [], kind: "dynamic" };

/** Entries of a mapping that is stored whole: `session["signup"] = {"password": ...}`. */
function addEntries(
  place: SessionPlace,
  path: readonly KeyPart[],
  value: Expression,
  from: Origin,
  add: AddWrite,
): void {
  if (path.length > MAX_DEPTH) return;
  if (value.kind === "name" && readSession(value, from.scope) !== undefined) return;
  for (const entry of mappingEntries(value, from.scope)) {
    add(place, [...path, entry.key], entry.value, {
      scope: entry.scope,
      span: entry.span ?? from.span,
      readable: entry.readable ?? from.readable,
    });
  }
}
