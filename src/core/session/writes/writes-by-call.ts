import type { Call, Expression, FunctionDefinition } from "../../python/syntax/syntax.js";
import { dottedName, findArgument, isNotScope, walkStatements } from "../../python/syntax/walk.js";
import { type KeyPart, readKeys } from "../access/keys.js";
import { readSession, type SessionPlace } from "../access/session-expression.js";
import { importedMember, type Member } from "../bindings/imported-members.js";
import { isDefinedHere, type Scope, scopeOf } from "../bindings/scopes.js";
import { tokensOf } from "../words/tokens.js";

interface HelperWrite {
  readonly place: SessionPlace;
  readonly path: readonly KeyPart[];
  readonly value: Expression | undefined;
}

/**
 * What a call writes through a function of the project, or a method of the same object, that stores
 * under a key it is given: `remember(request, "password", password)`.
 */
export function helperWrites(call: Call, scope: Scope): readonly HelperWrite[] {
  if (call.args.length < 2) return [];
  const helper = calledHelper(call, scope);
  if (helper === undefined) return [];
  const { definition, inner } = helper;
  const given = (name: string) => argumentFor(definition, call, name);
  return storesOf(definition).flatMap(({ container, key, value }) => {
    const own = readSession(container, inner);
    const session =
      container.kind === "name" && own === undefined ? given(container.id) : undefined;
    const place = own ?? (session && readSession(session, scope));
    const keyGiven = key.kind === "name" ? given(key.id) : undefined;
    // A key of its own is found where the helper itself stores.
    const keys = keyGiven ? readKeys(keyGiven, scope) : own ? [] : readKeys(key, inner);
    const valueGiven = value?.kind === "name" ? given(value.id) : undefined;
    if (place === undefined) return [];
    return keys.map((part) => ({
      place,
      path: [...place.path, part],
      value: valueGiven ?? value,
    }));
  });
}

interface Helper {
  readonly definition: FunctionDefinition;
  readonly inner: Scope;
}

function calledHelper({ callee, args }: Call, scope: Scope): Helper | undefined {
  const name = dottedName(callee);
  if (name === undefined) return undefined;
  if (name.startsWith("self.")) return methodHelper(name.slice("self.".length), scope);
  const { module } = scope;
  if (isDefinedHere(module, name)) return functionHelper({ module, name });
  const words = tokensOf(name.slice(name.lastIndexOf(".") + 1));
  const hands = args.some(({ value }) => readSession(value, scope) !== undefined);
  if (!hands && !words.some((word) => STORING.has(word))) return undefined;
  const member = importedMember(name, scope);
  return member && functionHelper(member);
}

/** Words of functions that store what they are given. Another module is asked for only for these, or with a session. */
const STORING: ReadonlySet<string> = new Set([
  "session",
  "set",
  "put",
  "store",
  "save",
  "remember",
  "keep",
  "stash",
]);

function functionHelper({ module, name }: Member): Helper | undefined {
  const top = module.statements.findLast((one) => one.keyword !== undefined && one.name === name);
  if (top === undefined || !module.text.slice(top.span.start, top.span.end).includes("session"))
    return undefined;
  const definition = module.definition(name);
  return definition?.kind === "function"
    ? { definition, inner: scopeOf(module, definition) }
    : undefined;
}

/** A method that stands aside is looked into when its text can write into a session. */
function mayStore({ aside, span }: FunctionDefinition, { module }: Scope): boolean {
  return aside !== true || /session|\]\s*=(?!=)/.test(module.text.slice(span.start, span.end));
}

function methodHelper(name: string, scope: Scope): Helper | undefined {
  const method = scope.classes
    .at(-1)
    ?.body.find((one) => one.kind === "function" && one.name === name);
  if (method?.kind !== "function" || !mayStore(method, scope)) return undefined;
  return { definition: method, inner: scopeOf(scope.module, method, scope.classes) };
}

/** By keyword, or by position; the object of a method is not among the arguments. */
function argumentFor(
  definition: FunctionDefinition,
  call: Call,
  name: string,
): Expression | undefined {
  const position = definition.parameters.findIndex((parameter) => parameter.name === name);
  if (position < 0) return undefined;
  const bound =
    call.callee.kind === "attribute" && definition.parameters[0]?.name === "self" ? 1 : 0;
  return findArgument(call, name, position - bound)?.value;
}

interface Store {
  readonly container: Expression;
  readonly key: Expression;
  readonly value: Expression | undefined;
}

/** `session[key] = value`, of which a parameter decides the session or the key. */
function storesOf({ parameters, body }: FunctionDefinition): readonly Store[] {
  const isGiven = (part: Expression) =>
    part.kind === "name" && parameters.some(({ name }) => name === part.id);
  return [...walkStatements(body, isNotScope)].flatMap((statement) => {
    if (statement.kind !== "assignment") return [];
    const { value } = statement;
    return statement.targets.flatMap((target) => {
      const [key] = target.kind === "subscript" ? target.indices : [];
      if (target.kind !== "subscript" || key === undefined) return [];
      const container = target.object;
      return isGiven(key) || isGiven(container) ? [{ container, key, value }] : [];
    });
  });
}
