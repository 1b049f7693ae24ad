import { describe, expect, it } from "vitest";
import { mentionsSession } from "../../../src/core/python/prefilter.js";

const MATTERS = [
  "SESSION_COOKIE_SECURE = True",
  "CSRF_COOKIE_SECURE = True",
  "    'django.middleware.security.SecurityMiddleware',",
  "DEBUG = True",
  "INSTALLED_APPS += ['debug_toolbar']",
  "SECURE_HSTS_SECONDS = 0",
  "response.set_cookie('a', 'b', httponly=False)",
  "    cycle_key()",
  "    request.user = member",
  "    sign_out(request)",
  "def anmelden(request):",
  "globals()['X'] = 1",
  "samesite=None",
  "class Prod(Configuration):",
];

const DOES_NOT = [
  "def total(items):\n    return sum(items)",
  "author = models.CharField()",
  "x = 1",
];

describe("the prefilter", () => {
  for (const text of MATTERS) {
    it(`lets ${JSON.stringify(text)} through`, () => {
      expect(mentionsSession(text)).toBe(true);
    });
  }
  it("stops what no rule asks for", () => {
    expect(DOES_NOT.filter(mentionsSession)).toEqual([]);
  });
  it("is linear in a hostile text", () => {
    const start = performance.now();
    expect(mentionsSession("log_log_sign_aut_cycle_".repeat(100_000))).toBe(false);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
