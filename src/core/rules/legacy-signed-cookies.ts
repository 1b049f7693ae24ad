import type { Rule } from "../model/rule.js";
import { settingRule } from "../settings/setting-rule.js";
import { switchStrength } from "../settings/strength.js";

const SETTING = "SIGNED_COOKIE_LEGACY_SALT_FALLBACK";

export const legacySignedCookies: Rule = settingRule({
  meta: {
    id: "legacy-signed-cookies",
    title: "Cookies signed with the legacy salt are accepted again",
    severity: "warning",
    status: "stable",
    suggestion: "safe",
    seed: "Django's `signing` module can be used to sign session data, preventing tampering.",
    cwe: [347],
    references: [
      "https://docs.djangoproject.com/en/stable/ref/settings/#signed-cookie-legacy-salt-fallback",
      "https://docs.djangoproject.com/en/stable/releases/5.2.15/",
    ],
    docs: {
      why: "The old salt of signed cookies is ambiguous: a value signed for one cookie can pass for another (CVE-2026-6873). Django 5.2.15 and 6.0.6 accept it unless this setting is False; from 6.1 it is False by default.",
      remedy: "Leave it at False once cookies signed before the update have expired.",
      verify:
        "Sign a cookie with the old salt and assert that `request.get_signed_cookie()` refuses it.",
      tests: [],
      limits:
        "Which Django the project runs is not read, so that a deleted False is not reported although older versions default to True.",
    },
  },
  setting: SETTING,
  fixLine: `${SETTING} = False`,
  strengthOf: switchStrength,
  judge: () => ({
    severity: "warning",
    template:
      "`SIGNED_COOKIE_LEGACY_SALT_FALLBACK` goes from {base} to {head}: cookies signed with the ambiguous legacy salt are accepted (CVE-2026-6873).",
  }),
});
