import type { Rule } from "../model/rule.js";
import { sameSiteStrength } from "../settings/facts/strength.js";
import { judgeSameSite, type SameSiteWords } from "../settings/judge-same-site.js";
import { settingRule } from "../settings/setting-rule.js";
import { CONCERNS } from "../settings/setting-words.js";

const SETTING = "SESSION_COOKIE_SAMESITE";
const CHANGE = "`SESSION_COOKIE_SAMESITE` goes from {base} to {head}";

const WORDS: SameSiteWords = {
  severity: "error",
  crash: `${CHANGE}: Django expects a string here, so every response that sets the session cookie fails.`,
  none: `${CHANGE}: other sites can send requests that carry the session cookie. If the site is embedded by another, limit this to the deployment that needs it and keep \`SESSION_COOKIE_SECURE = True\`.`,
  absent: `${CHANGE}: the SameSite attribute is gone, and browsers apply a default of their own, which Django does not control.`,
  unknown: `${CHANGE}: other sites may be able to send requests that carry the session cookie.`,
  weaker: `${CHANGE}: links from other sites now carry the session cookie.`,
};

export const crossSiteSessionCookie: Rule = settingRule({
  meta: {
    id: "cross-site-session-cookie",
    title: "Session cookie sent with requests from other sites",
    severity: "error",
    status: "stable",
    suggestion: "safe",
    seed: "`'None'` should *never* be used without `SESSION_COOKIE_SECURE = True`, and even then, it significantly increases CSRF risk.",
    cwe: [1275],
    references: [
      "https://docs.djangoproject.com/en/stable/ref/settings/#session-cookie-samesite",
      "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#samesite-attribute",
    ],
    docs: {
      why: "SameSite keeps a browser from attaching the session cookie to requests that another site starts. Django's default is Lax. `check --deploy` says nothing about this setting.",
      remedy:
        "Keep Lax. Where a site must be embedded by another, limit None to the deployment that needs it, with `SESSION_COOKIE_SECURE = True`.",
      verify:
        "Create a simple HTML page on a different domain that attempts to make a request to the Django application. Inspect the request headers; the session cookie should *not* be included.",
      tests: ["session-cookie-flags"],
      limits:
        "What comes with * from outside the repository is not known. A stricter value than the one before is never proposed.",
    },
  },
  setting: SETTING,
  concerns: CONCERNS.sessions,
  fixLine: `${SETTING} = "Lax"`,
  strengthOf: sameSiteStrength,
  judge: (_, head) => judgeSameSite(head, WORDS),
});
