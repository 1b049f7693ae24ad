import { fixAttempt } from "../login/failed-rotation-fixes.js";
import { type FailedAttempt, failedAttempts } from "../login/failed-rotations.js";
import { loginJudgement } from "../login/login-judgement.js";
import type { Flaw } from "../login/paths/rotation-attempts.js";
import { isNoOp } from "../login/paths/rotation-attempts.js";
import { message } from "../model/message.js";
import type { Evidence, EvidencePair, Fix, Judgement, Rule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";

const REASONS: Readonly<Record<Flaw, string>> = {
  "no-call": "it names the method and does not call it",
  "not-awaited": "the coroutine is made and never awaited",
  "only-new-sessions":
    "it runs only for visitors without a session, and a planted key is one that exists",
  "only-empties": "clear() empties the session and keeps its key",
  "other-store": "it renews another session than that of the request",
  "other-branch": "it stands on a path on which nobody is logged in",
  swallowed: "when it fails, the error is passed over and the visitor is logged in all the same",
};

export const ineffectiveSessionRotation: Rule = {
  meta: {
    id: "ineffective-session-rotation",
    title: "Session key renewal that has no effect",
    severity: "error",
    status: "stable",
    suggestion: "safe",
    seed: "Verify `cycle_key()` call",
    cwe: [384, 665],
    references: [
      "https://docs.djangoproject.com/en/stable/topics/http/sessions/#django.contrib.sessions.backends.base.SessionBase.cycle_key",
      "https://docs.djangoproject.com/en/stable/topics/async/",
      "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#renew-the-session-id-after-any-privilege-level-change",
    ],
    docs: {
      why: "The line reads as if it protected the login, but it does not: a method that is named and not called, a coroutine that nobody awaits, a renewal only for visitors without a session, `clear()` in place of `flush()`, another session object. The key that an attacker planted before the login stays valid after it.",
      remedy:
        "Call `request.session.cycle_key()` (in a coroutine: `await request.session.acycle_key()`) on every path on which the visitor is logged in, without a condition on the session.",
      verify:
        "Verify the `cycle_key()` call: note the session ID before the login, log in, and see that it has changed.",
      tests: ["new-key-at-login"],
      testsView: true,
      limits:
        "A method that is handed to other code as a value is taken to be called there. Whether a condition of the project's own ever holds is not known.",
    },
  },

  detect(module: PythonModule): readonly Evidence[] {
    return failedAttempts(module).map((failed) => ({
      identity: `${failed.flaw} ${failed.method}`,
      symbol: failed.scope.symbol,
      strength: failed.harmless ? 1 : 0,
      span: failed.statement.span,
      guards: [],
      confidence: failed.sink?.confidence ?? "high",
      values: {
        function: failed.scope.symbol,
        call: failed.method,
        reason: REASONS[failed.flaw],
        ...(failed.sink && { key: failed.sink.write.key }),
      },
      detail: failed,
    }));
  },

  judge({ base, head }: EvidencePair): Judgement | undefined {
    if (head.strength > 0) return undefined;
    // What renewed the key beside it is gone: that line is the finding, and another rule's.
    if ((base?.detail as FailedAttempt | undefined)?.renewed === true) return undefined;
    const failed = head.detail as FailedAttempt;
    const grave = failed.flaw !== "swallowed" && head.confidence !== "low";
    const confidence = isNoOp(failed) ? "high" : head.confidence;
    if (failed.sink === undefined) {
      const severity = grave ? "error" : "warning";
      return { severity, confidence, message: message(IDLE, head.values) };
    }
    const judgement = loginJudgement(
      head,
      { what: UNPROTECTED, why: PLANTED },
      failed.scope.module,
    );
    return { ...judgement, confidence, severity: grave ? judgement.severity : "warning" };
  },

  suggest({ head }: EvidencePair): readonly Fix[] {
    return fixAttempt(head.detail as FailedAttempt);
  },
};

const IDLE = "This line of `{function}` has no effect (`{call}`): {reason}.";
const UNPROTECTED = "This line does not protect the login (`{key}`) in `{function}`: {reason}.";
const PLANTED = "A key that an attacker planted before the login stays valid after it.";
