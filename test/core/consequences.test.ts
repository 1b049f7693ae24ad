import { describe, expect, it } from "vitest";
import { concernedTexts, mayHaveConsequences } from "../../src/core/consequences.js";
import { diffTexts } from "../../src/core/diff/diff-texts.js";
import { openModules } from "../../src/core/python/open-modules.js";
import type { ParsePython } from "../../src/core/python/parser.js";
import { NO_PROJECT } from "../../src/core/python/project.js";

const refuse: ParsePython = () => {
  throw new Error("nothing is to be parsed");
};

function matters(base: string, head: string, changed: readonly string[] = []): boolean {
  return mayHaveConsequences(textsOf(base, head, changed));
}

function textsOf(base: string, head: string, changed: readonly string[] = []) {
  const file = {
    path: "app/settings.py",
    basePath: "app/settings.py",
    status: "modified",
    kind: "file",
  } as const;
  const modules = openModules({ ...file, base, head, hunks: diffTexts(base, head) }, refuse);
  return concernedTexts(modules.base, modules.head, {
    ...NO_PROJECT,
    changesBeside: (_, dotted) => changed.includes(dotted),
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

describe("what is concerned", () => {
  const AFTER = `SITE = {"port": X}\n${SECURE}`;

  it("is what a hunk touches on both sides, and what depends on it", () => {
    expect(textsOf(`X = 1\n${AFTER}`, `X = 2\n${AFTER}`)).toEqual([
      "X = 1",
      "X = 2",
      'SITE = {"port": X}',
    ]);
  });

  it.each([
    ["what a text or a comment says", 'X = ["HTTPS"]  # off; HTTPS\n'],
    ["a function that is called", "for X in (1, 2):\n    HTTPS(X)\n"],
    ["the name of an argument", "if A:\n    X = f(HTTPS=1)\n"],
    ["a type that is handed over", 'if A:\n    X = f("x", cast=bool)\n'],
    ["what a block only reads", "if HTTPS:\n    X = 1\n"],
    ["what a block fails with", "if A:\n    raise Broken(f'{HTTPS}')\n"],
    ["what a name in a block is given", "if A:\n    # HTTPS = 1\n    X = HTTPS\n"],
    ["what a loop goes through", "for X in HTTPS:\n    pass\n"],
  ])("does not follow %s", (_, head) => {
    const secure = SECURE.replace("= HTTPS", "= HTTPS and bool(1)");
    const rest = `END = 0\n${secure}`;
    expect(textsOf(`START = 0\n${rest}`, `START = 0\n${head}${rest}`)).not.toContain(secure.trim());
  });

  it.each([
    ["a block that binds it", "if A:\n    HTTPS = 1\n"],
    ["a block that binds it in its else", "if A:\n    X = 1\nelse:\n    HTTPS = 1\n"],
    ["a block on one line", "try: HTTPS = 1\nexcept E: pass\n"],
    ["a block that changes it", "if A:\n    HTTPS.append(1)\n"],
    ["a test that binds it", "if (HTTPS := f()):\n    X = 1\n"],
    ["a loop over it", "for X, HTTPS in f():\n    pass\n"],
    ["a context that it is", "with f(A) as HTTPS:\n    pass\n"],
    ["an error that it is", "try:\n    f()\nexcept E as HTTPS:\n    pass\n"],
    ["a function in a block", "if A:\n    def HTTPS():\n        pass\n"],
    ["an import in a block", "if A:\n    from a import HTTPS\n"],
    ["the second of two names", "X = HTTPS = 1\n"],
    ["a tuple without blanks", "A, HTTPS=1, 2\n"],
    ["a text that writes it", 'globals()["HTTPS"] = 1\n'],
    ["behind a quote in a replacement field", 'A = f"{\'"\'}"; HTTPS = 1 #"\n'],
  ])("follows %s", (_, head) => {
    const rest = `END = 0\n${SECURE}`;
    expect(textsOf(`START = 0\n${rest}`, `START = 0\n${head}${rest}`)).toContain(SECURE.trim());
  });

  it("is what a changed module gives, by its whole name", () => {
    const text = `from shop.flags import HTTPS\nX = 1\n${SECURE}`;
    const head = text.replace("X = 1", "X = 2");
    expect(textsOf(text, head, ["shop.flags"])).toContain(SECURE.trim());
    expect(textsOf(text, head, ["flags"])).not.toContain(SECURE.trim());
    const block = text.replace("from", "if A:\n    from");
    expect(textsOf(block, block.replace("X = 1", "X = 2"), ["shop.flags"])).toContain(
      SECURE.trim(),
    );
  });

  it("cannot be told of names without end", () => {
    const names = Array.from({ length: 101 }, (_, index) => `N${index}`).join(", ");
    expect(textsOf(SECURE, `${names} = f()\n${SECURE}`)).toBeUndefined();
  });

  const CLASSES = `class Base(Configuration):
    PORT = 443
    HTTPS = PORT == 443
    OTHER = 1

class Production(Base):
    SESSION_COOKIE_SECURE = Base.HTTPS
`;

  it("is of a class of settings the members that change, and what depends on them in any class", () => {
    expect(textsOf(CLASSES, CLASSES.replace("OTHER = 1", "OTHER = 2"))).toEqual([
      "OTHER = 1",
      "OTHER = 2",
    ]);
    expect(textsOf(CLASSES, CLASSES.replace("PORT = 443", "PORT = 80"))).toEqual([
      "PORT = 443",
      "PORT = 80",
      "HTTPS = PORT == 443",
      "SESSION_COOKIE_SECURE = Base.HTTPS",
    ]);
  });

  it.each([
    ["starts from another one", (text: string) => text.replace("(Configuration)", "(Other)")],
    ["is called otherwise", (text: string) => text.replace("class Base", "class Common")],
    [
      "is in another order",
      (text: string) =>
        text.replace(
          "    PORT = 443\n    HTTPS = PORT == 443\n",
          "    HTTPS = PORT == 443\n    PORT = 443\n",
        ),
    ],
    [
      "has its base from elsewhere",
      (text: string) => text.replace("from a import", "from b import"),
    ],
    ["is changed from outside", (text: string) => `${text}Base.HTTPS = False\n`],
  ])("cannot be told when a class of settings %s", (_, change) => {
    const text = `from a import Configuration\n${CLASSES}`;
    expect(textsOf(text, change(text))).toBeUndefined();
  });
});
