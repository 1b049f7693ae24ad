import { directoryOf, resolvePath } from "../../python/imports/paths.js";
import type { PythonModule } from "../../python/syntax/module.js";
import type { Call, Expression } from "../../python/syntax/syntax.js";
import { calleeName } from "../../python/syntax/walk.js";
import type { Scope } from "../evaluate/scope.js";
import { environmentOf } from "./class-of-module.js";

/** What one argument of `include()` names. */
export interface Included {
  /** As written, with `*` for what only the running site knows. */
  readonly pattern: string;
  /** Those at hand, in order; several alternatives where the environment decides. */
  readonly modules: readonly PythonModule[];
}

/** Whether a call is that of django-split-settings. */
export function isInclude(call: Call, module: PythonModule): boolean {
  const name = calleeName(call);
  if (name === undefined || !module.text.includes("split_settings")) return false;
  return (module.imports.resolve(name) ?? name) === "split_settings.tools.include";
}

/** The modules that `include("base.py", "components/*.py", optional("local.py"))` runs, in order. */
export function includedModules(
  call: Call,
  module: PythonModule,
  scope: Scope,
): readonly Included[] {
  return call.args
    .filter(({ name }) => name === undefined)
    .flatMap(({ value, unpack }) => (unpack === "*" ? itemsOf(value, scope) : [value]))
    .flatMap((argument) => {
      const pattern = patternOf(argument);
      return pattern === undefined ? [] : expand(pattern, module);
    });
}

/** Whether one of the patterns in a module that includes others fits a path. */
export function mayInclude(module: PythonModule, path: string): boolean {
  if (!module.text.includes("split_settings")) return false;
  const folder = directoryOf(module.path);
  return [...module.text.matchAll(/["']([^"'\n]+\.py)["']/g)].some(([, pattern = ""]) => {
    const resolved = resolvePath(folder, pattern);
    if (resolved === undefined || directoryOf(resolved) !== directoryOf(path)) return false;
    return wildcard(resolved)(path);
  });
}

function itemsOf(expression: Expression, scope: Scope): readonly Expression[] {
  const list = expression.kind === "name" ? scope.assigned(expression.id) : expression;
  return list?.kind === "list" || list?.kind === "tuple" ? list.items : [];
}

/** A hole of an f-string is written `{}`. */
function patternOf(expression: Expression): string | undefined {
  if (expression.kind === "call") {
    const [first] = expression.args;
    return /^(?:\w+\.)?optional$/.test(calleeName(expression) ?? "") && first
      ? patternOf(first.value)
      : undefined;
  }
  if (expression.kind === "binary" && expression.operator === "+") {
    const [left, right] = [patternOf(expression.left), patternOf(expression.right)];
    return left === undefined && right === undefined
      ? undefined
      : `${left ?? "{}"}${right ?? "{}"}`;
  }
  if (expression.kind !== "string") return undefined;
  return (
    expression.value ?? expression.parts.map((p) => (typeof p === "string" ? p : "{}")).join("")
  );
}

/**
 * A pattern of shell wildcards stands for all files it fits, one after the other; where the
 * environment names the file, for those that are named for production.
 */
function expand(pattern: string, module: PythonModule): readonly Included[] {
  const open = pattern.includes("{}");
  if (!open && !/[*?[]/.test(pattern)) {
    const found = module.beside(pattern);
    return [{ pattern, modules: found ? [found] : [] }];
  }
  const folder = directoryOf(pattern);
  if (/[*?[{]/.test(folder)) return [{ pattern, modules: [] }];
  const fits = wildcard(pattern.slice(folder === "" ? 0 : folder.length + 1));
  const names = module.siblings(folder).filter((name) => fits(name) && name.endsWith(".py"));
  const at = (name: string) => {
    const found = module.beside(`${folder}/${name}`);
    return found ? [found] : [];
  };
  if (!open) return names.map((name) => ({ pattern: name, modules: at(name) }));
  const production = names.filter((name) => {
    const path = resolvePath(directoryOf(module.path), `${folder}/${name}`);
    return (
      environmentOf(name, path === undefined ? [] : [path], module.configuration) === "production"
    );
  });
  return [{ pattern, modules: production.flatMap(at) }];
}

/** `*` and `?` of the shell; anything else stands for itself. */
function wildcard(pattern: string): (name: string) => boolean {
  const [start = "", ...rest] = pattern.replaceAll("{}", "*").split(/\*+/);
  return (name) => {
    if (!name.startsWith(start)) return false;
    let at = start.length;
    for (const [index, part] of rest.entries()) {
      const last = index === rest.length - 1;
      const found = last ? name.length - part.length : name.indexOf(part, at);
      if (found < at || (last && !name.endsWith(part))) return false;
      at = found + part.length;
    }
    return at === name.length;
  };
}
