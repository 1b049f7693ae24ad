import type { Call, Expression, FunctionDefinition } from "../python/syntax.js";
import { findArgument, isNotScope, walkStatements } from "../python/walk.js";
import { isDefinedHere, type Scope, scopeOf } from "./functions.js";
import { type KeyPart, readKeys } from "./keys.js";
import { readSession, type SessionPlace } from "./session-expression.js";

interface HelperWrite {
  readonly place: SessionPlace;
  readonly path: readonly KeyPart[];
  readonly value: Expression | undefined;
}

/**
 * What a call writes through a function of the same module that stores under a key it is given:
 * `remember(request, "password", password)`.
 */
export function helperWrites(call: Call, scope: Scope): readonly HelperWrite[] {
  if (call.callee.kind !== "name" || call.args.length < 2) return [];
  const { module } = scope;
  const name = call.callee.id;
  if (!isDefinedHere(module, name)) return [];
  const top = module.statements.findLast((one) => one.keyword !== undefined && one.name === name);
  if (top === undefined || !module.text.slice(top.span.start, top.span.end).includes("session"))
    return [];
  const definition = module.definition(name);
  if (definition?.kind !== "function") return [];
  return storesOf(definition, scopeOf(module, definition)).flatMap(({ place, key, value }) => {
    const keyGiven = argumentFor(definition, call, key);
    const valueGiven = value?.kind === "name" ? argumentFor(definition, call, value.id) : undefined;
    if (keyGiven === undefined) return [];
    return readKeys(keyGiven, scope).map((part) => ({
      place,
      path: [...place.path, part],
      value: valueGiven ?? value,
    }));
  });
}

function argumentFor(
  definition: FunctionDefinition,
  call: Call,
  name: string,
): Expression | undefined {
  const position = definition.parameters.findIndex((parameter) => parameter.name === name);
  return position < 0 ? undefined : findArgument(call, name, position)?.value;
}

/** `session[key] = value` with a key that is a parameter. */
function storesOf(
  definition: FunctionDefinition,
  scope: Scope,
): readonly {
  readonly place: SessionPlace;
  readonly key: string;
  readonly value: Expression | undefined;
}[] {
  const parameters = new Set(definition.parameters.map((parameter) => parameter.name));
  return [...walkStatements(definition.body, isNotScope)].flatMap((statement) => {
    if (statement.kind !== "assignment") return [];
    return statement.targets.flatMap((target) => {
      const [index] = target.kind === "subscript" ? target.indices : [];
      if (target.kind !== "subscript" || index?.kind !== "name" || !parameters.has(index.id))
        return [];
      const place = readSession(target.object, scope);
      return place === undefined ? [] : [{ place, key: index.id, value: statement.value }];
    });
  });
}
