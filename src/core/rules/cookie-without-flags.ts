import { addFlags, restoreFlags, restoreLine } from "../cookies/cookie-fixes.js";
import { type CookieKind, kindOf } from "../cookies/cookie-names.js";
import { tokenCookieSettings } from "../cookies/cookie-settings.js";
import type { SetCookie } from "../cookies/set-cookie.js";
import { setCookies } from "../cookies/set-cookies.js";
import { reachOf } from "../login/paths/callers.js";
import type { FileChange } from "../model/change.js";
import { message } from "../model/message.js";
import type { Evidence, EvidencePair, Fix, Judgement, Rule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";

interface Detail {
  readonly cookie: SetCookie;
  readonly kind: CookieKind;
}

export const cookieWithoutFlags: Rule = {
  meta: {
    id: "cookie-without-flags",
    title: "Login cookie set without protection",
    severity: "error",
    status: "stable",
    suggestion: "safe",
    seed: "It ensures that the session cookie is only transmitted over HTTPS connections.",
    cwe: [614, 1004, 1275],
    references: [
      "https://docs.djangoproject.com/en/stable/ref/request-response/#django.http.HttpResponse.set_cookie",
      "https://cheatsheetseries.owasp.org/cheatsheets/Django_Security_Cheat_Sheet.html#cookies",
    ],
    docs: {
      why: "`SESSION_COOKIE_SECURE` and `SESSION_COOKIE_HTTPONLY` apply to Django's session cookie only. A cookie that a view sets travels over plain HTTP and can be read by scripts unless the call says otherwise.",
      remedy:
        'Pass `secure=True`, `httponly=True` and `samesite="Lax"` to `set_cookie()`, or keep what the cookie holds in the session.',
      verify:
        "Read the Set-Cookie header of the response in the browser's developer tools: it must show Secure and HttpOnly.",
      tests: [],
      limits:
        "Cookies are recognised by their names and values; options that come from a mapping are read where the module spells it out.",
    },
  },

  detect(module: PythonModule): readonly Evidence[] {
    const seen = setCookies(module).flatMap((cookie): readonly Evidence[] => {
      const kind = kindOf(cookie);
      if (kind === "harmless" || cookie.name.kind === "dynamic") return [];
      return [toEvidence(cookie, kind)];
    });
    return [...seen, ...tokenCookieSettings(module)];
  },

  judge({ base, head }: EvidencePair): Judgement | undefined {
    const detail = head.detail as Detail | undefined;
    if (detail === undefined) return judgeSetting(base, head);
    const before = base?.detail as Detail | undefined;
    if (before !== undefined && livesLonger(before.cookie, detail.cookie)) {
      if (detail.kind === "other") return undefined;
      return { severity: "warning", confidence: "medium", message: message(LONGER, head.values) };
    }
    const severity = severityOf(detail, base !== undefined);
    if (severity === undefined) return undefined;
    const template = detail.cookie.sentEverywhere ? EVERYWHERE : MISSING;
    return {
      severity,
      confidence: detail.kind === "secret" ? "high" : "medium",
      message: message(template, head.values),
    };
  },

  suggest({ base, head }: EvidencePair, change: FileChange): readonly Fix[] {
    const detail = head.detail as Detail | undefined;
    return detail === undefined
      ? restoreLine(base?.span, head.span, change)
      : [...restoreFlags(base?.guards ?? [], change), ...addFlags(detail.cookie, change)];
  },
};

function toEvidence(cookie: SetCookie, kind: CookieKind): Evidence {
  const lacking = lackingOf(cookie);
  const cross = cookie.sentEverywhere && isOff(cookie.secure) ? 0.5 : 0;
  return {
    identity: `cookie ${cookie.name.text}`,
    symbol: cookie.scope.symbol,
    reach: () => reachOf(cookie.scope),
    strength: 2 - lacking.length - cross - longevity(cookie),
    span: cookie.span,
    guards: cookie.given,
    confidence: kind === "secret" ? "high" : "medium",
    values: { name: cookie.name.text, flags: lacking.join(" and ") || "Secure" },
    detail: { cookie, kind } satisfies Detail,
  };
}

/** Seconds beyond any lifetime, so that no lifetime outweighs a flag. */
const FOREVER = 1e10;

/** The longer an unprotected cookie lives, the weaker: from 0 for one that ends with the browser to 0.1. */
function longevity(cookie: SetCookie): number {
  if (lackingOf(cookie).length === 0) return 0;
  return Math.min(Math.max(cookie.maxAge ?? 0, 0), FOREVER) / FOREVER / 10;
}

function isOff(flag: SetCookie["secure"]): boolean {
  return flag === "off" || flag === "missing";
}

function lackingOf(cookie: SetCookie): readonly string[] {
  return [
    ...(isOff(cookie.secure) ? ["Secure"] : []),
    ...(isOff(cookie.httpOnly) ? ["HttpOnly"] : []),
  ];
}

/** Nothing but its lifetime got worse. */
function livesLonger(before: SetCookie, after: SetCookie): boolean {
  return (
    lackingOf(before).length === lackingOf(after).length &&
    before.sentEverywhere === after.sentEverywhere
  );
}

function severityOf({ cookie, kind }: Detail, had: boolean): Judgement["severity"] | undefined {
  const lacking = lackingOf(cookie).length;
  if (lacking === 0) return undefined;
  if (kind === "other") return had ? "notice" : undefined;
  if (kind === "authority") return "warning";
  return lacking === 2 || had ? "error" : "warning";
}

function judgeSetting(base: Evidence | undefined, head: Evidence): Judgement | undefined {
  if (head.strength > 0) return undefined;
  const had = base !== undefined && base.strength > 0;
  return {
    severity: had ? "error" : "notice",
    confidence: head.confidence,
    message: message(SETTING, head.values),
  };
}

const MISSING =
  "Cookie `{name}` is set without {flags}: it stands for a login, and Django's cookie settings do not cover it.";
const LONGER =
  "Cookie `{name}` now lives longer, and is set without {flags}: it stands for a login, and Django's cookie settings do not cover it.";
const EVERYWHERE =
  "Cookie `{name}` is set without {flags} and goes along with requests of other sites; browsers reject SameSite=None without Secure.";
const SETTING = "`{name}` leaves the token cookie without {flags}.";
