import type { Rule } from "../model/rule.js";
import type { PythonModule } from "../python/module.js";
import { effectiveSettings } from "../settings/effective.js";
import { atMost, flagSeverity, isOnlySpelledOut } from "../settings/flag-verdict.js";
import type { SettingFact } from "../settings/setting-facts.js";
import { settingRule } from "../settings/setting-rule.js";
import { FLAG, flagStrength } from "../settings/strength.js";
import { literal } from "../settings/value.js";

const SETTING = "CSRF_COOKIE_SECURE";
const SESSION_SECURE = "SESSION_COOKIE_SECURE";
const USE_SESSIONS = "CSRF_USE_SESSIONS";

export const insecureCsrfCookie: Rule = settingRule({
  meta: {
    id: "insecure-csrf-cookie",
    title: "CSRF cookie no longer limited to HTTPS",
    severity: "warning",
    status: "stable",
    seed: "Ensure that CSRF protection is properly implemented and enabled.",
    cwe: [614],
    references: [
      "https://docs.djangoproject.com/en/stable/ref/settings/#csrf-cookie-secure",
      "https://cheatsheetseries.owasp.org/cheatsheets/Django_Security_Cheat_Sheet.html#cookies",
    ],
    docs: {
      why: "Over plain http the CSRF token can be read and replaced on the network, and a forged form then passes Django's check. Django's default is False on every version.",
      remedy:
        "Set CSRF_COOKIE_SECURE = True in every module that a production site is started with.",
      verify: "`python manage.py check --deploy` must not print security.W016.",
      tests: ["T3"],
      limits:
        "Modules that are imported with * are not read. Where CSRF_USE_SESSIONS is on there is no such cookie, and nothing is said.",
    },
  },
  setting: SETTING,
  fixLine: `${SETTING} = True`,
  strengthOf: (value) => flagStrength(SETTING, value),
  overrule: (module, fact) => (hasNoCookie(module) ? withoutCookie(fact) : fact),
  describe: (module) => ({ session: isSessionSecure(module) ? "secure" : "insecure" }),
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
          "`CSRF_COOKIE_SECURE` is {head}, as Django's default was: the CSRF token travels over plain http too.",
      };
    }
    const will = head.strength >= FLAG.unknown ? "may" : "will";
    return {
      severity: both ? severity : atMost(severity, "warning"),
      template: `\`CSRF_COOKIE_SECURE\` goes from {base} to {head}: the CSRF token ${will} travel over plain http.`,
    };
  },
});

function isOn(module: PythonModule, setting: string): boolean {
  if (!module.text.includes(setting)) return false;
  const effective = effectiveSettings(module, [setting]).get(setting) ?? [];
  return effective.every(({ value }) => flagStrength(setting, value) >= FLAG.conditional);
}

function hasNoCookie(module: PythonModule): boolean {
  return isOn(module, USE_SESSIONS);
}

function isSessionSecure(module: PythonModule): boolean {
  return isOn(module, SESSION_SECURE);
}

/** The token is kept in the session: as safe as the cookie can be, wherever the setting stands. */
function withoutCookie(fact: SettingFact): SettingFact {
  return { ...fact, effective: fact.effective.map((one) => ({ ...one, value: literal(true) })) };
}
