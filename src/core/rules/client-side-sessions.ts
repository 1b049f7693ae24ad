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
const STORE_CLASS = "session store in the cookie";
const EFFECT =
  "sessions move into the cookie, where clients can read the data (it is signed, not encrypted), and logging out no longer ends a session whose cookie was copied.";

const engineRule = settingRule({
  meta: {
    id: "client-side-sessions",
    title: "Sessions move into the cookie",
    severity: "error",
    status: "stable",
    suggestion: "safe",
    seed: "Storing session data directly in cookies is generally *not recommended* due to size limitations and potential security risks",
    cwe: [613, 315],
    references: [
      "https://docs.djangoproject.com/en/stable/topics/http/sessions/#using-cookie-based-sessions",
      "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#session-id-content-or-value",
    ],
    docs: {
      why: "With signed cookies the client holds the session: it can read everything in it, and nothing on the server can end it. A cookie that was copied before logout keeps working until `SESSION_COOKIE_AGE`, whatever `logout()`, `flush()` or `cycle_key()` do.",
      remedy: "Keep the sessions in the database or in a shared cache.",
      verify:
        "Check the `SESSION_ENGINE` setting, and verify that the `django_session` table exists. Log in, copy the cookie, log out, send the copy: the site must treat it as an anonymous visitor.",
      tests: ["old-cookie-after-logout"],
      limits:
        "An engine of the project is followed one class deep. `check --deploy` says nothing about this setting.",
    },
  },
  setting: SETTING,
  concerns: CONCERNS.sessions,
  fixLine: (head) =>
    head.includes("django.contrib.sessions") && /INSTALLED_APPS/.test(head)
      ? `${SETTING} = "django.contrib.sessions.backends.db"`
      : undefined,
  strengthOf: engineStrength,
  judge: (_, head) => ({
    severity: head.value.kind === "environment" ? "warning" : "error",
    template: `\`SESSION_ENGINE\` goes from {base} to {head}: ${EFFECT}`,
  }),
});

export const clientSideSessions: Rule = {
  ...engineRule,
  detect: (module) => [
    ...engineRule.detect(module),
    ...storeClassEvidence(module, STORE_CLASS, isCookieStore),
  ],
  judge: (pair) => (pair.head.identity === STORE_CLASS ? judgeClass(pair) : engineRule.judge(pair)),
};

function engineStrength(value: AbstractValue, module?: PythonModule): number {
  if (value.kind === "choice") {
    return Math.min(...value.options.map((option) => engineStrength(option, module)));
  }
  const engine = textOf(value);
  return engine !== undefined && keepsInCookie(engine, module) ? 0 : 1;
}

function judgeClass({ base, head }: EvidencePair): Judgement | undefined {
  if (base !== undefined) return undefined;
  return {
    severity: "warning",
    confidence: "medium",
    message: message(
      "`{name}` derives from Django's signed-cookie store: where it is used, clients can read the session data and logging out no longer ends a session whose cookie was copied.",
      { name: head.values.name ?? "" },
    ),
  };
}
