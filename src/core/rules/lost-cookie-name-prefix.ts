import type { Rule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";
import type { AbstractValue } from "../settings/evaluate/value.js";
import { withoutCsrfCookie } from "../settings/facts/csrf-cookie.js";
import { constantOf, textOf, valuesIn } from "../settings/facts/module-value.js";
import { FLAG, flagStrength } from "../settings/facts/strength.js";
import {
  type SettingJudgement,
  type SettingRule,
  type SettingState,
  settingsRule,
} from "../settings/setting-rule.js";
import { CONCERNS } from "../settings/setting-words.js";

/** How much a browser promises of a cookie with such a name. */
const PREFIX = { host: 3, secure: 2, none: 1, refused: 0 } as const;

const sessionName: SettingRule = nameRule("SESSION", "session", {
  id: "lost-cookie-name-prefix",
  title: "Cookie name loses its `__Host-` or `__Secure-` prefix",
  severity: "warning",
  status: "stable",
  suggestion: "safe",
  seed: "This prevents attackers from intercepting the session cookie through man-in-the-middle attacks on unencrypted connections.",
  cwe: [614],
  references: [
    "https://docs.djangoproject.com/en/stable/ref/settings/#session-cookie-name",
    "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#cookie-name-prefixes",
  ],
  docs: {
    why: "A browser accepts a cookie named `__Host-…` only from an HTTPS page of that very host, with Secure, Path=/ and no Domain. Without the prefix a subdomain or a plain-HTTP page can overwrite the session cookie and so plant a session.",
    remedy: "Keep the prefix, with the cookie Secure, its path / and no domain.",
    verify: "Read the name in the Set-Cookie header of a response that starts a session.",
    tests: [],
    limits:
      "A name that is computed is not judged. Whether SECURE, DOMAIN and PATH allow the prefix is told from the same module.",
  },
});

export const lostCookieNamePrefix: Rule = settingsRule(
  sessionName,
  nameRule("CSRF", "CSRF", sessionName.meta),
);

function nameRule(family: "SESSION" | "CSRF", cookie: string, meta: SettingRule["meta"]) {
  const setting = `${family}_COOKIE_NAME`;
  const rule: SettingRule = {
    meta,
    setting,
    concerns: CONCERNS.sessions,
    strengthOf: (value, module) => nameStrength(value, family, module),
    overrule: (module, fact) => (family === "CSRF" ? withoutCsrfCookie(module, fact, null) : fact),
    judge: (base, head) => judgeName(base, head, setting, cookie),
  };
  return rule;
}

function nameStrength(value: AbstractValue, family: string, module?: PythonModule): number {
  if (value.kind === "choice") {
    return Math.min(...value.options.map((option) => nameStrength(option, family, module)));
  }
  if (value.kind === "unset" || value.kind === "inherited") return PREFIX.none;
  const name = textOf(value);
  if (name === undefined) return PREFIX.host;
  if (name.startsWith("__Host-")) {
    return module && refusesHostPrefix(module, family) ? PREFIX.refused : PREFIX.host;
  }
  return name.startsWith("__Secure-") ? PREFIX.secure : PREFIX.none;
}

/** Browsers drop a `__Host-` cookie that has a Domain, another Path than `/`, or is not Secure. */
function refusesHostPrefix(module: PythonModule, family: string): boolean {
  const path = lastText(module, `${family}_COOKIE_PATH`);
  const secure = valuesIn(module, `${family}_COOKIE_SECURE`);
  const setting = `${family}_COOKIE_SECURE`;
  return (
    (lastText(module, `${family}_COOKIE_DOMAIN`) ?? "") !== "" ||
    (path !== undefined && path !== "/") ||
    (secure.some(({ span }) => span) &&
      secure.every(({ value }) => flagStrength(setting, value) < FLAG.inherited))
  );
}

function lastText(module: PythonModule, setting: string): string | undefined {
  return valuesIn(module, setting)
    .map(({ value }) => textOf(value))
    .findLast((text) => text !== undefined);
}

function judgeName(
  base: SettingState,
  head: SettingState,
  setting: string,
  cookie: string,
): SettingJudgement | undefined {
  if (head.strength === PREFIX.refused) {
    return {
      severity: "error",
      template: `\`${setting}\` is {head}, but the cookie is not Secure, has a domain, or has another path than \`/\`: browsers drop it, and nobody can stay logged in.`,
    };
  }
  const prefix = /^__(?:Host|Secure)-/.exec(String(constantOf(base.value) ?? ""))?.[0];
  if (prefix === undefined) return undefined;
  return {
    severity: "warning",
    template: `The ${cookie} cookie loses its \`{prefix}\` prefix (\`${setting}\` goes from {base} to {head}): a subdomain or a plain-HTTP page can overwrite it.`,
    values: { prefix },
  };
}
