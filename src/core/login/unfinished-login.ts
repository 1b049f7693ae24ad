import type { Statement } from "../python/syntax/syntax.js";
import type { Scope } from "../session/bindings/scopes.js";
import { neverMeet } from "./paths/missed-renewals.js";
import type { AuthEvidence } from "./proof/auth-evidence.js";

/**
 * Whether the login that a statement stands for is finished later: the account cannot log in yet, or
 * the visitor is sent on to a second step. One that is sent on elsewhere says nothing of this path.
 */
export function isUnfinished(
  statement: Statement,
  scope: Scope,
  { inactive, handOffs }: AuthEvidence,
): boolean {
  const onTheWay = (one: Statement) =>
    !neverMeet(one, statement, scope) && !neverMeet(statement, one, scope);
  return inactive || handOffs.some(onTheWay);
}
