import type { Span } from "../../model/source.js";
import type { Call, Expression, If, Match, Statement, Try } from "../../python/syntax/syntax.js";
import {
  blocksOf,
  expressionsOf,
  isNotScope,
  walkExpressions,
  walkStatements,
} from "../../python/syntax/walk.js";
import { readSession } from "../../session/access/session-expression.js";
import { pathTo, type Scope, type Step } from "../../session/bindings/scopes.js";
import { asksForVisitor, holdsToo, isAssured, isSwitchedOff } from "./conditions.js";
import {
  type Effect,
  type EffectQuery,
  evaluatedIn,
  hasEffect,
  replacesSession,
} from "./effect.js";
import { isForNewSessions } from "./rotation-attempts.js";
import { alwaysLeaves, type Leaving, leaving } from "./ways-out.js";

/**
 * The path rule, on the statement tree: a statement is covered when something that always has the
 * effect stands beside it or beside a block around it, before it, or after it with no way out in
 * between. `with` is transparent, of a `try` the body and the `finally` count, of an `if` all the
 * branches that do not leave, of a loop and of a nested function nothing. The order does not
 * matter: Django makes the planted key useless either way.
 */
interface Walk extends EffectQuery {
  /** Before: a branch that leaves never reaches the statement. After: it leaves without the effect. */
  readonly side: "before" | "after";
  /** In a called function, `raise` is not a way past it: the caller does not go on. */
  readonly raiseLeaves: boolean;
}

/** CPython refuses more than 100 levels of indentation. */
const MAX_DEPTH = 100;

/** The statements that cover `statement` with the effect, in order; empty when none does. */
export function coveringStatements(
  statement: Statement,
  scope: Scope,
  effect: Effect,
  hops = 0,
): readonly Statement[] {
  const query: EffectQuery = { effect, scope, hops, always };
  const before: Walk = { ...query, side: "before", raiseLeaves: true };
  const after: Walk = { ...before, side: "after" };
  const found: Statement[] = [];
  if (performs(statement, before, 0)) found.push(statement);
  let blocked: Leaving | undefined = leaving(statement, after);
  const conditions: If[] = [];
  const performsHere = (one: Statement, walk: Walk) =>
    performs(one, walk, 0) ||
    (one.kind === "if" &&
      conditions.some((condition) => holdsToo(one, condition, statement, scope)) &&
      performsBlock(one.branches[0]?.body ?? [], walk, 0));
  for (const step of pathTo(scope.body, statement).toReversed()) {
    const at = step.block[step.index];
    if (at !== undefined && at !== statement) {
      found.push(...aroundIt(at, statement, before));
      if (blocked === "loop" && (at.kind === "for" || at.kind === "while")) blocked = undefined;
      if (at.kind === "if") conditions.push(at);
    }
    found.push(...step.block.slice(0, step.index).filter((one) => performsHere(one, before)));
    blocked = collectAfter(step, blocked, after, performsHere, found);
  }
  return found.toSorted((a, b) => a.span.start - b.span.start);
}

/** The simple statements that have the effect themselves, inside those that cover. */
export function guardSpans(
  covering: readonly Statement[],
  scope: Scope,
  effect: Effect,
): readonly Span[] {
  const walk: Walk = { effect, scope, hops: 0, always, side: "before", raiseLeaves: true };
  return covering.flatMap((one) => {
    const inner = [...walkStatements([one], isNotScope)].filter(
      (statement) => blocksOf(statement).length === 0 && performs(statement, walk, 0),
    );
    return (inner.length > 0 ? inner : [one]).map((statement) => statement.span);
  });
}

const FOUND: Readonly<Record<Effect, WeakMap<Scope, readonly Statement[]>>> = {
  rotates: new WeakMap(),
  ends: new WeakMap(),
};

/** Every simple statement of the scope that has the effect, on whatever path. */
export function statementsWith(scope: Scope, effect: Effect): readonly Statement[] {
  const known = FOUND[effect].get(scope);
  if (known !== undefined) return known;
  const found = findStatements(scope, effect);
  FOUND[effect].set(scope, found);
  return found;
}

function findStatements(scope: Scope, effect: Effect): readonly Statement[] {
  const walk: Walk = { effect, scope, hops: 0, always, side: "before", raiseLeaves: true };
  return [...walkStatements(scope.body, isNotScope)].filter((statement) => {
    if (!isNotScope(statement)) return false;
    if (blocksOf(statement).length === 0) {
      return performs(statement, walk, 0) && !isForNewSessions(statement, scope);
    }
    return expressionsOf(statement).some((expression) => evaluates(expression, walk));
  });
}

function collectAfter(
  step: Step,
  blockedBefore: Leaving | undefined,
  walk: Walk,
  performsHere: (one: Statement, walk: Walk) => boolean,
  found: Statement[],
): Leaving | undefined {
  let blocked = blockedBefore;
  for (const one of step.block.slice(step.index + 1)) {
    if (blocked !== undefined) return blocked;
    if (performsHere(one, walk)) found.push(one);
    else blocked = leaving(one, walk);
  }
  return blocked;
}

/** What the statement around the path does itself: its header, its `finally`, its body before `else`. */
function aroundIt(around: Statement, inner: Statement, walk: Walk): readonly Statement[] {
  if (around.kind === "try") {
    const rest = [...(around.final ?? [])];
    const holds = (block: readonly Statement[] | undefined) =>
      block?.some((one) => one.span.start <= inner.span.start && inner.span.end <= one.span.end) ===
      true;
    if (holds(around.orelse) || holds(around.final)) rest.push(...around.body);
    if (holds(around.body)) rest.push(...(around.orelse ?? []));
    return rest.filter((one) => performs(one, walk, 0));
  }
  const header =
    around.kind === "if"
      ? around.branches.slice(0, 1).map((one) => one.test)
      : expressionsOf(around);
  return isNotScope(around) && header.some((one) => evaluates(one, walk)) ? [around] : [];
}

function evaluates(expression: Expression, walk: Walk): boolean {
  for (const { expression: inner, awaited } of evaluatedIn(expression)) {
    if (inner.kind === "call" && hasEffect(inner, awaited, walk)) return true;
  }
  return false;
}

function performs(statement: Statement, walk: Walk, depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  switch (statement.kind) {
    case "if":
      return performsIf(statement, walk, depth + 1);
    case "with":
      return (
        statement.items.some((item) => evaluates(item.context, walk)) ||
        performsBlock(statement.body, walk, depth + 1)
      );
    case "try":
      return performsTry(statement, walk, depth + 1);
    case "match":
      return performsMatch(statement, walk, depth + 1);
    case "for":
    case "while":
      return evaluates(statement.subject, walk);
    case "function":
    case "class":
      return false;
    default:
      if (walk.effect === "rotates" && replacesSession(statement, walk.scope)) return true;
      return expressionsOf(statement).some((expression) => evaluates(expression, walk));
  }
}

function performsBlock(block: readonly Statement[], walk: Walk, depth: number): boolean {
  for (const statement of block) {
    if (performs(statement, walk, depth)) return true;
    if (walk.side === "after" && leaving(statement, walk) !== undefined) return false;
  }
  return false;
}

function performsTry(statement: Try, walk: Walk, depth: number): boolean {
  return [statement.body, statement.orelse ?? [], statement.final ?? []].some((block) =>
    performsBlock(block, walk, depth),
  );
}

function performsIf(statement: If, walk: Walk, depth: number): boolean {
  const [first] = statement.branches;
  if (first === undefined) return false;
  if (evaluates(first.test, walk)) return true;
  const assured =
    isAssured(first.test, walk.scope) ||
    (walk.effect === "ends" && asksForVisitor(first.test, walk.scope));
  if (statement.branches.length === 1 && assured) {
    return performsBlock(first.body, walk, depth);
  }
  if (statement.orelse === undefined) return false;
  if (isDjangosOwnLogin(statement, walk, depth)) return true;
  return performsAll([...statement.branches.map((one) => one.body), statement.orelse], walk, depth);
}

function performsAll(
  blocks: readonly (readonly Statement[])[],
  walk: Walk,
  depth: number,
): boolean {
  const relevant = blocks.filter((block) => walk.side === "after" || !alwaysLeaves(block));
  return relevant.length > 0 && relevant.every((block) => performsBlock(block, walk, depth));
}

function performsMatch(statement: Match, walk: Walk, depth: number): boolean {
  const complete = statement.cases.some((one) => /^\(?\s*_\s*\)?$/.test(one.pattern));
  return (
    complete &&
    performsAll(
      statement.cases.map((one) => one.body),
      walk,
      depth,
    )
  );
}

/** `if KEY in request.session: ... flush() ... else: cycle_key()`, as django.contrib.auth.login() is written. */
function isDjangosOwnLogin(statement: If, walk: Walk, depth: number): boolean {
  const [first] = statement.branches;
  if (first === undefined || statement.branches.length !== 1 || statement.orelse === undefined)
    return false;
  const asksSession = [...walkExpressions(first.test)].some(
    (one) => readSession(one, walk.scope) !== undefined,
  );
  if (!asksSession || !performsBlock(statement.orelse, walk, depth)) return false;
  return [...walkStatements(first.body, isNotScope)].some(
    (one) => blocksOf(one).length === 0 && performs(one, walk, depth),
  );
}

/** Whether every way through a called function has the effect, with the switches the call sets. */
function always(called: Scope, call: Call, query: EffectQuery): boolean {
  if (isSwitchedOff(called, call)) return false;
  const hops = query.hops + 1;
  return performsBlock(
    called.body,
    { effect: query.effect, scope: called, hops, always, side: "after", raiseLeaves: false },
    0,
  );
}
