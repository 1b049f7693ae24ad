import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { indentationError } from "../../../src/core/python/text/indentation.js";

const FITS = [
  "if a:  # ever: so\n    b = 2\nc = 3\n",
  "a = [\n    1,\n]\n",
  "a = \\\n    1\n",
  "def f():\n        if a:\n          b = 1\n        else:\n            c = 2\n\nd = 1\n",
  'def f():\n    """Text:\n  more\n"""\n    return 1\n',
  "if a:\n\tb = 1\n\tif c:\n\t\td = '#:'\n",
  "class A: pass\nx = {\n  1:\n    2}\n",
  "if a:\n    # only\n  # comments\n    pass\n",
];
const FAILS: readonly (readonly [string, number])[] = [
  ["a = 1\n    b = 2\n", 2],
  ["a = 1  # then:\n\n    b = 2\n", 3],
  ["def f():\n        a = 1\n    b = 2\n", 3],
  ["def f():\n    if a:\n            b = 1\n        c = 2\n", 4],
  ["if a:\nb = 1\n", 2],
];

describe("indentation", () => {
  it("fits where each line stands in an open block", () => {
    expect(FITS.map(indentationError)).toEqual(FITS.map(() => undefined));
  });

  it("fails where no block was opened, or none has it", () => {
    expect(FAILS.map(([text]) => indentationError(text))).toEqual(FAILS.map(([, line]) => line));
  });

  it.skipIf(spawnSync("python3", ["--version"]).status !== 0)("is what CPython says", () => {
    const compiles = (text: string) =>
      spawnSync("python3", ["-c", "import sys; compile(sys.stdin.read(), 'm', 'exec')"], {
        input: text,
      }).status === 0;
    expect(FITS.filter((text) => !compiles(text))).toEqual([]);
    expect(FAILS.filter(([text]) => compiles(text))).toEqual([]);
  });
});
