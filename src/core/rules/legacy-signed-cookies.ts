import type { Evidence, Rule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";
import { djangoAround } from "../requirements/django-around.js";
import { compareVersions, releaseOf, seriesOf } from "../requirements/version.js";
import type { AbstractValue } from "../settings/evaluate/value.js";
import { SWITCH, switchStrength } from "../settings/facts/strength.js";
import { settingModuleOf, settingRule } from "../settings/setting-rule.js";
import { CONCERNS } from "../settings/setting-words.js";

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
        "A False that is deleted is reported where the requirements of the project say which Django it runs; releases that do not know the setting are left alone.",
    },
  },
  setting: SETTING,
  concerns: CONCERNS.signatures,
  fixLine: `${SETTING} = False`,
  strengthOf: fallbackStrength,
  judge: (base, head, pair) => {
    const isDefault = head.value.kind === "unset";
    if (isDefault && !(base.written && isOnByDefault(pair.head))) return undefined;
    if (base.value.kind === "unset" && pair.base && isOnByDefault(pair.base)) return undefined;
    const now = isDefault ? "True, the default of the Django that is required" : undefined;
    return {
      severity: "warning",
      template:
        "`SIGNED_COOKIE_LEGACY_SALT_FALLBACK` goes from {base} to {now}: cookies signed with the ambiguous legacy salt are accepted (CVE-2026-6873).",
      values: { now: now ?? pair.head.values.value ?? "" },
    };
  },
});

/** Of the default: which it is hangs on the release of Django, and is asked where it decides. */
const PERHAPS_ON = (SWITCH.off + SWITCH.onByDefault) / 2;

function fallbackStrength(value: AbstractValue, module?: PythonModule): number {
  if (value.kind === "choice") {
    return Math.min(...value.options.map((option) => fallbackStrength(option, module)));
  }
  const isDefault = value.kind === "unset" && module?.text.includes(SETTING) !== true;
  return isDefault ? PERHAPS_ON : switchStrength(value);
}

/** Of the series that have the setting only 6.1 and later start with False; older releases do not know it. */
const KNOWN_SINCE = [releaseOf(5, 2, 15), releaseOf(6, 0, 6)];

function isOnByDefault(evidence: Evidence): boolean {
  const module = settingModuleOf(evidence);
  const django = module && djangoAround(module);
  return KNOWN_SINCE.some(
    (first) =>
      django !== undefined &&
      seriesOf(first) === seriesOf(django) &&
      compareVersions(first, django) <= 0,
  );
}
