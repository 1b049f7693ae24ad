import { ruleOf } from "../login/login-causes.js";
import { type LoginDetail, sinkEvidence } from "../login/login-evidence.js";
import { loginFacts } from "../login/login-facts.js";
import { renewBefore } from "../login/login-fixes.js";
import { loginJudgement } from "../login/login-judgement.js";
import type { Miss } from "../login/paths/missed-renewals.js";
import type { Evidence, EvidencePair, Fix, Judgement, Rule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";

const MISSES: Readonly<Record<Miss, string>> = {
  conditional: "the renewal stands under a condition that this path need not meet",
  skipped: "there is a way out of the function before the renewal",
  "other-login": "only another path of the function renews it",
  "no-login": "only a path on which nobody is logged in renews it",
};

const SWITCHED_OFF = "the call turns the renewal off";

export const partlyRotatedLogin: Rule = {
  meta: {
    id: "partly-rotated-login",
    title: "One login path keeps the old session key",
    severity: "error",
    status: "stable",
    suggestion: "safe",
    seed: "Lack of Regeneration After Login (The Core Vulnerability)",
    cwe: [384],
    references: [
      "https://docs.djangoproject.com/en/stable/topics/http/sessions/#django.contrib.sessions.backends.base.SessionBase.cycle_key",
      "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#renew-the-session-id-after-any-privilege-level-change",
    ],
    docs: {
      why: "The function renews the session key on one path and logs the visitor in on another one without it. An attacker chooses the path: remember-me, a second factor that is skipped, a fallback after an error.",
      remedy:
        "Renew the key right before, or after, every write of the identity, or once before the paths diverge. The order does not matter, as long as nothing leaves the function in between.",
      verify:
        "For each path of the login: note the session ID before it, log in that way, and see that the ID has changed.",
      tests: ["new-key-at-login"],
      testsView: true,
      limits:
        "Conditions are not evaluated: a renewal under a condition that always holds counts as missing. A renewal that depends on a parameter is taken to be on when its default says so.",
    },
  },

  detect(module: PythonModule): readonly Evidence[] {
    return loginFacts(module)
      .sinks.filter((sink) => sink.claimed)
      .map((sink) => {
        const evidence = sinkEvidence(sink);
        const [first] = sink.missed.filter(({ miss }) => miss !== "no-login");
        return {
          ...evidence,
          values: {
            ...evidence.values,
            why: sink.switchedOff ? SWITCHED_OFF : MISSES[first?.miss ?? "skipped"],
          },
        };
      });
  },

  judge(pair: EvidencePair): Judgement | undefined {
    if (ruleOf(pair) !== "partly-rotated-login") return undefined;
    const { head } = pair;
    return loginJudgement(head, {
      what: "This path of `{function}` logs the visitor in (`{key}`) without renewing the session key: {why}.",
    });
  },

  suggest({ head }: EvidencePair): readonly Fix[] {
    const { kind } = head.detail as LoginDetail;
    return kind === "sink" ? renewBefore(head) : [];
  },
};
