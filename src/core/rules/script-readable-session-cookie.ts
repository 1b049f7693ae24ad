import type { Rule } from "../model/rule.js";
import { FLAG, flagStrength } from "../settings/facts/strength.js";
import { flagSeverity } from "../settings/flag-severity.js";
import { settingRule } from "../settings/setting-rule.js";
import { CONCERNS } from "../settings/setting-words.js";

const SETTING = "SESSION_COOKIE_HTTPONLY";

export const scriptReadableSessionCookie: Rule = settingRule({
  meta: {
    id: "script-readable-session-cookie",
    title: "JavaScript can read the session cookie",
    severity: "error",
    status: "stable",
    suggestion: "safe",
    seed: "This prevents client-side JavaScript from accessing the session cookie. This mitigates the risk of XSS attacks stealing the session cookie.",
    cwe: [1004],
    references: [
      "https://docs.djangoproject.com/en/stable/ref/settings/#session-cookie-httponly",
      "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#httponly-attribute",
    ],
    docs: {
      why: "Without HttpOnly any script on a page, including an injected one, can read the session cookie from `document.cookie` and take over the session. Django's default is True, so deleting the line that says True changes nothing.",
      remedy:
        "Set `SESSION_COOKIE_HTTPONLY = True`. No page needs to read its session cookie from a script.",
      verify:
        "Attempt to access `document.cookie` in the browser's JavaScript console while logged in. The session cookie should *not* be visible. `python manage.py check --deploy` must not print `security.W015`.",
      tests: ["session-cookie-flags", "deploy-checks"],
      limits: "What comes with * from outside the repository is not known.",
    },
  },
  setting: SETTING,
  concerns: CONCERNS.sessions,
  fixLine: `${SETTING} = True`,
  strengthOf: (value) => flagStrength(SETTING, value),
  judge: (base, head) => {
    if (head.value.kind === "conditional" && head.strength >= FLAG.conditional) return undefined;
    const severity = flagSeverity(base, head);
    if (head.strength >= FLAG.conditional) {
      return {
        severity,
        template:
          "`SESSION_COOKIE_HTTPONLY` goes from {base} to {head}: whether scripts can read the session cookie now depends on how the site is started.",
      };
    }
    const may = head.strength >= FLAG.unknown ? "may be able to" : "can";
    return {
      severity,
      template: `\`SESSION_COOKIE_HTTPONLY\` is now {head}: scripts on the page ${may} read the session cookie.`,
    };
  },
});
