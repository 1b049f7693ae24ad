import { isSharedDomain } from "../django/shared-domains.js";
import { message } from "../model/message.js";
import type { Evidence, EvidencePair, Judgement, Rule } from "../model/rule.js";
import type { Severity } from "../model/severity.js";
import type { PythonModule } from "../python/syntax/module.js";
import { listedElements } from "../settings/lists/list-elements.js";
import { dropElement } from "../settings/lists/list-fixes.js";
import type { ListElement } from "../settings/lists/list-value.js";
import { CONCERNS } from "../settings/setting-words.js";
import { revertStatement } from "../statement-fixes.js";

const SETTING = "CSRF_TRUSTED_ORIGINS";

/** What an origin lets in beyond one site over HTTPS. */
interface Breadth {
  readonly severity: Severity;
  readonly template: string;
}

export const broadCsrfTrustedOrigins: Rule = {
  meta: {
    id: "broad-csrf-trusted-origins",
    title: "Other sites may submit forms in the visitor's name",
    severity: "error",
    status: "stable",
    suggestion: "safe",
    seed: "While `SESSION_COOKIE_SAMESITE` helps mitigate CSRF, it's not a complete solution.",
    cwe: [352, 346],
    references: ["https://docs.djangoproject.com/en/stable/ref/settings/#csrf-trusted-origins"],
    docs: {
      why: "Django's CSRF check treats requests from every origin in this list as the site's own. A wildcard over a domain where anybody can have a host trusts everybody; over plain HTTP, anyone on the network can speak for the origin.",
      remedy: "List the exact HTTPS origins that have to submit forms.",
      verify:
        '`Client(enforce_csrf_checks=True).post(url, HTTP_ORIGIN="https://evil.example")` must be answered with 403.',
      tests: [],
      limits:
        "Origins that come from the environment are seen only as far as a default shows them.",
    },
  },

  concerns: CONCERNS.sessions,

  detect(module: PythonModule): readonly Evidence[] {
    return listedElements(module, [SETTING]).flatMap(({ symbol, element }): readonly Evidence[] => {
      const breadth = breadthOf(element.text);
      if (breadth === undefined) return [];
      return [
        {
          identity: sameOrigins(element.text),
          symbol,
          strength: 0,
          span: element.span,
          guards: [],
          confidence: "high",
          values: { origin: element.text, host: hostOf(element.text) },
          detail: element,
        },
      ];
    });
  },

  judge({ head }: EvidencePair): Judgement | undefined {
    const breadth = breadthOf(head.values.origin ?? "");
    if (breadth === undefined) return undefined;
    const { severity, template } = breadth;
    return { severity, confidence: "high", message: message(template, head.values) };
  },

  suggest: ({ head }, change) => [
    ...dropElement(head.detail as ListElement, change),
    ...(head.span === undefined ? [] : revertStatement(head.span, change)),
  ],
};

/** `.example.com`, `*.example.com` and `https://*.example.com`: Django 4 changed the spelling. */
function sameOrigins(origin: string): string {
  const scheme = origin.startsWith("http://") ? "http " : "";
  return scheme + hostOf(origin).replace(/^\*?\./, "*.");
}

function hostOf(origin: string): string {
  return origin.replace(/^(?:\w+|\{[\w.]+\}):\/\//, "").replace(/[:/]\d*\/?$/, "");
}

function breadthOf(origin: string): Breadth | undefined {
  if (/^(?:https?:\/\/)?\*$/.test(origin)) return { severity: "notice", template: NOTHING };
  const host = hostOf(origin);
  const domain = /^(?:\*\.|\.)(.+)$/.exec(host)?.[1];
  if (domain !== undefined) {
    if (isLocal(domain)) return undefined;
    return isSharedDomain(domain)
      ? { severity: "error", template: ANYBODY }
      : { severity: "warning", template: EVERY_HOST };
  }
  const isName = /^[\w-]+$/.test(host);
  if (!origin.startsWith("http://") || isName || isLocal(host)) return undefined;
  return { severity: "warning", template: PLAIN };
}

/** Hosts that no stranger can have: this machine, reserved names, private addresses. */
function isLocal(host: string): boolean {
  if (/^(?:localhost|\[::1\]|0\.0\.0\.0|127(?:\.\d+){3})$/.test(host)) return true;
  if (/(?:^|\.)(?:local|localhost|localdomain|test|internal|lan|example)$/.test(host)) return true;
  return /^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d+)+$/.test(host);
}

const NOTHING =
  "`{origin}` in CSRF_TRUSTED_ORIGINS matches no origin at all: Django takes `*` only for the hosts of a domain.";
const ANYBODY =
  "`{origin}` in CSRF_TRUSTED_ORIGINS lets anybody who takes a host there submit forms as your users.";
const EVERY_HOST =
  "`{origin}` in CSRF_TRUSTED_ORIGINS lets every host under that domain submit forms as your users.";
const PLAIN =
  "`{origin}` in CSRF_TRUSTED_ORIGINS is not HTTPS: anyone on the network can submit forms as your users.";
