import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { showSourceLine } from "../../../src/core/report/source-line.js";

describe("showSourceLine", () => {
  it.each([
    ['DB_PASSWORD = "hunter2"', 'DB_PASSWORD = "…"'],
    ["TOKEN = 'ab\\'c-9' + x", "TOKEN = '…' + x"],
    ['KEY = "starts \\', 'KEY = "…'],
    ['KEY = """MIIEpAIBAAKCAQEA', 'KEY = """…'],
    ["MIIEpAIBAAKCAQEA7zfi83hH0aQ9x+/=", "…"],
    ["x = f'{user}:{password}'", "x = f'…'"],
  ])("hides what may be a secret: %s", (line, shown) => {
    expect(showSourceLine(line)).toBe(shown);
  });

  it.each([
    ['SESSION_COOKIE_SAMESITE = "Lax"'],
    ['SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"'],
    ["request.session['preferred_language'] = x"],
    ["# don't do this"],
    ["SESSION_COOKIE_AGE = 60 * 60 * 24 * 14"],
  ])("shows what says what the line means: %s", (line) => {
    expect(showSourceLine(line)).toBe(line);
  });

  it("ends at the end of the line and shows a tab as blanks", () => {
    expect(showSourceLine("\tx = 1\r\n")).toBe("    x = 1");
  });

  it("never lets a control, format or separator character through, nor a long line", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 900 }), (line) => {
        const shown = showSourceLine(line);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(shown.length).toBeLessThanOrEqual(140);
      }),
    );
  });

  it("takes no time on a hostile line", () => {
    const start = performance.now();
    showSourceLine(`${'"\\'.repeat(250_000)}`);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
