import { ruleOf } from "../login/login-causes.js";
import { functionEvidence, sinkEvidence } from "../login/login-evidence.js";
import { loginFacts } from "../login/login-facts.js";
import { renewBefore, restoreGuard } from "../login/login-fixes.js";
import { loginJudgement } from "../login/login-judgement.js";
import type { FileChange } from "../model/change.js";
import type { Evidence, EvidencePair, Fix, Judgement, Rule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";

export const removedSessionRotation: Rule = {
  meta: {
    id: "removed-session-rotation",
    title: "Login no longer renews the session key",
    severity: "error",
    status: "stable",
    suggestion: "safe",
    seed: "Ensure that `request.session.cycle_key()` is called *immediately* after a user is successfully authenticated.",
    cwe: [384],
    references: [
      "https://docs.djangoproject.com/en/stable/topics/http/sessions/#django.contrib.sessions.backends.base.SessionBase.cycle_key",
      "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#renew-the-session-id-after-any-privilege-level-change",
    ],
    docs: {
      why: "Django renews the session key in `login()`; code that logs a visitor in without it has to call `cycle_key()` or `flush()` on every path.",
      remedy:
        "Keep `login(request, user)`, `request.session.cycle_key()` or `request.session.flush()` on every path on which the visitor is logged in.",
      verify:
        "Note the session ID before authentication. Verify that the session ID is different after authentication.",
      tests: ["new-key-at-login"],
      testsView: true,
      limits:
        "A renewal that moved into another module is followed through two imports, in functions that are given the request and whose names speak of logins, sessions or accounts.",
    },
  },

  detect(module: PythonModule): readonly Evidence[] {
    const { sinks, others } = loginFacts(module);
    return [...sinks.map(sinkEvidence), ...others.map(functionEvidence)];
  },

  judge(pair: EvidencePair): Judgement | undefined {
    const { head } = pair;
    if (ruleOf(pair) !== "removed-session-rotation") return undefined;
    const what =
      head.values.key === undefined
        ? "`{function}` no longer renews the session key."
        : "`{function}` no longer renews the session key when it logs the visitor in (`{key}`).";
    return loginJudgement(head, {
      what,
      why: "A key that an attacker planted before the login stays valid after it.",
    });
  },

  suggest({ base, head }: EvidencePair, change: FileChange): readonly Fix[] {
    const [guard] = base?.guards ?? [];
    const restored = guard === undefined ? [] : restoreGuard(guard, change);
    return [...restored, ...renewBefore(head)];
  },
};
