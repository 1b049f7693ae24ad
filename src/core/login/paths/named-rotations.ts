import type { PythonModule } from "../../python/syntax/module.js";
import type { Expression } from "../../python/syntax/syntax.js";
import { dottedName } from "../../python/syntax/walk.js";
import { lastName } from "../../session/access/session-expression.js";
import { isDefinedHere, resolveImport, type Scope } from "../../session/bindings/scopes.js";

/**
 * Whether the configuration says that the function gives the session a new key. A bare name means
 * every function and method of that name, a dotted one the function at that import path; the folder
 * from which a project is started is not known, so the path may begin above it.
 */
export function isNamedRotation(callee: Expression, scope: Scope): boolean {
  const { rotationHelpers } = scope.module.configuration;
  if (rotationHelpers.length === 0) return false;
  const name = lastName(callee);
  const paths = pathsOf(callee, scope);
  return rotationHelpers.some((helper) =>
    helper.includes(".")
      ? paths.some((path) => path === helper || path.endsWith(`.${helper}`))
      : helper === name,
  );
}

/** The import paths that the called function may have, absolute as far as files tell. */
function pathsOf(callee: Expression, scope: Scope): readonly string[] {
  const { module } = scope;
  const dotted = dottedName(callee);
  if (dotted === undefined) return [];
  const here = modulePath(module);
  if (isDefinedHere(module, dotted)) return [`${here.join(".")}.${dotted}`];
  const stars = module.imports.stars.map((star) => `${star}.${dotted}`);
  return [resolveImport(scope, dotted), ...stars].flatMap((path) =>
    path === undefined ? [] : [absolute(path, here)],
  );
}

function modulePath({ path }: PythonModule): readonly string[] {
  return path.replace(/(?:\/__init__)?\.py$/, "").split("/");
}

/** One leading dot is the folder of the module, each further one a folder above. */
function absolute(path: string, here: readonly string[]): string {
  const dots = /^\.*/.exec(path)?.[0].length ?? 0;
  if (dots === 0) return path;
  return [...here.slice(0, Math.max(0, here.length - dots)), path.slice(dots)].join(".");
}
