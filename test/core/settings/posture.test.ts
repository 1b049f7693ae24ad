import { beforeAll, describe, expect, it } from "vitest";
import type { ParsePython } from "../../../src/core/python/parser.js";
import { POSTURE_SETTINGS, postureOf } from "../../../src/core/settings/posture.js";
import { loadPython } from "../../../src/grammar/node.js";
import { openText } from "./open.js";

let parse: ParsePython;
beforeAll(async () => {
  parse = await loadPython();
});

function changes(base: string, head: string, path?: string): readonly string[] {
  const before = openText(parse, base, path);
  const after = openText(parse, head, path);
  return POSTURE_SETTINGS.flatMap((setting) => postureOf(setting, before, after)).map(
    (entry) => `${entry.setting}: ${entry.base} -> ${entry.head} (${entry.direction})`,
  );
}

describe("the session posture", () => {
  it("lists what changed, with its direction", () => {
    const base =
      'SESSION_COOKIE_SECURE = True\nSESSION_COOKIE_NAME = "__Host-sid"\nUSE_TZ = True\n';
    const head = 'SESSION_COOKIE_AGE = 3600\nSESSION_COOKIE_NAME = "sid"\nUSE_TZ = True\n';
    expect(changes(base, head)).toEqual([
      "SESSION_COOKIE_SECURE: True -> False (Django's default) (weaker)",
      "SESSION_COOKIE_AGE: 2 weeks (Django's default) -> 1 hour (stronger)",
      'SESSION_COOKIE_NAME: "__Host-sid" -> "sid" (different)',
    ]);
  });

  it("lists what is no longer known as different", () => {
    const base = "SESSION_COOKIE_SECURE = True\n";
    expect(changes(base, "SESSION_COOKIE_SECURE = compute()\n")).toEqual([
      "SESSION_COOKIE_SECURE: True -> not known statically (different)",
    ]);
  });

  it("leaves out what was only written differently, and development modules", () => {
    const base = "SESSION_COOKIE_AGE = 3600\nSESSION_COOKIE_HTTPONLY=True\n";
    const head = "SESSION_COOKIE_HTTPONLY = (\n    True\n)\nSESSION_COOKIE_AGE = 60 * 60\n";
    expect(changes(base, head)).toEqual([]);
    expect(changes(base, "USE_TZ = True\n", "config/settings/dev.py")).toEqual([]);
  });

  it("keeps settings classes apart", () => {
    const text = (value: string) =>
      `class Staging(Configuration):\n    SESSION_COOKIE_SECURE = True\n\n\nclass Production(Configuration):\n    SESSION_COOKIE_SECURE = ${value}\n`;
    expect(changes(text("True"), text("False"))).toEqual([
      "SESSION_COOKIE_SECURE: True -> False (weaker)",
    ]);
  });
});
