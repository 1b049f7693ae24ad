import type {
  Attribute,
  Call,
  ClassDefinition,
  Expression,
  Located,
  Statement,
} from "../../python/syntax/syntax.js";
import {
  childExpressions,
  dottedName,
  isNotScope,
  walkStatements,
} from "../../python/syntax/walk.js";
import { isRequest, lastName, readSession } from "../../session/access/session-expression.js";
import { isDefinedHere, lastValue, type Scope, scopeOf } from "../../session/bindings/scopes.js";
import { tokensOf } from "../../session/words/tokens.js";
import { functionPaths } from "./function-paths.js";
import { importedFunction, mayBeTelling, methodOf } from "./imported-functions.js";
import { isNamedRotation } from "./named-rotations.js";
import {
  CALL_WRAPPERS,
  COROUTINE_FUNCTIONS,
  COROUTINE_RUNNERS,
  LOGOUT_FUNCTIONS,
  ROTATING_COROUTINES,
  ROTATING_FUNCTIONS,
  ROTATING_METHODS,
} from "./rotation-calls.js";

/** What is looked for on a path: something that renews the session key, or that ends the session. */
export type Effect = "rotates" | "ends";

/** An expression that is evaluated whenever its statement is. */
export interface Evaluated {
  readonly expression: Expression;
  /** Something runs the coroutine that the expression may be. */
  readonly awaited: boolean;
}

/** What is evaluated unconditionally in an expression: not the right side of `and`, no lambda body. */
export function* evaluatedIn(expression: Expression): Generator<Evaluated, undefined> {
  const stack: Evaluated[] = [{ expression, awaited: false }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    yield top;
    const awaited = top.awaited || runsCoroutines(top.expression);
    for (const child of alwaysEvaluated(top.expression)) stack.push({ expression: child, awaited });
  }
  return undefined;
}

function alwaysEvaluated(expression: Expression): readonly Expression[] {
  if (expression.kind === "lambda") return [];
  if (expression.kind === "boolean") return [expression.left];
  if (expression.kind === "conditional") return [expression.test];
  if (expression.kind === "other" && /comprehension|generator/.test(expression.type)) return [];
  return childExpressions(expression);
}

function runsCoroutines(expression: Expression): boolean {
  if (expression.kind === "await") return true;
  return expression.kind === "call" && COROUTINE_RUNNERS.has(lastName(expression.callee) ?? "");
}

/** Hops into functions of the same module. */
const MAX_HOPS = 2;

/** How an effect is asked for: the summary of a called function is the path rule's to make. */
export interface EffectQuery {
  readonly effect: Effect;
  readonly scope: Scope;
  readonly hops: number;
  /** Whether every way through the called function has the effect. */
  readonly always: (called: Scope, call: Call, query: EffectQuery) => boolean;
}

/** Whether a call has the effect. */
export function hasEffect(call: Call, awaited: boolean, query: EffectQuery): boolean {
  const { callee } = call;
  if (callee.kind === "call") return isWrappedEffect(callee, awaited, query);
  const name = lastName(callee);
  if (name === undefined) return false;
  if (callee.kind === "attribute" && isSessionMethod(callee.object, name, awaited, query))
    return true;
  if (isKnownFunction(callee, awaited, query)) return true;
  if (callee.kind === "attribute" && isSuper(callee.object)) return isInherited(name, query);
  if (query.hops < MAX_HOPS && isIdle(call, query)) return false;
  const called = query.hops < MAX_HOPS ? calledScope(call, query.scope) : undefined;
  if (called !== undefined) return query.always(called, call, query);
  return isNamedForIt(call, name, query);
}

function isSessionMethod(
  object: Expression,
  name: string,
  awaited: boolean,
  { effect, scope }: EffectQuery,
): boolean {
  const plain = effect === "ends" ? name === "flush" : ROTATING_METHODS.has(name);
  const coroutine = effect === "ends" ? name === "aflush" : ROTATING_COROUTINES.has(name);
  if (!plain && !(coroutine && awaited)) return false;
  const place = readSession(object, scope);
  if (place !== undefined) {
    return place.path.length === 0 && !place.fresh && !isStoreOfItsOwn(object, scope);
  }
  return name !== "create" && name !== "acreate" && lastName(object) === "session";
}

/** A `SessionStore` made here that does not become the session of the request: not the visitor's. */
export function isStoreOfItsOwn(object: Expression, scope: Scope): boolean {
  if (object.kind === "call") return lastName(object.callee) === "SessionStore";
  if (object.kind !== "name") return false;
  const value = lastValue(scope, object.id, object.span.start);
  if (value?.kind !== "call" || lastName(value.callee) !== "SessionStore") return false;
  return ![...walkStatements(scope.body, isNotScope)].some(
    (one) =>
      one.kind === "assignment" &&
      one.value?.kind === "name" &&
      one.value.id === object.id &&
      one.targets.some((target) => isSessionAttribute(target, scope)),
  );
}

function isKnownFunction(
  callee: Expression,
  awaited: boolean,
  { effect, scope }: EffectQuery,
): boolean {
  if (effect === "rotates" && isNamedRotation(callee, scope)) return true;
  const functions = effect === "ends" ? LOGOUT_FUNCTIONS : ROTATING_FUNCTIONS;
  return functionPaths(callee, scope).some(
    (path) => functions.has(path) && (awaited || !COROUTINE_FUNCTIONS.has(path)),
  );
}

/** `sync_to_async(request.session.cycle_key)()`: the method is run by the second pair of parentheses. */
function isWrappedEffect(wrapper: Call, awaited: boolean, query: EffectQuery): boolean {
  const name = lastName(wrapper.callee) ?? "";
  const target = wrapper.args[0]?.value;
  if (!CALL_WRAPPERS.has(name) || target === undefined) return false;
  if (!awaited && name !== "async_to_sync") return false;
  const method =
    target.kind === "attribute" && isSessionMethod(target.object, target.name, true, query);
  return method || isKnownFunction(target, true, query);
}

function isSuper(object: Expression): boolean {
  return object.kind === "call" && lastName(object.callee) === "super";
}

const LOGIN_STEPS: ReadonlySet<string> = new Set([
  "form_valid",
  "post",
  "dispatch",
  "done",
  "login",
]);

/** `super().form_valid(form)` of a subclass of somebody's LoginView logs in. */
function isInherited(name: string, { effect, scope }: EffectQuery): boolean {
  const bases = (scope.classes.at(-1)?.bases ?? []).map((base) => lastName(base.value) ?? "");
  if (effect === "ends") {
    return bases.some((base) => /LogoutView$/.test(base)) || /^a?(?:logout|flush)$/.test(name);
  }
  if (ROTATING_METHODS.has(name) || name === "login_success") return true;
  return LOGIN_STEPS.has(name) && bases.some((base) => /LoginView$/.test(base));
}

/**
 * The function of this module, the method of the same class, or the function of another module of
 * the project that a call runs. The last is asked for only when it is given the request.
 */
export function calledScope(call: Call, scope: Scope): Scope | undefined {
  const { callee } = call;
  const { module } = scope;
  if (callee.kind === "name") {
    const found = isDefinedHere(module, callee.id) ? module.definition(callee.id) : undefined;
    if (found?.kind === "function") return scopeOf(module, found);
    return found === undefined ? importedCallee(call, scope) : undefined;
  }
  if (callee.kind !== "attribute") return undefined;
  const owner = ownerOf(callee, scope);
  if (owner === undefined) return importedCallee(call, scope);
  for (const one of [owner, ...basesHere(owner, scope)]) {
    const method = methodOf(one, callee.name);
    if (method !== undefined) return scopeOf(module, method, [...scope.classes.slice(0, -1), one]);
  }
  return undefined;
}

/** The class around the scope, when a method of it is called on `self`, `cls` or its own name. */
function ownerOf({ object }: Attribute, scope: Scope): ClassDefinition | undefined {
  const owner = scope.classes.at(-1);
  const name = dottedName(object);
  return name === "self" || name === "cls" || name === owner?.name ? owner : undefined;
}

/** Words without which no code renews a key or ends a session, unless it calls code that has them. */
const TELLING = /request|session|flush|cycle_?key|log_?in|log_?out|sign_?up|do_complete|super\(/i;

/** Whether a call runs a method that stands aside and whose text shows that it does neither. */
function isIdle({ callee }: Call, { scope, hops }: EffectQuery): boolean {
  const owner = callee.kind === "attribute" ? ownerOf(callee, scope) : undefined;
  const method = owner && callee.kind === "attribute" ? methodOf(owner, callee.name) : undefined;
  if (owner === undefined || method?.aside !== true) return false;
  const { module } = scope;
  const textOf = ({ span }: Located) => module.text.slice(span.start, span.end);
  const { rotationHelpers } = module.configuration;
  const tells = (text: string) =>
    TELLING.test(text) ||
    rotationHelpers.some((helper) => text.includes(helper.slice(helper.lastIndexOf(".") + 1)));
  const text = textOf(method);
  if (tells(text)) return false;
  if (hops + 1 >= MAX_HOPS) return true;
  return ![...text.matchAll(/(\w+)[ \t]*\(/g)].some(([, name = ""]) => {
    const called = methodOf(owner, name) ?? module.statements.findLast((one) => one.name === name);
    return called !== undefined && tells(textOf(called));
  });
}

/** The name is asked first: most calls have none that tells of a session. */
function importedCallee(call: Call, scope: Scope): Scope | undefined {
  if (!mayBeTelling(call)) return undefined;
  const given = call.args.some((arg) => isRequestOrSession(arg.value, scope));
  return given ? importedFunction(call, scope) : undefined;
}

function basesHere(owner: ClassDefinition, scope: Scope): readonly ClassDefinition[] {
  return owner.bases.flatMap((base) => {
    const name = dottedName(base.value) ?? "";
    const found = isDefinedHere(scope.module, name) ? scope.module.definition(name) : undefined;
    return found?.kind === "class" ? [found] : [];
  });
}

const RENEWING = /^(?:rotate|cycle|renew|regenerate|refresh)$/;

/**
 * A function of another module that is given the request or the session and is called for what it
 * does: `rotate_session(request)`, `adapter.logout(request)`.
 */
function isNamedForIt(call: Call, name: string, { effect, scope }: EffectQuery): boolean {
  const given = call.args.some((arg) => isRequestOrSession(arg.value, scope));
  if (!given) return false;
  const tokens = tokensOf(name);
  if (tokens.some((token) => NOT_AN_ACTION.test(token))) return false;
  if (effect === "ends") {
    return tokens.some((token) => /^(?:logout|alogout|flush|signout)$/.test(token));
  }
  return tokens.some((token) => RENEWING.test(token));
}

/** Words of a function that answers something, or whose object is not the session. */
const NOT_AN_ACTION = /^(?:get|url|redirect|form|view|page|is|has|check|token|cache)$/;

export function isRequestOrSession(expression: Expression, scope: Scope): boolean {
  return isRequest(expression, scope) || readSession(expression, scope)?.path.length === 0;
}

/** `request.session = SessionStore()`: the visitor gets a key nobody knew. */
export function replacesSession(statement: Statement, scope: Scope): boolean {
  if (statement.kind !== "assignment" || statement.value === undefined) return false;
  const fresh = readSession(statement.value, scope)?.fresh === true;
  return fresh && statement.targets.some((target) => isSessionAttribute(target, scope));
}

function isSessionAttribute(target: Expression, scope: Scope): boolean {
  return (
    target.kind === "attribute" && target.name === "session" && isRequest(target.object, scope)
  );
}
