import type { PythonModule } from "../python/syntax/module.js";
import { scopesOf } from "../session/bindings/scopes.js";
import { writesOf } from "../session/writes/writes.js";
import { candidateOf } from "./login-candidates.js";
import { readAuthEvidence } from "./proof/auth-evidence.js";

const MEMO = new WeakMap<PythonModule, Map<string, boolean>>();

/** Whether a login of the same file stores who the visitor is under that key, whatever it is called. */
export function isLoginKey(module: PythonModule, key: string): boolean {
  const known = MEMO.get(module) ?? new Map<string, boolean>();
  MEMO.set(module, known);
  const found = known.get(key) ?? isStoredByLogin(module, key);
  known.set(key, found);
  return found;
}

function isStoredByLogin(module: PythonModule, key: string): boolean {
  return scopesOf(module, module.syntaxMentioning([key])).some((scope) => {
    if (scope.definition === undefined) return false;
    const writes = writesOf(scope).filter((write) => write.key === key);
    if (writes.length === 0) return false;
    const auth = readAuthEvidence(scope);
    return writes.some((write) => candidateOf(write, auth).some(({ claimed }) => claimed));
  });
}
