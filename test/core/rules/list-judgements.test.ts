import { beforeAll, describe, expect, it } from "vitest";
import type { Rule } from "../../../src/core/model/rule.js";
import type { ParsePython } from "../../../src/core/python/parser.js";
import { broadCsrfTrustedOrigins } from "../../../src/core/rules/broad-csrf-trusted-origins.js";
import { plainHttpAllowed } from "../../../src/core/rules/plain-http-allowed.js";
import { removedCsrfMiddleware } from "../../../src/core/rules/removed-csrf-middleware.js";
import { removedSessionMachinery } from "../../../src/core/rules/removed-session-machinery.js";
import { loadPython } from "../../../src/grammar/node.js";
import { reviewTexts, summarise } from "../settings/review-texts.js";

let parse: ParsePython;
beforeAll(async () => {
  parse = await loadPython();
});

function judgements(rule: Rule, base: string, head: string): readonly string[] {
  const text = (lines: string) => `ROOT_URLCONF = "shop.urls"\n${lines}\nUSE_TZ = True\n`;
  return summarise(reviewTexts(parse, rule, text(base), text(head)));
}

function levels(rule: Rule, base: string, head: string): readonly string[] {
  return judgements(rule, base, head).map((line) => line.split(":")[0] ?? "");
}

const CSRF = '"django.middleware.csrf.CsrfViewMiddleware"';
const SESSION = '"django.contrib.sessions.middleware.SessionMiddleware"';
const AUTH = '"django.contrib.auth.middleware.AuthenticationMiddleware"';

describe("removed-csrf-middleware", () => {
  it.each([
    ["the element goes", `[${CSRF}, "a"]`, '["a"]', "error high"],
    ["the list goes", `[${CSRF}]`, "[]", "error high"],
    ["a class that disables it comes", `[${CSRF}]`, '["shop.DisableCSRF"]', "error high"],
    ["another class of CSRF comes", `[${CSRF}]`, '["shop.CsrfMiddleware"]', "notice medium"],
    ["only one branch keeps it", `[${CSRF}]`, `[${CSRF}] if WEB else ["a"]`, "warning medium"],
    ["an unknown part stays", `[${CSRF}] + more()`, '["a"] + more()', "warning low"],
  ])("%s", (_, base, head, expected) => {
    const was = `MIDDLEWARE = ${base}`;
    expect(levels(removedCsrfMiddleware, was, `MIDDLEWARE = ${head}`)).toEqual([expected]);
  });

  it("says nothing when what is new may hold it", () => {
    expect(levels(removedCsrfMiddleware, `MIDDLEWARE = [${CSRF}]`, "MIDDLEWARE = make()")).toEqual(
      [],
    );
  });

  it("does not take a class that was there for one that took its place", () => {
    const base = `MIDDLEWARE = [${CSRF}, "shop.CsrfCookieMiddleware"]`;
    expect(
      judgements(removedCsrfMiddleware, base, 'MIDDLEWARE = ["shop.CsrfCookieMiddleware"]'),
    ).toEqual([
      "error medium: `CsrfViewMiddleware` is gone from MIDDLEWARE: CSRF protection is switched off for the whole site.",
    ]);
  });
});

describe("removed-session-machinery", () => {
  it.each([
    ["sessions go", `[${SESSION}, ${AUTH}]`, `[${AUTH}]`, ["error high"]],
    ["both go", `[${SESSION}, ${AUTH}]`, "[]", ["error high", "error high"]],
    ["the order turns", `[${SESSION}, ${AUTH}]`, `[${AUTH}, ${SESSION}]`, ["error high"]],
    ["one of its own comes", `[${SESSION}]`, '["shop.SessionMiddleware"]', ["warning medium"]],
  ])("%s", (_, base, head, expected) => {
    const was = `MIDDLEWARE = ${base}`;
    expect(levels(removedSessionMachinery, was, `MIDDLEWARE = ${head}`)).toEqual(expected);
  });
});

describe("plain-http-allowed", () => {
  it.each([
    ["SECURE_SSL_REDIRECT = True", "SECURE_SSL_REDIRECT = False", ["warning high"]],
    ["SECURE_SSL_REDIRECT = True", 'SECURE_SSL_REDIRECT = env.bool("X", False)', ["warning high"]],
    ["SECURE_SSL_REDIRECT = True", "SECURE_SSL_REDIRECT = not DEBUG", []],
    ["", "SECURE_SSL_REDIRECT = False", ["notice high"]],
    ["SECURE_HSTS_SECONDS = 3600", "SECURE_HSTS_SECONDS = 60", ["warning high"]],
    ["SECURE_HSTS_SECONDS = 3600", "SECURE_HSTS_SECONDS = 31536000", []],
    ["SECURE_HSTS_SECONDS = seconds()", "SECURE_HSTS_SECONDS = 60", []],
    ["SECURE_HSTS_PRELOAD = True", "SECURE_HSTS_PRELOAD = False", ["notice high"]],
  ])("%s -> %s", (base, head, expected) => {
    expect(levels(plainHttpAllowed, base, head)).toEqual(expected);
  });

  it("says what HSTS no longer reaches", () => {
    const off = (setting: string) =>
      judgements(plainHttpAllowed, `${setting} = True`, `${setting} = False`);
    expect(off("SECURE_HSTS_PRELOAD")).toEqual([
      "notice high: `SECURE_HSTS_PRELOAD` goes from True to False: browsers that never visited the site are not told to use HTTPS from the start.",
    ]);
    expect(off("SECURE_HSTS_INCLUDE_SUBDOMAINS")).toEqual([
      "notice high: `SECURE_HSTS_INCLUDE_SUBDOMAINS` goes from True to False: browsers load subdomains over plain HTTP again, and these can set cookies for the site.",
    ]);
  });

  it("says how long browsers insisted on https, and how long they will", () => {
    expect(judgements(plainHttpAllowed, "SECURE_HSTS_SECONDS = 604800", "")).toEqual([
      "warning high: `SECURE_HSTS_SECONDS` goes from 1 week to off: browsers stop insisting on HTTPS sooner.",
    ]);
  });
});

describe("broad-csrf-trusted-origins", () => {
  it.each([
    ["https://*.com", ["error high"]],
    ["https://*.co.uk", ["error high"]],
    ["https://*.herokuapp.com", ["error high"]],
    [".vercel.app", ["error high"]],
    ["https://*.fruit-shop.dev", ["warning high"]],
    ["http://fruit-shop.dev", ["warning high"]],
    ["*", ["notice high"]],
    ["https://*", ["notice high"]],
    ["https://fruit-shop.dev", []],
    ["https://my-app.vercel.app", []],
    ["http://localhost:3000", []],
    ["http://*.localhost:3000", []],
    ["http://192.168.1.20:8000", []],
    ["http://frontend:3000", []],
    ["fruit-shop.dev", []],
  ])("%s", (origin, expected) => {
    const head = `CSRF_TRUSTED_ORIGINS = ["${origin}"]`;
    expect(levels(broadCsrfTrustedOrigins, "CSRF_TRUSTED_ORIGINS = []", head)).toEqual(expected);
  });
});
