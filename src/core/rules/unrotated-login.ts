import { ruleOf } from "../login/login-causes.js";
import { sinkEvidence } from "../login/login-evidence.js";
import { loginFacts } from "../login/login-facts.js";
import { renewBefore } from "../login/login-fixes.js";
import { loginJudgement } from "../login/login-judgement.js";
import type { Evidence, EvidencePair, Fix, Judgement, Rule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";

export const unrotatedLogin: Rule = {
  meta: {
    id: "unrotated-login",
    title: "Login keeps the old session key",
    severity: "error",
    status: "stable",
    suggestion: "safe",
    seed: "If a custom authentication system is used, it's *essential* to call `request.session.cycle_key()` after a successful login.",
    cwe: [384],
    references: [
      "https://docs.djangoproject.com/en/stable/topics/http/sessions/#django.contrib.sessions.backends.base.SessionBase.cycle_key",
      "https://docs.djangoproject.com/en/stable/topics/auth/default/#how-to-log-a-user-in",
      "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#renew-the-session-id-after-any-privilege-level-change",
    ],
    docs: {
      why: "Django renews the session key in `login()` and nowhere else: a view that writes the identity into the session by itself has to renew it too.",
      remedy:
        "Use `django.contrib.auth.login(request, user)` where the user is an `AUTH_USER_MODEL` instance. Otherwise call `request.session.cycle_key()` on every path on which the visitor is logged in, before or after the identity is written, and `django.middleware.csrf.rotate_token(request)`: `cycle_key()` keeps the CSRF secret.",
      verify:
        "Manually test the custom authentication flow. Before login, note the session ID. After login, verify that the session ID has changed.",
      tests: ["new-key-at-login"],
      testsView: true,
      limits:
        "A renewal in another module is followed through two imports, in functions that are given the request and whose names speak of logins, sessions or accounts; where such a function cannot be read, the finding is a warning. So it is for a helper that is only called like one that begins a session. With `signed_cookies` the classic attack does not apply.",
    },
  },

  detect(module: PythonModule): readonly Evidence[] {
    return loginFacts(module)
      .sinks.filter((sink) => sink.claimed)
      .map(sinkEvidence);
  },

  judge(pair: EvidencePair): Judgement | undefined {
    const { head } = pair;
    if (ruleOf(pair) !== "unrotated-login") return undefined;
    return loginJudgement(head, {
      what: "`{function}` logs the visitor in (`{key}`) but keeps the session key they came with.",
      why: "An attacker who obtained a session key from your site and planted it in the visitor's browser before the login is then logged in as this visitor.",
    });
  },

  suggest({ head }: EvidencePair): readonly Fix[] {
    return renewBefore(head);
  },
};
