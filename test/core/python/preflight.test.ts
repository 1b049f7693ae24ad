import { describe, expect, it } from "vitest";
import { preflight } from "../../../src/core/python/text/preflight.js";
import { runPython } from "./python-files.js";

const SAFE: readonly (readonly [string, string])[] = [
  ["plain text", "SESSION_COOKIE_SECURE = True\n"],
  ["CRLF", "a = 1\r\nb = 2\r\n"],
  ["a declared UTF-8", "#!/usr/bin/python\n# -*- coding: utf-8 -*-\na = 'é'\n"],
  ["UTF-8 in another spelling", "# vim: set fileencoding=UTF_8 :\na = 'é'\n"],
  ["a declared superset of ASCII over ASCII alone", "# coding: latin-1\na = 'e'\n"],
  ["a coding comment on the third line", "\n\n# coding: utf-7\n"],
  ["a coding comment below code", "a = 1\n# coding: utf-7\n"],
  ["a byte order mark", "\uFEFF# coding: utf-8\na = 1\n"],
  ["a line separator inside a text", "a = 'b\u2028c'\n"],
  ["letters that are not ASCII and stay so", "größe = naïve = переменная = '変数'\n"],
  ["look-alikes in texts and comments", "a = 'Ｓession ² ﬁ' # Ｓ\nb = '''\n𝐒'''\n"],
];

const UNSAFE: readonly (readonly [string, string, string, number])[] = [
  ["a lone carriage return", "x = 1 # ok\rSESSION_COOKIE_SECURE = False\n", "hidden-text", 1],
  ["NUL", "a = 1\nb = 2\0\n", "unsafe-encoding", 2],
  ["UTF-7 on the first line", "# coding: utf-7\n", "unsafe-encoding", 1],
  [
    "unicode_escape on the second line",
    "#!/usr/bin/python\n# coding=unicode_escape\n",
    "unsafe-encoding",
    2,
  ],
  [
    "raw_unicode_escape below a blank line",
    "\r\n# -*- coding: raw-unicode-escape -*-\r\n",
    "unsafe-encoding",
    2,
  ],
  ["Latin-1 with other letters", "# coding: latin-1\na = 'é'\n", "unsafe-encoding", 1],
  ["an encoding behind a byte order mark", "\uFEFF# coding: rot13\n", "unsafe-encoding", 1],
  ["bytes that were not UTF-8", "a = 'caf\uFFFD'\n", "unsafe-encoding", 1],
  ["a bidirectional override", "a = 1\nif b:  # \u202E  } c\n", "hidden-text", 2],
  ["a bidirectional isolate", "a = '\u2066b\u2069'\n", "hidden-text", 1],
  [
    "full-width letters in a name",
    "a = 1\nＳＥＳＳＩＯＮ_COOKIE_SECURE = False\n",
    "hidden-text",
    2,
  ],
  ["mathematical letters in a name", "𝐒ESSION_COOKIE_SECURE = False\n", "hidden-text", 1],
  ["a ligature in a name behind a text", "a = 'é'; ﬁle = 1\n", "hidden-text", 1],
];

describe("the preflight", () => {
  for (const [name, text] of SAFE) {
    it(`passes ${name}`, () => {
      expect(preflight(text)).toBeUndefined();
    });
  }
  for (const [name, text, reason, line] of UNSAFE) {
    it(`stops at ${name}`, () => {
      const found = preflight(text);
      expect(found).toMatchObject({ reason, line });
      expect(found?.detail).toMatch(new RegExp(`^Line ${line} .*[.]$`));
    });
  }
});

/** What CPython makes of the bytes: the names it binds, or nothing when it refuses them. */
const BOUND = `
import json, sys
out = []
for source in json.load(sys.stdin):
    space = {}
    try:
        exec(compile(source.encode('utf-8', 'surrogatepass'), 'x', 'exec'), space)
        out.append(sorted(k for k in space if k != '__builtins__'))
    except Exception:
        out.append(None)
print(json.dumps(out))
`;
const hasPython = runPython("print(1)") !== undefined;

describe.skipIf(!hasPython)(
  `CPython and the preflight${hasPython ? "" : " (skipped: no python3 on PATH)"}`,
  () => {
    /** A setting that is hidden from whoever reads the text as UTF-8 lines of ASCII names. */
    const HIDDEN: readonly string[] = [
      "x = 1 # ok\rSECRET = 1\n",
      "# coding: utf-7\nx = 1 #+AAo-SECRET = 1\n",
      "# coding: unicode_escape\nx = 1 #\\x0aSECRET = 1\n",
      "#!x\n# coding: raw_unicode_escape\nx = 1 #\\u000aSECRET = 1\n",
      "\f# vim: fileencoding=utf-7\nx = 1 #+AAo-SECRET = 1\n",
      "ＳECRET = 1\n",
      "𝐒ECRET = 1\n",
      "SECRE\u{1D413} = 1\n",
    ];
    /** The same spots, where CPython sees what everybody sees. */
    const PLAIN: readonly string[] = [
      "x = 1 # ok\u2028SECRET = 1\n",
      "x = 1 # ok\u0085SECRET = 1\n",
      "x = 1 # ok\fSECRET = 1\n",
      "x = 1 # ok\x0bSECRET = 1\n",
      "x = 1\n# coding: utf-7\ny = 1 #+AAo-SECRET = 1\n",
      "\n\n# coding: utf-7\nx = 1 #+AAo-SECRET = 1\n",
      "x = '# coding: utf-7'\nx = 1 #+AAo-SECRET = 1\n",
      "# codinng: utf-7\nx = 1 #+AAo-SECRET = 1\n",
      "# coding: utf-8\nx = 1 #+AAo-SECRET = 1\n",
      "# coding: ascii\nx = 1 #+AAo-SECRET = 1\n",
      "# coding: iso-8859-15\nx = 1 #+AAo-SECRET = 1\n",
      "# coding: cp1252\nx = 1 #+AAo-SECRET = 1\n",
    ];

    it("agree on what hides a statement", () => {
      const answers = JSON.parse(
        runPython(BOUND, JSON.stringify([...HIDDEN, ...PLAIN])) ?? "[]",
      ) as readonly (readonly string[] | null)[];
      expect(answers.slice(0, HIDDEN.length).map((names) => names?.includes("SECRET"))).toEqual(
        HIDDEN.map(() => true),
      );
      expect(answers.slice(HIDDEN.length).map((names) => names?.includes("SECRET"))).toEqual(
        PLAIN.map(() => false),
      );
      expect(HIDDEN.filter((text) => preflight(text) === undefined)).toEqual([]);
      expect(PLAIN.filter((text) => preflight(text) !== undefined)).toEqual([]);
    });
  },
);
