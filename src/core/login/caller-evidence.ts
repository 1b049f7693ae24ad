import type { Expression } from "../python/syntax/syntax.js";
import type { Scope } from "../session/bindings/scopes.js";
import type { SessionWrite } from "../session/writes/writes.js";
import { type CallOf, callsOf, isRotatedCall } from "./paths/callers.js";
import { type AuthEvidence, readAuthEvidence } from "./proof/auth-evidence.js";
import { isOnFailingPath } from "./proof/failing-path.js";
import { storesGiven } from "./proof/given-values.js";
import { identifies } from "./proof/identity-values.js";
import { isUnfinished } from "./unfinished-login.js";

/**
 * What is known of the visitor in a function that stores what its callers give it: what those of
 * them know who log in through it without renewing the key.
 */
export function withCallers(
  scope: Scope,
  own: AuthEvidence,
  writes: readonly SessionWrite[],
): AuthEvidence {
  if (own.checks || own.behindLogin || !writes.some(storesGiven)) return own;
  const logins = callsOf(scope).flatMap((at) => {
    const auth = readAuthEvidence(at.caller);
    const isLogin = auth.checks && !auth.behindLogin;
    if (
      !isLogin ||
      isUnfinished(at.statement, at.caller, auth) ||
      isOnFailingPath(at.statement, at.caller, auth.proof)
    )
      return [];
    return isRotatedCall(at) ? [] : [{ at, auth }];
  });
  if (logins.length === 0) return own;
  const records = logins.flatMap(({ at, auth }) => provenParameters(at, auth, scope));
  return {
    ...own,
    checks: true,
    proof: { ...own.proof, records: new Set([...own.proof.records, ...records]) },
  };
}

/** The parameters through which a caller hands over who the visitor proved to be. */
function provenParameters(
  { call }: CallOf,
  { proof }: AuthEvidence,
  { definition }: Scope,
): readonly string[] {
  const parameters = definition?.parameters ?? [];
  const bound = /^(?:self|cls)$/.test(parameters[0]?.name ?? "") ? 1 : 0;
  const isProven = (value: Expression) => identifies(value, proof, 0);
  return call.args.flatMap((arg, position) => {
    const name = arg.name ?? parameters[position + bound]?.name;
    return name !== undefined && isProven(arg.value) ? [name] : [];
  });
}
