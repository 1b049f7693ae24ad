import { MIDDLEWARE_SETTINGS, SAME_COMPONENT, SECURITY_MIDDLEWARE } from "../django/middleware.js";
import { message } from "../model/message.js";
import type { Evidence, EvidencePair, Judgement, PythonRule, RuleMeta } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";
import { describeSeconds } from "../settings/evaluate/describe.js";
import type { AbstractValue } from "../settings/evaluate/value.js";
import { FLAG, flagStrength, secondsOf } from "../settings/facts/strength.js";
import { atMost, flagSeverity, isOnlySpelledOut } from "../settings/flag-severity.js";
import { judgeComponent } from "../settings/lists/judge-component.js";
import {
  type Component,
  type ComponentDetail,
  componentEvidence,
} from "../settings/lists/list-component.js";
import { fixComponent } from "../settings/lists/list-fixes.js";
import { type SettingRule, type SettingState, settingsRule } from "../settings/setting-rule.js";
import { CONCERNS } from "../settings/setting-words.js";

const REDIRECT = "SECURE_SSL_REDIRECT";
const HSTS = "SECURE_HSTS_SECONDS";
const PROXY_HEADER = "SECURE_PROXY_SSL_HEADER";

const META: RuleMeta = {
  id: "plain-http-allowed",
  title: "Pages with the session cookie can be loaded over plain HTTP",
  severity: "warning",
  status: "stable",
  suggestion: "safe",
  seed: "Ensure your Django application is deployed with HTTPS enabled.",
  cwe: [319],
  references: [
    "https://docs.djangoproject.com/en/stable/howto/deployment/checklist/#https",
    "https://docs.djangoproject.com/en/stable/ref/middleware/#http-strict-transport-security",
  ],
  docs: {
    why: "Without the redirect and HSTS, a visitor who types the address or follows an old link talks to the site in clear text: anyone on the network can read and change what passes, including a session cookie that is not marked Secure.",
    remedy:
      "Keep `SECURE_SSL_REDIRECT = True`, `SECURE_HSTS_SECONDS` at a year (31536000) and `SecurityMiddleware`, or let the proxy do the same.",
    verify:
      '`Client().get("/", secure=False)` must be answered with a redirect to HTTPS. `python manage.py check --deploy` must print neither `security.W001`, `security.W004` nor `security.W008`.',
    tests: ["deploy-checks"],
    limits: "What a proxy in front of the site does is not known.",
  },
};

const redirect: SettingRule = {
  meta: META,
  setting: REDIRECT,
  concerns: CONCERNS.https,
  fixLine: `${REDIRECT} = True`,
  strengthOf: (value) => flagStrength(REDIRECT, value),
  describe: (module) => ({ proxied: module.text.includes(PROXY_HEADER) ? "yes" : "no" }),
  judge: (base, head, pair) => {
    if (head.strength >= FLAG.conditional) return undefined;
    const severity = atMost(flagSeverity(base, head), "warning");
    const proxied = pair.head.values.proxied === "yes";
    return {
      severity: proxied ? "notice" : severity,
      template: proxied ? BEHIND_PROXY : isOnlySpelledOut(base, head) ? SPELLED_OUT : WEAKER,
    };
  },
};

const lifetime: SettingRule = {
  meta: META,
  setting: HSTS,
  concerns: CONCERNS.https,
  strengthOf: lifetimeOfHsts,
  judge: (base, head) => {
    const isKnown = secondsOf(HSTS, base.value) !== undefined && base.value.kind !== "inherited";
    if (!isKnown) return undefined;
    return {
      severity: "warning",
      template: "`{setting}` goes from {base} to {head}: browsers stop insisting on HTTPS sooner.",
      values: { base: inWords(base), head: inWords(head) },
    };
  },
};

/** Longer is stronger; what is not known is stronger than anything. */
function lifetimeOfHsts(value: AbstractValue): number {
  if (value.kind === "choice") return Math.min(...value.options.map(lifetimeOfHsts));
  if (value.kind === "inherited") return 0.5;
  return secondsOf(HSTS, value) ?? Number.POSITIVE_INFINITY;
}

function inWords({ value }: SettingState): string {
  const seconds = secondsOf(HSTS, value) ?? 0;
  return seconds > 0 ? describeSeconds(seconds) : "off";
}

/** What HSTS covers beyond the host itself: a matter of notice. */
function reachOf(setting: string, template: string): SettingRule {
  return {
    meta: META,
    setting,
    concerns: CONCERNS.https,
    fixLine: `${setting} = True`,
    strengthOf: (value) => flagStrength(setting, value),
    judge: (base, head) =>
      isOnlySpelledOut(base, head) || head.strength >= FLAG.conditional
        ? undefined
        : { severity: "notice", template },
  };
}

const SUBDOMAINS =
  "`{setting}` goes from {base} to {head}: browsers load subdomains over plain HTTP again, and these can set cookies for the site.";
const PRELOAD =
  "`{setting}` goes from {base} to {head}: browsers that never visited the site are not told to use HTTPS from the start.";

const settings = settingsRule(
  redirect,
  lifetime,
  reachOf("SECURE_HSTS_INCLUDE_SUBDOMAINS", SUBDOMAINS),
  reachOf("SECURE_HSTS_PRELOAD", PRELOAD),
);

const MIDDLEWARE: Component = {
  path: SECURITY_MIDDLEWARE,
  settings: MIDDLEWARE_SETTINGS,
  equals: SAME_COMPONENT[SECURITY_MIDDLEWARE] ?? [],
  resembles: (path) => path.endsWith(".SecurityMiddleware"),
  isReplacement: (path) => path.endsWith(".SecurityMiddleware"),
};

export const plainHttpAllowed: PythonRule = {
  meta: META,

  concerns: CONCERNS.https,

  detect(module: PythonModule): readonly Evidence[] {
    return [...settings.detect(module), ...componentEvidence(module, MIDDLEWARE)];
  },

  judge(pair: EvidencePair): Judgement | undefined {
    if (pair.head.identity !== SECURITY_MIDDLEWARE) return settings.judge(pair);
    const change = judgeComponent(pair);
    if (change === undefined || change.how === "replaced") return undefined;
    return {
      severity: "warning",
      confidence: change.confidence,
      message: message(GONE, pair.head.values),
    };
  },

  suggest(pair, change) {
    const { base, head } = pair;
    if (head.identity !== SECURITY_MIDDLEWARE) return settings.suggest?.(pair, change) ?? [];
    const before = base?.detail as ComponentDetail | undefined;
    return fixComponent(before, head.detail as ComponentDetail, change);
  },
};

const WEAKER =
  "`{setting}` goes from {base} to {head}: pages with the session cookie can be loaded over plain HTTP.";
const SPELLED_OUT =
  "`{setting}` is {head}, as Django's default was: the site itself does not send visitors to HTTPS.";
const BEHIND_PROXY =
  "`{setting}` goes from {base} to {head}: now the proxy in front of the site has to send visitors to HTTPS.";
const GONE =
  "`{component}` is gone from {list}: SECURE_SSL_REDIRECT and the SECURE_HSTS settings do nothing without it.";
