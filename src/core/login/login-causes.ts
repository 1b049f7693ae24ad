import type { Evidence, EvidencePair } from "../model/rule.js";
import { chosenKeys } from "../session-key/chosen-key.js";
import { attemptsFor } from "./failed-rotations.js";
import type { LoginDetail } from "./login-evidence.js";
import type { LoginSink, LoginWithoutSink } from "./login-facts.js";
import { statementsWith } from "./paths/path-rule.js";
import type { Attempt } from "./paths/rotation-attempts.js";

/** The rules that can have something to say of one login. */
export type LoginRule =
  | "unrotated-login"
  | "removed-session-rotation"
  | "partly-rotated-login"
  | "ineffective-session-rotation"
  | "unrotated-privilege-change"
  | "hand-written-auth-session";

/**
 * The one rule that speaks of a login which became unrotated, so that a cause has one comment: the
 * statement that only looks like a renewal before the login without one; the change of identity and
 * Django's own keys before any identity; what was taken away before what was never there.
 */
export function ruleOf({ base, head }: EvidencePair): LoginRule | undefined {
  const after = head.detail as LoginDetail | undefined;
  if (after === undefined || head.strength > 0) return undefined;
  const before = base?.detail as LoginDetail | undefined;
  if (after.kind === "function") return before && ruleOfFunction(before, after.login);
  if (base === undefined) return ruleOfNew(after.sink);
  if (before?.kind !== "sink" || base.strength === 0) return undefined;
  if (hasNewAttempt(before.sink, after.sink)) return "ineffective-session-rotation";
  return isSkippedNow(base, after.sink) ? "partly-rotated-login" : "removed-session-rotation";
}

function ruleOfNew(sink: LoginSink): LoginRule | undefined {
  if (!sink.claimed || isOfChosenSession(sink)) return undefined;
  if (attemptsFor(sink).length > 0) return "ineffective-session-rotation";
  if (sink.impersonates) return "unrotated-privilege-change";
  if (sink.handWritten) return "hand-written-auth-session";
  if (sink.switchedOff || sink.missed.some(({ miss }) => miss !== "no-login")) {
    return "partly-rotated-login";
  }
  return "unrotated-login";
}

/**
 * Without an identity written here, a `login()` that is gone leaves nobody logged in, unless the
 * request is made somebody's some other way.
 */
function ruleOfFunction(before: LoginDetail, login: LoginWithoutSink): LoginRule | undefined {
  if (login.elevates) return "unrotated-privilege-change";
  const tried = before.kind === "function" && before.login.attempts;
  if (login.attempts && !tried) return "ineffective-session-rotation";
  const lost = before.kind === "sink" || before.login.renewsKey || login.establishes;
  return lost ? "removed-session-rotation" : undefined;
}

/** The identity comes out of a session that the request names, which request-chosen-session-key reports. */
function isOfChosenSession({ write }: LoginSink): boolean {
  const { definition, module } = write.scope;
  return chosenKeys(module).some(
    ({ how, scope, source }) =>
      how === "lookup" && source !== undefined && scope.definition === definition,
  );
}

function hasNewAttempt(before: LoginSink, after: LoginSink): boolean {
  const old = new Set(attemptsOf(before).map(nameOf));
  return attemptsOf(after).some((attempt) => !old.has(nameOf(attempt)));
}

function attemptsOf(sink: LoginSink): readonly Attempt[] {
  return attemptsFor({ ...sink, rotated: false });
}

function nameOf({ flaw, method }: Attempt): string {
  return `${flaw} ${method}`;
}

/** The renewal still stands as it stood, and a way out of the function was put before it. */
function isSkippedNow(base: Evidence, sink: LoginSink): boolean {
  const skipped = sink.missed.filter(({ miss }) => miss === "skipped");
  if (skipped.length === 0) return false;
  const { scope } = sink.write;
  return statementsWith(scope, "rotates").length >= base.guards.length;
}
