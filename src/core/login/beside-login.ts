import type { Call, Expression } from "../python/syntax/syntax.js";
import { unparse } from "../python/syntax/unparse.js";
import { isNotScope, walkAllExpressions } from "../python/syntax/walk.js";
import { lastName } from "../session/access/session-expression.js";
import type { Scope } from "../session/bindings/scopes.js";
import type { SessionWrite } from "../session/writes/writes.js";
import { isPromoted } from "./identity/promoted-identity.js";
import { mayRotateElsewhere } from "./paths/callers.js";
import { calledScope } from "./paths/effect.js";
import { functionPaths } from "./paths/function-paths.js";
import { LOGGING_IN_FUNCTIONS } from "./paths/rotation-calls.js";
import { storesProven } from "./proof/identity-values.js";
import type { Proof } from "./proof/proof.js";

/**
 * Whether a write stands beside the login of its function and is none: Django logs in whom the
 * function knows, and what is stored is nothing that they proved, as for a form that comes next.
 */
export function isBesideLogin(write: SessionWrite, proof: Proof): boolean {
  const { scope } = write;
  if (storesProven(write, proof) || isPromoted(write)) return false;
  if (write.value !== undefined && isClaimed(write.value, scope)) return false;
  return callsIn(scope).some((call) => logsIn(call, scope)) || mayRotateElsewhere(scope);
}

/** `name` where `authenticate(username=name, password=...)` asks for it. */
function isClaimed(value: Expression, scope: Scope): boolean {
  const text = unparse(value);
  return callsIn(scope).some(
    ({ callee, args }) =>
      /^a?authenticate$/.test(lastName(callee) ?? "") &&
      args.some((arg) => unparse(arg.value) === text),
  );
}

/** Django's login(), in the function or in one that it calls. */
function logsIn(call: Call, scope: Scope, hops = 2): boolean {
  if (functionPaths(call.callee, scope).some((path) => LOGGING_IN_FUNCTIONS.has(path))) return true;
  const called = hops > 0 ? calledScope(call, scope) : undefined;
  return called !== undefined && callsIn(called).some((one) => logsIn(one, called, hops - 1));
}

function callsIn({ body }: Scope): readonly Call[] {
  return walkAllExpressions(body, isNotScope).filter((one): one is Call => one.kind === "call");
}
