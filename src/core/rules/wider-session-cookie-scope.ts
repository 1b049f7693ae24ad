import { isPublicSuffix } from "../django/public-suffixes.js";
import type { Rule } from "../model/rule.js";
import type { AbstractValue } from "../settings/evaluate/value.js";
import { withoutCsrfCookie } from "../settings/facts/csrf-cookie.js";
import { constantOf, textOf } from "../settings/facts/module-value.js";
import {
  type SettingJudgement,
  type SettingRule,
  type SettingState,
  settingsRule,
} from "../settings/setting-rule.js";
import { CONCERNS } from "../settings/setting-words.js";

const DOMAIN = "SESSION_COOKIE_DOMAIN";
const PATH = "SESSION_COOKIE_PATH";
const CSRF_DOMAIN = "CSRF_COOKIE_DOMAIN";
/** More labels and path segments than any host or URL has. */
const NARROWEST = 1000;
/** Hosts that no stranger's browser reaches, and domains whose every name means the own machine. */
const LOCAL =
  /^(?:localhost|127\.[\d.]+|0\.0\.0\.0|\[?::1\]?|[\w.-]+\.(?:local|localhost|test)|(?:[\w.-]+\.)?(?:lvh\.me|vcap\.me|localtest\.me|localho\.st))$/;

const domainRule: SettingRule = {
  meta: {
    id: "wider-session-cookie-scope",
    title: "Session cookie shared with more hosts or paths",
    severity: "warning",
    status: "stable",
    suggestion: "safe",
    seed: "Testing the behavior of session cookies across different domains and subdomains",
    cwe: [668],
    references: [
      "https://docs.djangoproject.com/en/stable/topics/http/sessions/#session-security",
      "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#domain-and-path-attributes",
    ],
    docs: {
      why: "Without a domain the browser sends the session cookie to the one host that set it. With one, every host under that domain receives it and can set it: one subdomain that is taken over is enough to read sessions or to plant one.",
      remedy: "Leave `SESSION_COOKIE_DOMAIN` at None, or name the narrowest host that works.",
      verify:
        'Read the Domain and Path of the session cookie in the browser\'s developer tools; in a test, assert that `response.cookies["sessionid"]["domain"]` is empty.',
      tests: [],
      limits:
        "A domain that is computed or comes from a variable is not judged. Public suffixes are an excerpt of the list, with what Django sites are hosted on.",
    },
  },
  setting: DOMAIN,
  concerns: CONCERNS.sessions,
  fixLine: `${DOMAIN} = None`,
  strengthOf: domainStrength,
  judge: (base, head, pair) => judgeDomain(base, head, pair.base === undefined),
};

export const widerSessionCookieScope: Rule = settingsRule(
  domainRule,
  {
    ...domainRule,
    setting: CSRF_DOMAIN,
    concerns: CONCERNS.sessions,
    fixLine: `${CSRF_DOMAIN} = None`,
    overrule: (module, fact) => withoutCsrfCookie(module, fact, null),
    judge: (base, head, pair) => {
      const judgement = judgeDomain(base, head, pair.base === undefined);
      return (
        judgement && {
          ...judgement,
          severity: "notice",
          template:
            "`CSRF_COOKIE_DOMAIN` goes from {base} to {head}: the CSRF cookie is sent to, and can be set by, every host under {domain}.",
        }
      );
    },
  },
  {
    meta: domainRule.meta,
    setting: PATH,
    concerns: CONCERNS.sessions,
    strengthOf: pathStrength,
    judge: judgePath,
  },
);

/** `None` and an empty text leave the attribute out; a leading dot changes nothing. */
function hostOf(value: AbstractValue): string | undefined {
  const host = textOf(value)?.replace(/^\./, "").toLowerCase();
  return host === "" ? undefined : host;
}

function domainStrength(value: AbstractValue): number {
  if (value.kind === "choice") return Math.min(...value.options.map(domainStrength));
  const host = hostOf(value);
  return host === undefined || LOCAL.test(host) ? NARROWEST : host.split(".").length;
}

function judgeDomain(
  base: SettingState,
  head: SettingState,
  isNew: boolean,
): SettingJudgement | undefined {
  const from = hostOf(base.value);
  const to = hostOf(head.value);
  if (to === undefined) return undefined;
  const known = base.value.kind === "unset" || base.value.kind === "inherited";
  if (from === undefined && !known && constantOf(base.value) === undefined) return undefined;
  if (from !== undefined && !LOCAL.test(from) && !from.endsWith(`.${to}`)) return undefined;
  const everyone = isPublicSuffix(to);
  const unsure = isNew || base.value.kind === "inherited";
  return {
    severity: everyone ? "error" : unsure ? "notice" : "warning",
    template: everyone
      ? "`SESSION_COOKIE_DOMAIN` goes from {base} to {head}: anyone can have a host under {domain}; browsers refuse such a cookie, or send it to strangers."
      : "`SESSION_COOKIE_DOMAIN` goes from {base} to {head}: the session cookie is now sent to, and can be set by, every host under {domain}.",
    values: { domain: to },
  };
}

function segmentsOf(value: AbstractValue): readonly string[] | undefined {
  const unset = value.kind === "unset" || value.kind === "inherited";
  const path = unset ? "/" : textOf(value);
  return path?.split("/").filter((segment) => segment !== "");
}

function pathStrength(value: AbstractValue): number {
  if (value.kind === "choice") return Math.min(...value.options.map(pathStrength));
  return segmentsOf(value)?.length ?? NARROWEST;
}

function judgePath(base: SettingState, head: SettingState): SettingJudgement | undefined {
  const from = segmentsOf(base.value);
  const to = segmentsOf(head.value);
  if (from === undefined || to === undefined) return undefined;
  if (to.some((segment, index) => segment !== from[index])) return undefined;
  return {
    severity: "warning",
    template:
      "`SESSION_COOKIE_PATH` goes from {base} to {head}: other applications on the same host now receive the session cookie.",
  };
}
