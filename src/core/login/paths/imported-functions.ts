import type { PythonModule } from "../../python/syntax/module.js";
import type { Call, ClassDefinition, FunctionDefinition } from "../../python/syntax/syntax.js";
import { dottedName } from "../../python/syntax/walk.js";
import { lastName } from "../../session/access/session-expression.js";
import { resolveImport, type Scope, scopeOf } from "../../session/bindings/scopes.js";
import { tokensOf } from "../../session/words/tokens.js";

/**
 * Words of a function that may store or take away an identity, or renew the key. Another module is
 * asked for only for these: every view hands its request to functions like `render`.
 */
const TELLING =
  /^(?:log|login|logon|signin|sign|signup|register|logout|logoff|signout|auth|authenticate|authorize|session|sessions|rotate|cycle|renew|regenerate|refresh|key|account|user|member|customer|identity|sudo|impersonate|remember|forget|flush|enter|leave|begin|establish|desconectar|entrar|anmelden|abmelden|connecter|ingresar|sesion|sessao)$/;

/** Words of functions that only answer something. */
const ANSWERING = /^(?:get|is|has|can|check|url|form|render|redirect|count|list|serialize)$/;

/** Modules through which a re-exported name is followed. */
const MAX_REEXPORTS = 2;

/** Whether the name of what is called may matter here. */
export function mayBeTelling(call: Call): boolean {
  const name = lastName(call.callee);
  if (name === undefined || dottedName(call.callee) === undefined) return false;
  const tokens = tokensOf(name);
  return tokens.some((token) => TELLING.test(token)) && !ANSWERING.test(tokens[0] ?? "");
}

/** The function of another module of the project that a call runs, when its name may matter here. */
export function importedFunction(call: Call, scope: Scope): Scope | undefined {
  const dotted = mayBeTelling(call) ? dottedName(call.callee) : undefined;
  const path = dotted === undefined ? undefined : resolveImport(scope, dotted);
  return path === undefined ? undefined : functionAt(scope.module, path, MAX_REEXPORTS);
}

/** The function or the class that a dotted path names, seen from a module. */
export function functionAt(module: PythonModule, path: string, hops: number): Scope | undefined {
  const [owner, name] = splitLast(path);
  if (owner === undefined || name === undefined) return undefined;
  const [outer, className = ""] = splitLast(owner);
  if (outer !== undefined && /^[A-Z]\w*[a-z]/.test(className)) {
    const other = module.imported(outer);
    const found = other?.definition(className);
    const method = found?.kind === "class" ? methodOf(found, name) : undefined;
    return other === undefined || method === undefined || found?.kind !== "class"
      ? undefined
      : scopeOf(other, method, [found]);
  }
  const other = module.imported(owner);
  if (other === undefined) return undefined;
  const found = other.definition(name);
  if (found?.kind === "function") return scopeOf(other, found);
  const again = found === undefined ? other.imports.resolve(name) : undefined;
  return again === undefined || hops <= 0 ? undefined : functionAt(other, again, hops - 1);
}

export function methodOf(owner: ClassDefinition, name: string): FunctionDefinition | undefined {
  for (const statement of owner.body) {
    if (statement.kind === "function" && statement.name === name) return statement;
  }
  return undefined;
}

/** `.views.start` is `start` of `.views`, `.start` is `start` of `.`. */
function splitLast(path: string): readonly [owner: string | undefined, name: string | undefined] {
  const [, dots = "", rest = ""] = /^(\.*)(.*)$/.exec(path) ?? [];
  const at = rest.lastIndexOf(".");
  const owner = dots + (at === -1 ? "" : rest.slice(0, at));
  const name = rest.slice(at + 1);
  return [owner === "" ? undefined : owner, name === "" ? undefined : name];
}
