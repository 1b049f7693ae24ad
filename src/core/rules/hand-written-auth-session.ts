import { ruleOf } from "../login/login-causes.js";
import { sinkEvidence } from "../login/login-evidence.js";
import { loginFacts } from "../login/login-facts.js";
import { loginJudgement } from "../login/login-judgement.js";
import type { Evidence, EvidencePair, Judgement, Rule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";

export const handWrittenAuthSession: Rule = {
  meta: {
    id: "hand-written-auth-session",
    title: "Django's login keys written by hand",
    severity: "error",
    status: "stable",
    suggestion: "needs-review",
    seed: "Avoid Custom Session Management",
    cwe: [384, 287],
    references: [
      "https://docs.djangoproject.com/en/stable/topics/auth/default/#how-to-log-a-user-in",
      "https://docs.djangoproject.com/en/stable/topics/http/sessions/#django.contrib.sessions.backends.base.SessionBase.cycle_key",
    ],
    docs: {
      why: "`login()` does more than store an id: it ends the session of another user, renews the session key and the CSRF token, and stores the hash that ends all sessions when the password changes. With id, backend and hash written by hand, the visitor is logged in with the session key they came with; without the hash Django ends the session on the next request.",
      remedy:
        'Call `login(request, user, backend="django.contrib.auth.backends.ModelBackend")` from `django.contrib.auth` with the backend that checked the user.',
      verify:
        "Note the session ID before the login, log in, and see that it has changed. Change the password in another browser: the first one has to be logged out.",
      tests: ["new-key-at-login"],
      testsView: true,
      limits:
        "A copy of `login()` that renews the key is accepted, whatever else it leaves out. Keys that other code computes are not seen.",
    },
  },

  detect(module: PythonModule): readonly Evidence[] {
    return loginFacts(module)
      .sinks.filter((sink) => sink.claimed)
      .map(sinkEvidence);
  },

  judge(pair: EvidencePair): Judgement | undefined {
    if (ruleOf(pair) !== "hand-written-auth-session") return undefined;
    const { head } = pair;
    return loginJudgement(head, {
      what: "`{function}` writes `{key}` by hand and skips what `login()` does: the session key is not renewed.",
      why: "A key that an attacker planted is then logged in as this user.",
    });
  },
};
