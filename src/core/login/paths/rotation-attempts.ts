import type { Call, Expression, Statement } from "../../python/syntax/syntax.js";
import { blocksOf, dottedName, isNotScope, walkStatements } from "../../python/syntax/walk.js";
import { lastName, readSession } from "../../session/access/session-expression.js";
import { pathTo, resolveImport, type Scope } from "../../session/bindings/scopes.js";
import { isStoreOfItsOwn } from "./effect.js";
import {
  CALL_WRAPPERS,
  COROUTINE_FUNCTIONS,
  ROTATING_COROUTINES,
  ROTATING_METHODS,
} from "./rotation-calls.js";

/** Why a statement that looks as if it renewed the session key does not (each one measured). */
export type Flaw =
  | "no-call"
  | "not-awaited"
  | "only-new-sessions"
  | "only-empties"
  | "other-store"
  | "other-branch"
  | "swallowed";

/** A statement that was meant to renew the session key. */
export interface Attempt {
  readonly statement: Statement;
  readonly flaw: Flaw;
  /** The method or function without its object: `cycle_key`. */
  readonly method: string;
}

const MEMO = new WeakMap<Scope, readonly Attempt[]>();

/** The statements of a function that look as if they renewed the key, by their own shape alone. */
export function attemptsIn(scope: Scope): readonly Attempt[] {
  const known = MEMO.get(scope);
  if (known !== undefined) return known;
  const found = [...walkStatements(scope.body, isNotScope)].flatMap((one) =>
    blocksOf(one).length === 0 ? readAttempt(one, scope) : [],
  );
  MEMO.set(scope, found);
  return found;
}

/** Whether the statement does nothing at all, whatever stands around it. */
export function isNoOp({ flaw }: Attempt): boolean {
  return flaw === "no-call" || flaw === "not-awaited";
}

function readAttempt(statement: Statement, scope: Scope): readonly Attempt[] {
  if (statement.kind !== "expression") return [];
  const { value } = statement;
  const inner = value.kind === "await" ? value.value : value;
  const make = (flaw: Flaw, method: string): readonly Attempt[] => [{ statement, flaw, method }];
  if (value.kind === "attribute" && isKeyMethod(value, scope)) return make("no-call", value.name);
  if (inner.kind !== "call") return [];
  const wrapped = wrappedMethod(inner, scope);
  if (wrapped !== undefined) return make("no-call", wrapped);
  if (value.kind === "call" && startsNothing(value, scope)) {
    return make("not-awaited", lastName(value.callee) ?? wrapperTarget(value) ?? "");
  }
  return readMethod(inner, statement, scope);
}

function isKeyMethod(expression: Expression, scope: Scope): boolean {
  if (expression.kind !== "attribute") return false;
  const { name, object } = expression;
  if (!ROTATING_METHODS.has(name) && !ROTATING_COROUTINES.has(name)) return false;
  return readSession(object, scope)?.path.length === 0;
}

/** `sync_to_async(request.session.cycle_key)` makes a function and does not call it. */
function wrappedMethod(call: Call, scope: Scope): string | undefined {
  const target = call.args[0]?.value;
  if (!CALL_WRAPPERS.has(lastName(call.callee) ?? "") || target === undefined) return undefined;
  return target.kind === "attribute" && isKeyMethod(target, scope) ? target.name : undefined;
}

function wrapperTarget({ callee }: Call): string | undefined {
  const target = callee.kind === "call" ? callee.args[0]?.value : undefined;
  return target === undefined ? undefined : lastName(target);
}

/** A coroutine that is made and thrown away. */
function startsNothing(call: Call, scope: Scope): boolean {
  const { callee } = call;
  if (callee.kind === "call") {
    return (
      lastName(callee.callee) === "sync_to_async" && wrappedMethod(callee, scope) !== undefined
    );
  }
  if (callee.kind === "attribute" && ROTATING_COROUTINES.has(callee.name)) {
    return isKeyMethod(callee, scope);
  }
  const path = resolveImport(scope, dottedName(callee) ?? "");
  return path !== undefined && COROUTINE_FUNCTIONS.has(path);
}

function readMethod(call: Call, statement: Statement, scope: Scope): readonly Attempt[] {
  if (call.callee.kind !== "attribute") return [];
  const { name, object } = call.callee;
  const place = readSession(object, scope);
  if (place === undefined || place.path.length > 0) return [];
  if (name === "clear") return [{ statement, flaw: "only-empties", method: name }];
  const renews = ROTATING_METHODS.has(name) || ROTATING_COROUTINES.has(name);
  if (!renews && name !== "save") return [];
  if (isStoreOfItsOwn(object, scope)) {
    return name === "save" || /create$/.test(name)
      ? []
      : [{ statement, flaw: "other-store", method: name }];
  }
  return isForNewSessions(statement, scope)
    ? [{ statement, flaw: "only-new-sessions", method: name }]
    : [];
}

/** Under `if not request.session.session_key:` a planted key is never renewed. */
export function isForNewSessions(statement: Statement, scope: Scope): boolean {
  return newSessionTest(statement, scope) !== undefined;
}

/** The `if` that lets only visitors without a session through to the statement. */
export function newSessionTest(statement: Statement, scope: Scope): Statement | undefined {
  for (const { block, index } of pathTo(scope.body, statement)) {
    const at = block[index];
    if (at?.kind !== "if" || !asksForNoKey(at.branches[0]?.test)) continue;
    const [first] = at.branches;
    if (first?.body.some((one) => holds(one, statement)) === true) return at;
  }
  return undefined;
}

function holds(outer: Statement, inner: Statement): boolean {
  return outer.span.start <= inner.span.start && inner.span.end <= outer.span.end;
}

function asksForNoKey(test: Expression | undefined): boolean {
  if (test?.kind === "unary" && test.operator === "not") return isKey(test.operand);
  if (test?.kind !== "comparison") return false;
  const [left, right] = test.operands;
  const none = right?.kind === "constant" && right.value === null;
  return none && /^(?:is|==)$/.test(test.operators[0] ?? "") && left !== undefined && isKey(left);
}

function isKey(expression: Expression): boolean {
  return expression.kind === "attribute" && expression.name === "session_key";
}
