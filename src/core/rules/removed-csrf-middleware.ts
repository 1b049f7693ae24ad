import { unenforcedCsrf } from "../csrf/unenforced.js";
import { CSRF_MIDDLEWARE, MIDDLEWARE_SETTINGS, SAME_COMPONENT } from "../django/middleware.js";
import { message } from "../model/message.js";
import type { Evidence, EvidencePair, Judgement, Rule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";
import { judgeComponent } from "../settings/lists/judge-component.js";
import {
  type Component,
  type ComponentDetail,
  componentEvidence,
  PRESENCE,
} from "../settings/lists/list-component.js";
import { fixComponent } from "../settings/lists/list-fixes.js";
import { CONCERNS } from "../settings/setting-words.js";
import { removeStatement, revertStatement } from "../statement-fixes.js";

const DISABLES = /disabl|exempt|no_?csrf|skip|without|bypass|ignor|dummy|fake|unenforce/i;

const CSRF: Component = {
  path: CSRF_MIDDLEWARE,
  settings: MIDDLEWARE_SETTINGS,
  equals: SAME_COMPONENT[CSRF_MIDDLEWARE] ?? [],
  resembles: (path) => /csrf/i.test(path.slice(path.lastIndexOf(".") + 1)),
  isReplacement: (path) => {
    const name = path.slice(path.lastIndexOf(".") + 1);
    return /csrf/i.test(name) && !DISABLES.test(name);
  },
};

export const removedCsrfMiddleware: Rule = {
  meta: {
    id: "removed-csrf-middleware",
    title: "CSRF protection is switched off for the whole site",
    severity: "error",
    status: "stable",
    suggestion: "safe",
    seed: "Django's CSRF protection (using the `{% csrf_token %}` template tag and the `CsrfViewMiddleware`) is still essential.",
    cwe: [352],
    references: [
      "https://docs.djangoproject.com/en/stable/ref/csrf/",
      "https://cheatsheetseries.owasp.org/cheatsheets/Django_Security_Cheat_Sheet.html#cross-site-request-forgery-csrf",
    ],
    docs: {
      why: "The browser sends the session cookie with every form that another site submits. Without `CsrfViewMiddleware` nothing tells such a request from one the visitor made.",
      remedy:
        "Keep `django.middleware.csrf.CsrfViewMiddleware` in `MIDDLEWARE`. Where one endpoint is called without a browser session, exempt that endpoint alone.",
      verify:
        "Post a form without its token, as `Client(enforce_csrf_checks=True)` does: the answer must be 403. `python manage.py check --deploy` must not print `security.W003`.",
      tests: ["csrf-enforced", "deploy-checks"],
      limits:
        "A middleware of the project that takes its place is judged by its name, unless it stands in the same change.",
    },
  },

  concerns: CONCERNS.middleware,

  detect(module: PythonModule): readonly Evidence[] {
    return [...componentEvidence(module, CSRF), ...unenforcedCsrf(module, "middleware")];
  },

  judge(pair: EvidencePair): Judgement | undefined {
    if (pair.head.identity !== CSRF_MIDDLEWARE) {
      return {
        severity: "error",
        confidence: pair.head.confidence,
        message: message(SWITCHED_OFF, pair.head.values),
      };
    }
    const change = judgeComponent(pair);
    if (change === undefined) return undefined;
    const { severity, confidence } = change;
    const say = (template: string) => ({
      severity,
      confidence,
      message: message(template, pair.head.values),
    });
    switch (change.how) {
      case "replaced":
        return { ...say(REPLACED), severity: "notice" };
      case "unsure":
        return say(UNSURE);
      case "sometimes":
        return say(SOMETIMES);
      case "traded":
        return say(TRADED);
      case "gone":
        return say(GONE);
    }
  },

  suggest({ base, head }, change) {
    const detail = head.detail as ComponentDetail | undefined;
    if (detail === undefined) return head.span ? removeStatement(head.span, change) : [];
    if (detail.presence === PRESENCE.replaced) return [];
    return [
      ...fixComponent(base?.detail as ComponentDetail | undefined, detail, change),
      ...(head.span === undefined ? [] : revertStatement(head.span, change)),
    ];
  },
};

const GONE =
  "`{component}` is gone from {list}: CSRF protection is switched off for the whole site.";
const TRADED =
  "`{component}` is replaced by {replacement} in {list}, which by its name switches CSRF protection off for the whole site.";
const REPLACED =
  "`{component}` is replaced by {replacement} in {list}: check that it rejects a form without a token.";
const SOMETIMES =
  "`{component}` is no longer in {list} in every case: the site may be started without CSRF protection.";
const UNSURE =
  "`{component}` is gone from what {list} shows; unless code that was not read adds it, CSRF protection is switched off for the whole site.";
const SWITCHED_OFF =
  "`{function}` tells Django to skip the CSRF check of every request that passes it.";
