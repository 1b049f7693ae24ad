import {
  MIDDLEWARE_SETTINGS,
  SESSION_MIDDLEWARE,
  UPDATE_CACHE_MIDDLEWARE,
} from "../django/middleware.js";
import { message } from "../model/message.js";
import type { Evidence, EvidencePair, Judgement, Rule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";
import { orderEvidence } from "../settings/lists/list-order.js";
import { CONCERNS } from "../settings/setting-words.js";

export const sessionBeforeCacheMiddleware: Rule = {
  meta: {
    id: "session-before-cache-middleware",
    title: "A page made for one visitor can be served to another",
    severity: "error",
    status: "stable",
    suggestion: "needs-review",
    seed: "Unauthorized Access to User Data",
    cwe: [524, 525],
    references: [
      "https://docs.djangoproject.com/en/stable/ref/middleware/#middleware-ordering",
      "https://docs.djangoproject.com/en/stable/topics/cache/#order-of-middleware",
    ],
    docs: {
      why: "On the way out `UpdateCacheMiddleware` stores the page before `SessionMiddleware` has said that it varies with the cookie. The next visitor is served the page of the one before.",
      remedy: "Put `UpdateCacheMiddleware` first, before `SessionMiddleware`.",
      verify:
        "Load a page as a visitor who is logged in, then as a stranger: the stranger's page must show nothing of the visitor. `check --deploy` says nothing about the order.",
      tests: [],
      limits: "Lists whose order the text does not show are not judged.",
    },
  },

  concerns: CONCERNS.middleware,

  detect(module: PythonModule): readonly Evidence[] {
    if (!module.text.includes(UPDATE_CACHE_MIDDLEWARE)) return [];
    return orderEvidence(
      module,
      MIDDLEWARE_SETTINGS,
      [UPDATE_CACHE_MIDDLEWARE],
      [SESSION_MIDDLEWARE],
      "first",
    );
  },

  judge({ head }: EvidencePair): Judgement | undefined {
    if (head.strength > 0) return undefined;
    return {
      severity: "error",
      confidence: "high",
      message: message(MISPLACED, head.values),
    };
  },
};

const MISPLACED =
  "`{first}` now stands behind `{component}` in {list}: it stores pages before it is known that they vary with the session, so a page made for one visitor can be served to another.";
