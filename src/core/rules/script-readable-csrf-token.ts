import type { Rule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";
import { replaceValue } from "../settings/facts/csrf-cookie.js";
import { isOn } from "../settings/facts/module-value.js";
import type { SettingFact } from "../settings/facts/setting-facts.js";
import { FLAG, flagStrength } from "../settings/facts/strength.js";
import { type SettingRule, settingsRule } from "../settings/setting-rule.js";
import { CONCERNS } from "../settings/setting-words.js";

const HTTPONLY = "CSRF_COOKIE_HTTPONLY";
const USE_SESSIONS = "CSRF_USE_SESSIONS";

/** Either of the two keeps the token from scripts: changing one for the other loses nothing. */
function hiddenBy(other: string): (module: PythonModule, fact: SettingFact) => SettingFact {
  return (module, fact) => (isOn(module, other) ? replaceValue(fact, true) : fact);
}

const httpOnly: SettingRule = {
  meta: {
    id: "script-readable-csrf-token",
    title: "Scripts can read the CSRF token",
    severity: "notice",
    status: "stable",
    suggestion: "safe",
    seed: "Ensure that CSRF protection is properly implemented and enabled.",
    cwe: [1004],
    references: [
      "https://docs.djangoproject.com/en/stable/ref/settings/#csrf-cookie-httponly",
      "https://docs.djangoproject.com/en/stable/ref/settings/#csrf-use-sessions",
    ],
    docs: {
      why: "Scripts could not read the token before. Django's documentation calls the effect small: a script that can read the page can read the token in its forms as well.",
      remedy: "Keep the setting where nothing on the site reads the cookie.",
      verify: "Read the attributes of the csrftoken cookie in the browser's developer tools.",
      tests: [],
      limits: "A notice only: it never fails a check.",
    },
  },
  setting: HTTPONLY,
  concerns: CONCERNS.sessions,
  strengthOf: (value) => flagStrength(HTTPONLY, value),
  overrule: hiddenBy(USE_SESSIONS),
  judge: (base, head) =>
    base.strength >= FLAG.conditional && head.strength < FLAG.unknown
      ? {
          severity: "notice",
          template:
            "`CSRF_COOKIE_HTTPONLY` goes from {base} to {head}: the CSRF token becomes readable by scripts, with little practical effect.",
        }
      : undefined,
};

export const scriptReadableCsrfToken: Rule = settingsRule(httpOnly, {
  ...httpOnly,
  setting: USE_SESSIONS,
  concerns: CONCERNS.sessions,
  strengthOf: (value) => flagStrength(USE_SESSIONS, value),
  overrule: hiddenBy(HTTPONLY),
  judge: (base, head) =>
    base.strength >= FLAG.conditional && head.strength < FLAG.unknown
      ? {
          severity: "notice",
          template:
            "`CSRF_USE_SESSIONS` goes from {base} to {head}: the CSRF token moves into a cookie that scripts can read, with little practical effect.",
        }
      : undefined,
});
