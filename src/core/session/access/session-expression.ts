import type { Attribute, Call, Expression, Subscript } from "../../python/syntax/syntax.js";
import { dottedName } from "../../python/syntax/walk.js";
import { attributeValue, type GivenAttribute } from "../bindings/attributes.js";
import type { Binding } from "../bindings/bindings.js";
import { bindingsOf, parameterOf, resolveImport, type Scope, scopeOf } from "../bindings/scopes.js";
import { isHandedSession } from "./handed-session.js";
import { type KeyPart, readKey } from "./keys.js";

/** A Django session, or a container inside one, that an expression stands for. */
export interface SessionPlace {
  /** Keys down to the container; empty for the session itself. */
  readonly path: readonly KeyPart[];
  /** The expression of the session itself. */
  readonly session: Expression;
  /** A `SessionStore()` made here: no visitor knew its key before. */
  readonly fresh: boolean;
}

/** Hops through local names, after which an expression is not followed. */
const MAX_HOPS = 6;

/**
 * The session that an expression stands for: `request.session` of something called a request, an
 * alias of one, a `SessionStore()`, a parameter annotated as one, `await request.asession()`. A
 * `session` of anything else (`requests.Session()`, SQLAlchemy, boto3) is not one.
 */
export function readSession(
  expression: Expression,
  scope: Scope,
  hops = 0,
): SessionPlace | undefined {
  if (hops > MAX_HOPS) return undefined;
  switch (expression.kind) {
    case "await":
    case "walrus":
      return readSession(expression.value, scope, hops + 1);
    case "attribute":
      return readAttribute(expression, scope, hops);
    case "name":
      return readAlias(expression.id, expression, scope, hops);
    case "subscript":
      return readSubscript(expression, scope, hops);
    case "call":
      return readCall(expression, scope, hops);
    case "boolean":
      return readSession(expression.left, scope, hops + 1);
    default:
      return undefined;
  }
}

function root(session: Expression, fresh = false): SessionPlace {
  return { path: [], session, fresh };
}

/** `request.session`, or an attribute that a method of the same class has given one. */
function readAttribute(
  expression: Attribute,
  scope: Scope,
  hops: number,
): SessionPlace | undefined {
  if (expression.name === "session" && isRequest(expression.object, scope, hops)) {
    return root(expression);
  }
  if (expression.object.kind !== "name" || expression.object.id !== "self") return undefined;
  const owner = scope.classes.at(-1);
  const given = owner && attributeValue(owner, expression.name, scope.module);
  const place = given && readSession(given.value, methodScope(given, scope), hops + 1);
  return place?.path.length === 0 ? { ...place, session: expression } : place;
}

function methodScope({ method }: GivenAttribute, scope: Scope): Scope {
  return method === scope.definition ? scope : scopeOf(scope.module, method, scope.classes);
}

/** What the names of a scope stand for; a name that is being read stands for nothing yet. */
const ALIASES = new WeakMap<Scope, Map<string, SessionPlace | undefined>>();

function readAlias(
  name: string,
  expression: Expression,
  scope: Scope,
  hops: number,
): SessionPlace | undefined {
  const known = ALIASES.get(scope) ?? new Map<string, SessionPlace | undefined>();
  ALIASES.set(scope, known);
  if (!known.has(name)) {
    known.set(name, undefined);
    known.set(name, aliasOf(name, expression, scope, hops));
  }
  const place = known.get(name);
  return place?.path.length === 0 ? { ...place, session: expression } : place;
}

function aliasOf(
  name: string,
  expression: Expression,
  scope: Scope,
  hops: number,
): SessionPlace | undefined {
  const bindings = bindingsOf(scope, name);
  if (bindings === undefined) {
    const annotation = parameterOf(scope, name)?.annotation;
    const type = annotation === undefined ? undefined : lastName(annotation);
    const isSession =
      type === undefined
        ? isHandedSession(name, scope)
        : type === "SessionBase" || type === "SessionStore";
    return isSession ? root(expression) : undefined;
  }
  let first: SessionPlace | undefined;
  for (const binding of bindings) {
    const place = placeOf(binding, scope, hops);
    if (place === undefined) return undefined;
    first ??= place;
  }
  return first;
}

function placeOf(binding: Binding, scope: Scope, hops: number): SessionPlace | undefined {
  return binding.value === undefined ? undefined : readSession(binding.value, scope, hops + 1);
}

function readSubscript(
  expression: Subscript,
  scope: Scope,
  hops: number,
): SessionPlace | undefined {
  const [index] = expression.indices;
  if (index === undefined) return undefined;
  if (
    index.kind === "string" &&
    index.value === "session" &&
    lastName(expression.object) === "scope"
  ) {
    return root(expression);
  }
  const outer = readSession(expression.object, scope, hops + 1);
  return outer && { ...outer, path: [...outer.path, readKey(index, scope)] };
}

function readCall(call: Call, scope: Scope, hops: number): SessionPlace | undefined {
  const { callee } = call;
  if (lastName(callee) === "SessionStore") return root(call, call.args.length === 0);
  if (lastName(callee) === "getattr") return readGetattr(call, scope, hops);
  if (callee.kind !== "attribute") return undefined;
  if (callee.name === "asession")
    return isRequest(callee.object, scope, hops) ? root(call) : undefined;
  const key = call.args[0]?.value;
  if (key === undefined || !["get", "setdefault", "aget", "asetdefault"].includes(callee.name)) {
    return undefined;
  }
  const outer = readSession(callee.object, scope, hops + 1);
  return outer && { ...outer, path: [...outer.path, readKey(key, scope)] };
}

/** `getattr(request, "session")`, with or without something else to fall back on. */
function readGetattr({ args }: Call, scope: Scope, hops: number): SessionPlace | undefined {
  const [owner, name] = args.map((argument) => argument.value);
  if (owner === undefined || name?.kind !== "string" || name.value !== "session") return undefined;
  return isRequest(owner, scope, hops) ? root(owner) : undefined;
}

const REQUEST_NAME = /^_?(?:\w+_)?req(?:uest)?$/i;

/** Whether an expression is called, annotated or made like the request of a Django view. */
export function isRequest(expression: Expression, scope: Scope, hops = 0): boolean {
  if (hops > MAX_HOPS) return false;
  switch (expression.kind) {
    case "name":
      return isRequestName(expression.id, scope, hops);
    case "attribute":
      return (
        REQUEST_NAME.test(expression.name) ||
        dottedName(expression) === "info.context" ||
        expression.name === "strategy"
      );
    case "subscript":
      return isRequestKey(expression.indices[0]);
    case "call":
      return isRequestCall(expression);
    case "walrus":
    case "await":
      return isRequest(expression.value, scope, hops + 1);
    default:
      return false;
  }
}

const REQUESTS = new WeakMap<Scope, Map<string, boolean>>();

function isRequestName(id: string, scope: Scope, hops: number): boolean {
  const known = REQUESTS.get(scope) ?? new Map<string, boolean>();
  REQUESTS.set(scope, known);
  if (!known.has(id)) {
    known.set(id, false);
    known.set(id, isBoundToRequest(id, scope, hops));
  }
  return known.get(id) === true;
}

/** A `request` that a module imports is the global of another framework, where no parameter hides it. */
function isBoundToRequest(id: string, scope: Scope, hops: number): boolean {
  if (parameterOf(scope, id) === undefined && resolveImport(scope, id) !== undefined) return false;
  if (REQUEST_NAME.test(id) || id === "strategy") return true;
  const annotation = parameterOf(scope, id)?.annotation;
  if (annotation !== undefined && /Request$/.test(lastName(annotation) ?? "")) return true;
  const bindings = bindingsOf(scope, id) ?? [];
  return (
    bindings.length > 0 &&
    bindings.every(({ value }) => value !== undefined && isRequest(value, scope, hops + 1))
  );
}

function isRequestKey(index: Expression | undefined): boolean {
  return index?.kind === "string" && index.value === "request";
}

function isRequestCall(call: Call): boolean {
  const name = lastName(call.callee) ?? "";
  if (name === "get") return isRequestKey(call.args[0]?.value);
  if (name === "getattr") {
    const attribute = call.args[1]?.value;
    return attribute?.kind === "string" && REQUEST_NAME.test(attribute.value ?? "");
  }
  return /^_*get_(?:current_)?request$/.test(name);
}

/** `SessionBase` of `SessionBase`, `base.SessionBase` and `engine().SessionBase`. */
export function lastName(expression: Expression): string | undefined {
  if (expression.kind === "name") return expression.id;
  return expression.kind === "attribute" ? expression.name : undefined;
}
