import type { Evidence } from "../model/rule.js";
import { unparse } from "../python/syntax/unparse.js";
import type { LoginSink, LoginWithoutSink } from "./login-facts.js";
import { reachOf } from "./paths/callers.js";

/** What the login family keeps in `Evidence.detail`. */
export type LoginDetail =
  | { readonly kind: "sink"; readonly sink: LoginSink }
  | { readonly kind: "function"; readonly login: LoginWithoutSink };

/** Whether the session key is renewed on the path of a login. */
export const ROTATION = { unrotated: 0, rotated: 1 } as const;

export function sinkEvidence(sink: LoginSink): Evidence {
  const { write, rotated, guards, confidence } = sink;
  const detail: LoginDetail = { kind: "sink", sink };
  return {
    identity: write.key,
    looseIdentity: `${write.scope.symbol} ${write.value === undefined ? write.key : unparse(write.value)}`,
    symbol: write.scope.symbol,
    reach: () => reachOf(write.scope),
    strength: rotated ? ROTATION.rotated : ROTATION.unrotated,
    span: write.statement.span,
    guards,
    confidence,
    values: { function: write.scope.symbol, key: write.key },
    detail,
  };
}

export function functionEvidence(login: LoginWithoutSink): Evidence {
  const detail: LoginDetail = { kind: "function", login };
  return {
    identity: "(login)",
    symbol: login.scope.symbol,
    strength: login.rotated ? ROTATION.rotated : ROTATION.unrotated,
    span: login.span,
    guards: login.guards,
    confidence: "medium",
    values: { function: login.scope.symbol },
    detail,
  };
}
