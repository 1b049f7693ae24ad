import { describe, expect, it } from "vitest";
import { mayHaveConsequences } from "../../src/core/consequences.js";
import { diffTexts } from "../../src/core/diff/diff-texts.js";
import { openModules } from "../../src/core/python/open-modules.js";
import type { ParsePython } from "../../src/core/python/parser.js";
import { NO_PROJECT } from "../../src/core/python/project.js";

const refuse: ParsePython = () => {
  throw new Error("nothing is to be parsed");
};

function matters(base: string, head: string, changed: readonly string[] = []): boolean {
  const file = {
    path: "app/settings.py",
    basePath: "app/settings.py",
    status: "modified",
    kind: "file",
  } as const;
  const modules = openModules({ ...file, base, head, hunks: diffTexts(base, head) }, refuse);
  return mayHaveConsequences(modules.base, modules.head, {
    ...NO_PROJECT,
    changesBeside: (_, name) => changed.includes(name),
  });
}

const SECURE = "SESSION_COOKIE_SECURE = HTTPS\n";

describe("a change has consequences", () => {
  it.each([
    ["that mentions the session", "X = 1\n", "X = 1\nSESSION_COOKIE_AGE = 1\n"],
    [
      "of a name that a setting of the field reads",
      `HTTPS = True\n${SECURE}`,
      `HTTPS = False\n${SECURE}`,
    ],
    [
      "of a name that reaches such a setting through others",
      `PORT = 443\nHTTPS = PORT == 443\n${SECURE}`,
      `PORT = 80\nHTTPS = PORT == 443\n${SECURE}`,
    ],
    [
      "of what a function does on which such a setting depends",
      `def https():\n    return True\nHTTPS = https()\n${SECURE}`,
      `def https():\n    return False\nHTTPS = https()\n${SECURE}`,
    ],
    [
      "of where an imported name comes from",
      `from a import HTTPS\n${SECURE}`,
      `from b import HTTPS\n${SECURE}`,
    ],
    [
      "of what an alias stands for",
      `from a import ON as HTTPS\n${SECURE}`,
      `from a import OFF as HTTPS\n${SECURE}`,
    ],
    ["that takes all names of a module", "X = 1\n", "X = 1\nfrom .local import *\n"],
    [
      "of what a call is given that can write any name",
      'PARTS = "a.py"\ninclude(PARTS)\n',
      'PARTS = "b.py"\ninclude(PARTS)\n',
    ],
    ["of a block whose names are not told apart", `if X:\n    HTTPS = True\n${SECURE}`, SECURE],
    ["that makes settings of a module", "X = 1\n", "X = 1\nALLOWED_HOSTS = []\n"],
  ])("%s", (_, base, head) => {
    expect(matters(base, head)).toBe(true);
  });

  it("beside a module that it imports and that is changed too", () => {
    const base = `from .flags import HTTPS\nX = 1\n${SECURE}`;
    expect(matters(base, base.replace("X = 1", "X = 2"), ["flags"])).toBe(true);
    expect(matters(base, base.replace("X = 1", "X = 2"), ["views"])).toBe(false);
  });
});

describe("a change has no consequences", () => {
  it.each([
    ["of a name that nothing of the field reads", `X = 1\n${SECURE}`, `X = 2\n${SECURE}`],
    ["of another entry of a list", `X = [\n    1,\n]\n${SECURE}`, `X = [\n    2,\n]\n${SECURE}`],
    [
      "of another name of the same import",
      `from a import HTTPS, b\n${SECURE}`,
      `from a import HTTPS, c\n${SECURE}`,
    ],
    ["of a text that stands alone", `"""Settings."""\n${SECURE}`, `"""HTTPS."""\n${SECURE}`],
  ])("%s", (_, base, head) => {
    expect(matters(base, head)).toBe(false);
  });
});
