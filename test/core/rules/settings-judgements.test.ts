import { beforeAll, describe, expect, it } from "vitest";
import type { Rule } from "../../../src/core/model/rule.js";
import type { ParsePython } from "../../../src/core/python/parser.js";
import { crossSiteSessionCookie } from "../../../src/core/rules/cross-site-session-cookie.js";
import { insecureCsrfCookie } from "../../../src/core/rules/insecure-csrf-cookie.js";
import { insecureSessionCookie } from "../../../src/core/rules/insecure-session-cookie.js";
import { longerSessionLifetime } from "../../../src/core/rules/longer-session-lifetime.js";
import { scriptReadableSessionCookie } from "../../../src/core/rules/script-readable-session-cookie.js";
import { sessionOutlivesBrowser } from "../../../src/core/rules/session-outlives-browser.js";
import { loadPython } from "../../../src/grammar/node.js";
import { reviewTexts, summarise } from "../settings/review-texts.js";

let parse: ParsePython;
beforeAll(async () => {
  parse = await loadPython();
});

/** Both texts share the lines that make it a settings file; `line` is "" for none. */
function judgements(rule: Rule, base: string, head: string): readonly string[] {
  const text = (line: string) =>
    `ROOT_URLCONF = "shop.urls"\n${line}${line && "\n"}USE_TZ = True\n`;
  return summarise(reviewTexts(parse, rule, text(base), text(head)));
}

function levels(rule: Rule, base: string, head: string): readonly string[] {
  return judgements(rule, base, head).map((line) => line.split(":")[0] ?? "");
}

describe("insecure-session-cookie", () => {
  const S = "SESSION_COOKIE_SECURE = ";
  it.each([
    ["True", "False", "error high"],
    ["True", "DEBUG", "error high"],
    ["True", 'env.bool("X", default=False)', "error high"],
    ["not DEBUG", 'env.bool("X", default=False)', "warning high"],
    ["not DEBUG", "False", "error high"],
    ["True", "not DEBUG", "notice high"],
    ["True", 'env.bool("X", default=True)', "notice high"],
    ["True", 'os.environ.get("X", "False")', "notice high"],
    ["True", "_needs_tls", "warning low"],
    ["True", "not TESTING", "warning low"],
    ["_needs_tls", "False", "error medium"],
    ['env.bool("X")', "False", "error high"],
    ['env.bool("X", default=False)', "False", "error high"],
  ])("%s -> %s is %s", (base, head, expected) => {
    expect(levels(insecureSessionCookie, S + base, S + head)).toEqual([expected]);
  });

  it.each([
    ["False", "0"],
    ["1", "True"],
    ["not DEBUG", 'env.bool("X", default=True)'],
    ["True", 'env.bool("X")'],
    ["False", 'env.bool("X", default=False)'],
  ])("%s -> %s is nothing", (base, head) => {
    expect(levels(insecureSessionCookie, S + base, S + head)).toEqual([]);
  });

  it("says what was, what is and what follows", () => {
    expect(judgements(insecureSessionCookie, `${S}True`, "")).toEqual([
      "error high: `SESSION_COOKIE_SECURE` goes from True to False (Django's default): the session cookie will also be sent over plain HTTP.",
    ]);
    expect(judgements(insecureSessionCookie, "", `${S}False`)).toEqual([
      "notice high: `SESSION_COOKIE_SECURE` is False, as Django's default was: the session cookie is also sent over plain HTTP.",
    ]);
    expect(judgements(insecureSessionCookie, `${S}True`, `${S}os.getenv("X", "no")`)).toEqual([
      'notice high: `SESSION_COOKIE_SECURE` goes from True to an environment variable ("no" when unset): a non-empty string counts as true, so this does not switch anything off.',
    ]);
  });

  it("holds a class that is new against what its base says", () => {
    const text = (one: string, other: string) =>
      `from configurations import Configuration\n\nclass Base(Configuration):\n    ${S}${one}\n${other}`;
    const level = (one: string, other: string) => {
      const added = `\nclass Heroku(Base):\n    ${S}${other}\n`;
      const found = reviewTexts(
        parse,
        insecureSessionCookie,
        text(one, "\nclass Production(Base):\n    DEBUG = False\n"),
        text(one, `\nclass Production(Base):\n    DEBUG = False\n${added}`),
      );
      return found.map(({ severity, confidence }) => `${severity} ${confidence}`);
    };
    expect(level("True", "False")).toEqual(["error high"]);
    expect(level("True", "not DEBUG")).toEqual(["notice high"]);
    expect(level("False", "False")).toEqual(["notice high"]);
    expect(level("False", "True")).toEqual([]);
  });

  it("says what it relied on below a star import", () => {
    const text = (line: string) => `from .base import *\n${line}USE_TZ = True\n`;
    const found = reviewTexts(parse, insecureSessionCookie, text(`${S}True\n`), text(""));
    expect(summarise(found)).toEqual([
      "error medium: `SESSION_COOKIE_SECURE` goes from True to whatever .base says: the session cookie will also be sent over plain HTTP. Nothing sets it here any more; what .base says was not read.",
    ]);
    const off = reviewTexts(parse, insecureSessionCookie, text(""), text(`${S}False\n`));
    expect(off.map(({ severity, confidence }) => `${severity} ${confidence}`)).toEqual([
      "warning medium",
    ]);
    const read = text(`${S}env.bool("X", default=False)\n`);
    expect(reviewTexts(parse, insecureSessionCookie, text(""), read)).toEqual([]);
  });

  it("says that browsers reject SameSite=None without Secure", () => {
    const same = 'SESSION_COOKIE_SAMESITE = "None"\n';
    const [line] = judgements(insecureSessionCookie, `${same}${S}True`, `${same}${S}False`);
    expect(line).toContain("Browsers reject a cookie with SameSite=None");
  });

  it("never shows a text that may be a secret", () => {
    const secret = `${S}os.environ.get("X", "hunter2-hunter2")`;
    expect(judgements(insecureSessionCookie, `${S}True`, secret).join()).not.toContain("hunter2");
  });

  it("says of a write at run time that it is one", () => {
    const text = (line: string) =>
      `from django.conf import settings\n\n\ndef f():\n    x = 1\n${line}`;
    const found = reviewTexts(
      parse,
      insecureSessionCookie,
      text(""),
      text("    settings.SESSION_COOKIE_SECURE = False\n"),
      "shop/boot.py",
    );
    expect(found.map(({ symbol }) => symbol)).toEqual(["f"]);
    expect(summarise(found).join()).toMatch(/^error high: .*while the site runs/);
  });
});

describe("script-readable-session-cookie", () => {
  const S = "SESSION_COOKIE_HTTPONLY = ";
  it.each([
    [`${S}True`, `${S}False`, ["error high"]],
    ["", `${S}False`, ["error high"]],
    ["", `${S}env.bool("X", default=False)`, ["error high"]],
    [`${S}True`, `${S}compute()`, ["warning low"]],
    [`${S}True`, "", []],
    ["", `${S}True`, []],
    [`${S}True`, `${S}not DEBUG`, []],
  ])("%j -> %j is %j", (base, head, expected) => {
    expect(levels(scriptReadableSessionCookie, base, head)).toEqual(expected);
  });
});

describe("cross-site-session-cookie", () => {
  const S = "SESSION_COOKIE_SAMESITE = ";
  it.each([
    [`${S}"Lax"`, `${S}"None"`, ["error high"]],
    [`${S}"Strict"`, `${S}"none"`, ["error high"]],
    ["", `${S}None`, ["error high"]],
    ["", `${S}False`, ["error high"]],
    ["", `${S}""`, ["error high"]],
    [`${S}"Lax"`, `${S}True`, ["error high"]],
    [`${S}"Strict"`, `${S}"Lax"`, ["warning high"]],
    [`${S}"Strict"`, "", ["warning high"]],
    [`${S}"Lax"`, `${S}choose()`, ["warning low"]],
    [`${S}"Lax"`, `${S}"Strict"`, []],
    [`${S}"Lax"`, "", []],
    [`${S}"lax"`, `${S}"Lax"`, []],
    [`${S}None`, `${S}"None"`, []],
  ])("%j -> %j is %j", (base, head, expected) => {
    expect(levels(crossSiteSessionCookie, base, head)).toEqual(expected);
  });

  it("tells the three ways to lose it apart", () => {
    const say = (head: string) => judgements(crossSiteSessionCookie, "", S + head).join();
    expect(say('"None"')).toContain("other sites can send requests");
    expect(say("None")).toContain("browsers apply a default of their own");
    expect(say("True")).toContain("every response that sets the session cookie fails");
  });
});

describe("longer-session-lifetime", () => {
  const S = "SESSION_COOKIE_AGE = ";
  it.each([
    [`${S}3600`, `${S}5000`, ["notice high"]],
    [`${S}3600`, `${S}7200`, ["warning high"]],
    [`${S}86400`, `${S}60 * 60 * 24 * 60`, ["error high"]],
    [`${S}60 * 60 * 24 * 28`, `${S}60 * 60 * 24 * 50`, ["warning high"]],
    [`${S}3600`, "", ["error high"]],
    [`${S}60 * 60 * 24 * 7`, "", ["warning high"]],
    ["", `${S}60 * 60 * 24 * 365`, ["error high"]],
    [`${S}7200`, `${S}3600`, []],
    [`${S}3600`, `${S}unknown()`, []],
    [`${S}unknown()`, `${S}99999999`, []],
    [`${S}1209600`, "", []],
  ])("%j -> %j is %j", (base, head, expected) => {
    expect(levels(longerSessionLifetime, base, head)).toEqual(expected);
  });

  it("reads session.set_expiry() in a view", () => {
    const view = (call: string) => `def sign_in(request):\n    login(request)\n${call}`;
    const review = (base: string, head: string) =>
      reviewTexts(parse, longerSessionLifetime, view(base), view(head), "shop/views.py").map(
        ({ severity, confidence, symbol }) => `${severity} ${confidence} ${symbol}`,
      );
    const call = (argument: string) => `    request.session.set_expiry(${argument})\n`;
    expect(review(call("3600"), call("7200"))).toEqual(["warning high sign_in"]);
    expect(review(call("3600"), call("90 * 86400"))).toEqual(["error high sign_in"]);
    expect(review("", call("90 * 86400"))).toEqual(["notice medium sign_in"]);
    expect(review("", call("3600"))).toEqual([]);
    expect(review(call("0"), call("3600"))).toEqual([]);
    expect(review(call("7200"), call("timedelta(hours=1)"))).toEqual([]);
  });

  it("speaks in hours and weeks", () => {
    expect(judgements(longerSessionLifetime, `${S}3600`, "")).toEqual([
      "error high: Session lifetime grows from 1 hour to 2 weeks (Django's default): a stolen cookie stays usable longer.",
    ]);
  });
});

describe("session-outlives-browser", () => {
  const S = "SESSION_EXPIRE_AT_BROWSER_CLOSE = ";
  it.each([
    [`${S}True`, "", ["warning high"]],
    [`${S}True`, `${S}False`, ["warning high"]],
    [`${S}True`, `${S}env.bool("X", default=False)`, ["warning high"]],
    [`${S}True`, "SESSION_COOKIE_AGE = 1800", ["notice high"]],
    [`SESSION_COOKIE_AGE = 1800\n${S}True`, "SESSION_COOKIE_AGE = 1800", ["warning high"]],
    [`${S}True`, `${S}not DEBUG`, []],
    ["", `${S}False`, []],
  ])("%j -> %j is %j", (base, head, expected) => {
    expect(levels(sessionOutlivesBrowser, base, head)).toEqual(expected);
  });

  it("says how long sessions then last", () => {
    expect(judgements(sessionOutlivesBrowser, `${S}True`, "").join()).toContain("(up to 2 weeks)");
  });
});

describe("insecure-csrf-cookie", () => {
  const S = "CSRF_COOKIE_SECURE = ";
  const BOTH = `SESSION_COOKIE_SECURE = True\n${S}True`;
  it.each([
    [`${S}True`, "", ["warning high"]],
    [`${S}True`, `${S}False`, ["warning high"]],
    [BOTH, `${S}False`, ["error high"]],
    [BOTH, "SESSION_COOKIE_SECURE = True", ["warning high"]],
    [`${S}True`, `${S}not DEBUG`, ["notice high"]],
    ["", `${S}False`, ["notice high"]],
    [`${S}True`, "CSRF_USE_SESSIONS = True", []],
    [`${S}False`, "", []],
  ])("%j -> %j is %j", (base, head, expected) => {
    expect(levels(insecureCsrfCookie, base, head)).toEqual(expected);
  });
});
