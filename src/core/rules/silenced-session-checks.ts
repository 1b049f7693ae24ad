import { SESSION_CHECKS } from "../django/session-checks.js";
import { message } from "../model/message.js";
import type { Evidence, EvidencePair, Judgement, Rule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";
import { isOn } from "../settings/facts/module-value.js";
import { listedElements } from "../settings/lists/list-elements.js";
import { dropElement } from "../settings/lists/list-fixes.js";
import type { ListElement } from "../settings/lists/list-value.js";
import { CONCERNS } from "../settings/setting-words.js";

const SETTING = "SILENCED_SYSTEM_CHECKS";

/** Where the setting is on, the check would have nothing to say. */
const ANSWERED_BY: Readonly<Record<string, string>> = {
  "security.W010": "SESSION_COOKIE_SECURE",
  "security.W011": "SESSION_COOKIE_SECURE",
  "security.W012": "SESSION_COOKIE_SECURE",
  "security.W016": "CSRF_USE_SESSIONS",
};

export const silencedSessionChecks: Rule = {
  meta: {
    id: "silenced-session-checks",
    title: "A deployment check on sessions is silenced",
    severity: "warning",
    status: "stable",
    suggestion: "safe",
    seed: "Integrate static analysis tools … into the development pipeline",
    cwe: [693],
    references: [
      "https://docs.djangoproject.com/en/stable/ref/settings/#silenced-system-checks",
      "https://docs.djangoproject.com/en/stable/ref/checks/#security",
    ],
    docs: {
      why: "`check --deploy` tells a team before a release that sessions are not protected. A silenced check also stays silent when the setting gets worse later.",
      remedy:
        "Set what the check asks for, or silence it in the module of the one environment that differs.",
      verify: "`python manage.py check --deploy` must run with no check on sessions silenced.",
      tests: ["deploy-checks"],
      limits: "A check that is taken out of a build script is not seen.",
    },
  },

  concerns: CONCERNS.checks,

  detect(module: PythonModule): readonly Evidence[] {
    return listedElements(module, [SETTING]).flatMap(({ symbol, element }): readonly Evidence[] => {
      const what = Object.hasOwn(SESSION_CHECKS, element.text)
        ? SESSION_CHECKS[element.text]
        : undefined;
      const answer = ANSWERED_BY[element.text];
      if (what === undefined || (answer !== undefined && isOn(module, answer))) return [];
      return [
        {
          identity: element.text,
          symbol,
          strength: 0,
          span: element.span,
          guards: [],
          confidence: "high",
          values: { id: element.text, what },
          detail: element,
        },
      ];
    });
  },

  judge({ head }: EvidencePair): Judgement | undefined {
    return { severity: "warning", confidence: "high", message: message(SILENCED, head.values) };
  },

  suggest: ({ head }, change) => dropElement(head.detail as ListElement, change),
};

const SILENCED = "`{id}` is silenced: `check --deploy` will stay quiet about {what}.";
