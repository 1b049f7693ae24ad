import type { Rule } from "../model/rule.js";
import { withoutCsrfCookie } from "../settings/facts/csrf-cookie.js";
import { sameSiteStrength } from "../settings/facts/strength.js";
import { judgeSameSite, type SameSiteWords } from "../settings/judge-same-site.js";
import { settingRule } from "../settings/setting-rule.js";
import { CONCERNS } from "../settings/setting-words.js";

const SETTING = "CSRF_COOKIE_SAMESITE";
const CHANGE = "`CSRF_COOKIE_SAMESITE` goes from {base} to {head}";

const WORDS: SameSiteWords = {
  severity: "warning",
  crash: `${CHANGE}: Django expects a string here, so every response that sets the CSRF cookie fails.`,
  none: `${CHANGE}: browsers send the CSRF cookie with requests that other sites start.`,
  absent: `${CHANGE}: the SameSite attribute is gone, and browsers apply a default of their own, which Django does not control.`,
  unknown: `${CHANGE}: browsers may send the CSRF cookie with requests that other sites start.`,
  weaker: `${CHANGE}: links from other sites now carry the CSRF cookie.`,
};

export const crossSiteCsrfCookie: Rule = settingRule({
  meta: {
    id: "cross-site-csrf-cookie",
    title: "CSRF cookie sent with requests from other sites",
    severity: "warning",
    status: "stable",
    suggestion: "safe",
    seed: "While `SESSION_COOKIE_SAMESITE` helps mitigate CSRF, it's not a complete solution.",
    cwe: [1275],
    references: [
      "https://docs.djangoproject.com/en/stable/ref/settings/#csrf-cookie-samesite",
      "https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html#samesite-cookie-attribute",
    ],
    docs: {
      why: "A forged form passes Django's check only when the browser sends the CSRF cookie along. SameSite keeps it from doing so for requests that another site starts. Django's default is Lax.",
      remedy:
        "Keep Lax. Where a site must be embedded by another, limit None to the deployment that needs it, with `CSRF_COOKIE_SECURE = True`.",
      verify:
        "Create a simple HTML page on a different domain that attempts to make a request to the Django application. Inspect the request headers; the CSRF cookie should not be included.",
      tests: [],
      limits:
        "`check --deploy` says nothing about this setting. Where `CSRF_USE_SESSIONS` is on there is no such cookie, and nothing is said. A stricter value than the one before is never proposed.",
    },
  },
  setting: SETTING,
  concerns: CONCERNS.sessions,
  fixLine: `${SETTING} = "Lax"`,
  strengthOf: sameSiteStrength,
  overrule: (module, fact) => withoutCsrfCookie(module, fact, "Strict"),
  judge: (_, head) => judgeSameSite(head, WORDS),
});
