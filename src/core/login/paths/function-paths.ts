import { documentedPath } from "../../django/reexports.js";
import type { Expression } from "../../python/syntax/syntax.js";
import { dottedName } from "../../python/syntax/walk.js";
import { lastName } from "../../session/access/session-expression.js";
import { moduleConstant } from "../../session/bindings/constants.js";
import {
  bindingsOf,
  isDefinedHere,
  resolveImport,
  type Scope,
} from "../../session/bindings/scopes.js";

/** Names through which one function is called by another: `enter = partial(login, backend=...)`. */
const MAX_ALIASES = 3;

/**
 * The import paths that a called function may have, also where a variable stands for it; none when
 * the module defines it.
 */
export function functionPaths(callee: Expression, scope: Scope, hops = 0): readonly string[] {
  const dotted = dottedName(callee);
  if (dotted === undefined || isDefinedHere(scope.module, dotted)) return [];
  const imported = resolveImport(scope, dotted);
  if (imported !== undefined) return [imported];
  const alias = hops < MAX_ALIASES ? aliased(callee, scope) : undefined;
  if (alias !== undefined) return functionPaths(alias, scope, hops + 1);
  return scope.module.imports.stars.map((star) => documentedPath(`${star}.${dotted}`));
}

/** The function that a variable of the function or of the module was given, alone or in a `partial`. */
function aliased(callee: Expression, scope: Scope): Expression | undefined {
  if (callee.kind !== "name") return undefined;
  const bindings = bindingsOf(scope, callee.id);
  if (bindings !== undefined && bindings.length > 1) return undefined;
  const value =
    bindings === undefined ? moduleConstant(callee.id, scope.module) : bindings[0]?.value;
  if (value?.kind !== "call") return value;
  return lastName(value.callee) === "partial" ? value.args[0]?.value : undefined;
}
