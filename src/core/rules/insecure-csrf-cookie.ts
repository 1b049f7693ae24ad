import type { Rule } from "../model/rule.js";
import { withoutCsrfCookie } from "../settings/facts/csrf-cookie.js";
import { isOn } from "../settings/facts/module-value.js";
import { FLAG, flagStrength } from "../settings/facts/strength.js";
import { atMost, flagSeverity, isOnlySpelledOut } from "../settings/flag-severity.js";
import { settingRule } from "../settings/setting-rule.js";
import { CONCERNS } from "../settings/setting-words.js";

const SETTING = "CSRF_COOKIE_SECURE";
const SESSION_SECURE = "SESSION_COOKIE_SECURE";

export const insecureCsrfCookie: Rule = settingRule({
  meta: {
    id: "insecure-csrf-cookie",
    title: "CSRF cookie no longer limited to HTTPS",
    severity: "warning",
    status: "stable",
    suggestion: "safe",
    seed: "Ensure that CSRF protection is properly implemented and enabled.",
    cwe: [614],
    references: [
      "https://docs.djangoproject.com/en/stable/ref/settings/#csrf-cookie-secure",
      "https://cheatsheetseries.owasp.org/cheatsheets/Django_Security_Cheat_Sheet.html#cookies",
    ],
    docs: {
      why: "Anyone on the network can read and replace a CSRF token that travels over plain HTTP, and a forged form then passes Django's check. Django's default is False.",
      remedy:
        "Set `CSRF_COOKIE_SECURE = True` in every module that a production site is started with.",
      verify: "`python manage.py check --deploy` must not print `security.W016`.",
      tests: ["deploy-checks"],
      limits:
        "What comes with * from outside the repository is not known. Where `CSRF_USE_SESSIONS` is on there is no such cookie, and nothing is said.",
    },
  },
  setting: SETTING,
  concerns: CONCERNS.sessions,
  againstDefault: true,
  fixLine: `${SETTING} = True`,
  strengthOf: (value) => flagStrength(SETTING, value),
  overrule: (module, fact) => withoutCsrfCookie(module, fact, true),
  describe: (module) => ({ session: isOn(module, SESSION_SECURE) ? "secure" : "insecure" }),
  judge: (base, head, pair) => {
    const both = pair.base?.values.session === "secure" && pair.head.values.session === "insecure";
    const severity = flagSeverity(base, head);
    if (head.strength >= FLAG.conditional) {
      return {
        severity,
        template:
          "`CSRF_COOKIE_SECURE` goes from {base} to {head}: whether the CSRF token is kept to HTTPS now depends on how the site is started.",
      };
    }
    if (isOnlySpelledOut(base, head)) {
      return {
        severity,
        template:
          "`CSRF_COOKIE_SECURE` is {head}, as Django's default was: the CSRF token travels over plain HTTP too.",
      };
    }
    const will = head.strength >= FLAG.unknown ? "may" : "will";
    return {
      severity: both ? severity : atMost(severity, "warning"),
      template: `\`CSRF_COOKIE_SECURE\` goes from {base} to {head}: the CSRF token ${will} travel over plain HTTP.`,
    };
  },
});
