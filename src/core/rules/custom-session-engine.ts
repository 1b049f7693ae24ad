import { isKnownEngine, isSessionStore } from "../django/session-engines.js";
import { message } from "../model/message.js";
import type { EvidencePair, Judgement, Rule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";
import type { AbstractValue } from "../settings/evaluate/value.js";
import { textOf } from "../settings/facts/module-value.js";
import { isCookieStore, keepsInCookie } from "../settings/sessions/cookie-engine.js";
import { storeClassEvidence } from "../settings/sessions/store-classes.js";
import { settingRule } from "../settings/setting-rule.js";
import { CONCERNS } from "../settings/setting-words.js";

const SETTING = "SESSION_ENGINE";
const STORE_CLASS = "session store of the project";

const engineRule = settingRule({
  meta: {
    id: "custom-session-engine",
    title: "Sessions use a custom engine",
    severity: "notice",
    status: "stable",
    suggestion: "none",
    seed: "Avoid Custom Session Management (Unless Absolutely Necessary)",
    cwe: [384],
    references: [
      "https://docs.djangoproject.com/en/stable/topics/http/sessions/#extending-database-backed-session-engines",
      "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#session-management-implementation",
    ],
    docs: {
      why: "Django's stores make keys from a secure source, refuse keys they never issued, and change them at login. A store of the project's own has to do all of that again.",
      remedy: "Use one of Django's stores, or override only where the data is kept.",
      verify:
        "Check that `create()`, `cycle_key()`, `flush()` and `exists()` behave as in Django's own stores.",
      tests: ["new-key-at-login", "old-cookie-after-logout"],
      limits:
        "A notice only: the class behind the path is not read, and stores of known packages are not mentioned.",
    },
  },
  setting: SETTING,
  concerns: CONCERNS.sessions,
  strengthOf: engineStrength,
  judge: () => ({
    severity: "notice",
    template:
      "`SESSION_ENGINE` goes from {base} to {head}, a custom engine: check that it changes the key at login and ends sessions at logout.",
  }),
});

export const customSessionEngine: Rule = {
  ...engineRule,
  detect: (module) => [
    ...engineRule.detect(module),
    ...storeClassEvidence(module, STORE_CLASS, isSessionStore),
  ],
  judge: (pair) => (pair.head.identity === STORE_CLASS ? judgeClass(pair) : engineRule.judge(pair)),
  suggest: () => [],
};

/** Of a store that keeps sessions in the cookie, client-side-sessions speaks. */
function engineStrength(value: AbstractValue, module?: PythonModule): number {
  if (value.kind === "choice") {
    return Math.min(...value.options.map((option) => engineStrength(option, module)));
  }
  const engine = textOf(value) ?? "";
  if (engine === "" || isKnownEngine(`${engine}.`)) return 1;
  return keepsInCookie(engine, module) ? 1 : 0;
}

function judgeClass({ base, head }: EvidencePair): Judgement | undefined {
  if (base !== undefined || isCookieStore(head.values.base ?? "")) return undefined;
  return {
    severity: "notice",
    confidence: "medium",
    message: message(
      "`{name}` is a session store of the project's own: check that it changes the key at login and ends sessions at logout.",
      { name: head.values.name ?? "" },
    ),
  };
}
