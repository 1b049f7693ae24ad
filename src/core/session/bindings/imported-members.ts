import type { PythonModule } from "../../python/syntax/module.js";
import { resolveImport, type Scope } from "./scopes.js";

/** A name at the top level of a module of the project. */
export interface Member {
  readonly module: PythonModule;
  readonly name: string;
}

/** Modules through which a name that is imported again is followed. */
const MAX_REEXPORTS = 2;

/** Where a name comes from that a function uses and its module imports from another of the project. */
export function importedMember(dotted: string, scope: Scope): Member | undefined {
  const path = resolveImport(scope, dotted);
  return path === undefined ? undefined : memberAt(path, scope.module);
}

/** The same for a name at the top level of a module. */
export function importedInto(module: PythonModule, dotted: string): Member | undefined {
  const path = module.imports.resolve(dotted);
  return path === undefined ? undefined : memberAt(path, module);
}

/** `.keys.OTP` is `OTP` of `.keys`, `.start` is `start` of the package itself. */
function memberAt(path: string, from: PythonModule, hops = MAX_REEXPORTS): Member | undefined {
  const [, dots = "", rest = ""] = /^(\.*)(.*)$/.exec(path) ?? [];
  const at = rest.lastIndexOf(".");
  const owner = dots + (at < 0 ? "" : rest.slice(0, at));
  const name = rest.slice(at + 1);
  if (owner === "" || name === "" || isForeign(path)) return undefined;
  const module = from.imported(owner);
  if (module === undefined) return undefined;
  const again = module.imports.resolve(name);
  if (again === undefined || hops <= 0) return { module, name };
  return memberAt(again, module, hops - 1);
}

/** Django's own modules are not in the repository; they need not be asked for. */
function isForeign(path: string): boolean {
  return /^(?:django|rest_framework|formtools|typing|collections)\./.test(path);
}
