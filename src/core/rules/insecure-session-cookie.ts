import type { Rule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";
import { FLAG, flagStrength } from "../settings/facts/strength.js";
import { flagSeverity, isOnlySpelledOut, isTextOfFalse } from "../settings/flag-severity.js";
import { effectiveSettings } from "../settings/modules/effective-settings.js";
import { type SettingJudgement, type SettingState, settingRule } from "../settings/setting-rule.js";
import { CONCERNS } from "../settings/setting-words.js";

const SETTING = "SESSION_COOKIE_SECURE";
const SAME_SITE = "SESSION_COOKIE_SAMESITE";

export const insecureSessionCookie: Rule = settingRule({
  meta: {
    id: "insecure-session-cookie",
    title: "Session cookie no longer limited to HTTPS",
    severity: "error",
    status: "stable",
    suggestion: "safe",
    seed: "`SESSION_COOKIE_SECURE = True`: This is **crucial**. It ensures that the session cookie is only transmitted over HTTPS connections.",
    cwe: [614],
    references: [
      "https://docs.djangoproject.com/en/stable/ref/settings/#session-cookie-secure",
      "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#secure-attribute",
    ],
    docs: {
      why: "Anyone on the network can read a session cookie that travels over plain HTTP and take over the session. Django's default is False.",
      remedy:
        "Set `SESSION_COOKIE_SECURE = True` in every module that a production site is started with.",
      verify:
        'Inspect the Set-Cookie header in the browser\'s developer tools during an HTTPS session. The cookie should have the "Secure" flag. `python manage.py check --deploy` must not print `security.W012`.',
      tests: ["session-cookie-flags", "deploy-checks"],
      limits:
        "What comes with * from outside the repository is not known; a function that computes the value is not followed.",
    },
  },
  setting: SETTING,
  concerns: CONCERNS.sessions,
  againstDefault: true,
  fixLine: `${SETTING} = True`,
  strengthOf: (value) => flagStrength(SETTING, value),
  describe: (module) => (isSentEverywhere(module) ? { sameSite: "None" } : {}),
  judge: (base, head, pair) => {
    const judgement = judgeSecure(base, head);
    return pair.head.values.sameSite === "None" && head.strength < FLAG.unknown
      ? {
          ...judgement,
          template: `${judgement.template} Browsers reject a cookie with SameSite=None that is not Secure.`,
        }
      : judgement;
  },
});

function judgeSecure(base: SettingState, head: SettingState): SettingJudgement {
  const severity = flagSeverity(base, head);
  if (isTextOfFalse(head.value)) {
    return {
      severity,
      template:
        "`SESSION_COOKIE_SECURE` goes from {base} to {head}: a non-empty string counts as true, so this does not switch anything off.",
    };
  }
  if (head.strength >= FLAG.conditional) {
    return {
      severity,
      template:
        "`SESSION_COOKIE_SECURE` goes from {base} to {head}: whether the session cookie is kept to HTTPS now depends on how the site is started.",
    };
  }
  if (head.strength >= FLAG.unknown) {
    return {
      severity,
      template:
        "`SESSION_COOKIE_SECURE` goes from {base} to a value that is {head}: the session cookie may also be sent over plain HTTP.",
    };
  }
  if (isOnlySpelledOut(base, head)) {
    return {
      severity,
      template:
        "`SESSION_COOKIE_SECURE` is {head}, as Django's default was: the session cookie is also sent over plain HTTP.",
    };
  }
  return {
    severity,
    template:
      "`SESSION_COOKIE_SECURE` goes from {base} to {head}: the session cookie will also be sent over plain HTTP.",
  };
}

function isSentEverywhere(module: PythonModule): boolean {
  if (!module.text.includes(SAME_SITE)) return false;
  const effective = effectiveSettings(module, [SAME_SITE]).get(SAME_SITE) ?? [];
  return effective.some(
    ({ value }) =>
      value.kind === "literal" &&
      typeof value.value === "string" &&
      value.value.toLowerCase() === "none",
  );
}
