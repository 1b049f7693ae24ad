import type { Rule } from "../model/rule.js";
import { settingRule } from "../settings/setting-rule.js";
import { switchStrength } from "../settings/strength.js";

export const sessionSavedEveryRequest: Rule = settingRule({
  meta: {
    id: "session-saved-every-request",
    title: "Every response sends the session cookie again",
    severity: "notice",
    status: "stable",
    suggestion: "needs-review",
    seed: "Setting this to `True` can have performance implications but ensures the session cookie is updated on every request",
    cwe: [384, 524],
    references: [
      "https://docs.djangoproject.com/en/stable/ref/settings/#session-save-every-request",
      "https://docs.djangoproject.com/en/stable/releases/5.2.14/",
    ],
    docs: {
      why: "A session that is in use then never expires: only idle time ends it. With pages in a shared cache, Django before 5.2.14 and 6.0.5 hands one visitor's session cookie to the next (CVE-2026-35192).",
      remedy:
        "Update Django to 5.2.14, 6.0.5 or later first, and set an end to every session that use does not move.",
      verify:
        "Get a cached public page with a session cookie and assert that Vary contains Cookie and that no Set-Cookie is in the cached answer.",
      tests: [],
      limits:
        "A notice only: which Django the project runs, and whether its pages are cached, is not read.",
    },
  },
  setting: "SESSION_SAVE_EVERY_REQUEST",
  strengthOf: switchStrength,
  judge: () => ({
    severity: "notice",
    template:
      "`SESSION_SAVE_EVERY_REQUEST` goes from {base} to {head}: every response sends the session cookie again, so a session in use never ends; with cached pages, and Django before 5.2.14 or 6.0.5, that is CVE-2026-35192.",
  }),
});
