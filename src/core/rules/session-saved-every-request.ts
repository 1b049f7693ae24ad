import { MIDDLEWARE_SETTINGS, UPDATE_CACHE_MIDDLEWARE } from "../django/middleware.js";
import { lostFixes } from "../django/support.js";
import type { Rule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";
import { djangoAround } from "../requirements/django-around.js";
import { showVersion } from "../requirements/version.js";
import { switchStrength } from "../settings/facts/strength.js";
import { listFacts } from "../settings/lists/list-facts.js";
import { holds } from "../settings/lists/list-value.js";
import { settingRule } from "../settings/setting-rule.js";
import { CONCERNS } from "../settings/setting-words.js";

const SETTING = "SESSION_SAVE_EVERY_REQUEST";
const CVE = "CVE-2026-35192";

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
        "A warning where the settings cache every page and the requirements let only releases of Django through that lack the fix, else a notice. Views that are cached one by one are not read.",
    },
  },
  setting: SETTING,
  concerns: CONCERNS.sessions,
  strengthOf: switchStrength,
  describe: (module) => ({ exposed: module.text.includes(SETTING) ? exposedBy(module) : "" }),
  judge: (_, head, { head: { values } }) => {
    const django = head.written ? (values.exposed ?? "") : "";
    return django === ""
      ? {
          severity: "notice",
          template: `${CHANGE}; with cached pages, and Django before 5.2.14 or 6.0.5, that is ${CVE}.`,
        }
      : {
          severity: "warning",
          template: `${CHANGE}. The pages are cached, and Django {django} hands one visitor's cookie to the next (${CVE}).`,
          values: { django },
        };
  },
});

const CHANGE =
  "`SESSION_SAVE_EVERY_REQUEST` goes from {base} to {head}: every response sends the session cookie again, so a session in use never ends";

/** The release of Django that lacks the fix, where the settings cache every page; else empty. */
function exposedBy(module: PythonModule): string {
  const isCached = listFacts(module, MIDDLEWARE_SETTINGS).some(({ lists }) =>
    lists.some((list) => holds(list, UPDATE_CACHE_MIDDLEWARE)),
  );
  const django = isCached ? djangoAround(module) : undefined;
  return django !== undefined && lostFixes(undefined, django).includes(CVE)
    ? showVersion(django)
    : "";
}
