import { beforeAll, describe, expect, it } from "vitest";
import { openModule } from "../../../src/core/python/open-modules.js";
import type { ParsePython } from "../../../src/core/python/parser.js";
import type { Expression } from "../../../src/core/python/syntax/syntax.js";
import { unparse } from "../../../src/core/python/syntax/unparse.js";
import { walkAllExpressions } from "../../../src/core/python/syntax/walk.js";
import { preflight } from "../../../src/core/python/text/preflight.js";
import { splitStatements } from "../../../src/core/python/text/split.js";
import { loadPython } from "../../../src/grammar/node.js";
import { TEXT_LIMIT } from "../../../src/grammar/parse.js";

/** Fills a text of nearly the largest size with a pattern. */
function fill(pattern: string, before = "session = ", size = TEXT_LIMIT - 1000): string {
  return before + pattern.repeat(Math.floor((size - before.length) / pattern.length));
}

function nested(count: number, line: (depth: number) => string): string {
  return Array.from({ length: count }, (_, depth) => line(depth)).join("");
}

const KEYWORDS = [
  "if",
  "def",
  "class",
  "else",
  "lambda",
  "session",
  "=",
  ":",
  "(",
  "]",
  "\n",
  "await",
];

const SOURCES: Readonly<Record<string, string>> = {
  "brackets that are never closed": fill("("),
  "calls that are never closed": fill("x("),
  "100,000 closed parentheses": `session = ${"(".repeat(100_000)}1${")".repeat(100_000)}\n`,
  "100,000 closed lists": `session = ${"[".repeat(100_000)}1${"]".repeat(100_000)}\n`,
  "f-strings inside f-strings": `session = ${"f\"{f'{".repeat(10_000)}`,
  "format specifications inside each other": `session = f"${"{x:".repeat(50_000)}`,
  "triple quotes": fill("'''", "session = "),
  "an unterminated triple quote over settings": `x = """\n${fill("SESSION_COOKIE_SECURE = True\n", "")}`,
  "900 levels of indentation": nested(900, (depth) => `${" ".repeat(depth)}if session:\n`),
  "lambdas in lambdas": fill("lambda:"),
  "a chain of not": fill("not "),
  "a chain of operators": fill("1+"),
  "a chain of attributes": fill(".a", "session"),
  "a chain of calls": fill("()", "session"),
  "a chain of subscripts": fill("[0]", "session"),
  "a chain of conditionals": fill("1 if session else "),
  "elif without end": fill("elif session:\n  pass\n", "if x:\n  pass\n"),
  "match without end": fill("match("),
  "print to files": fill("print >>"),
  "thousands of broken statements": fill("session = = 1\n", ""),
  decorators: fill("@", "session\n"),
  "decorator lines": fill("@session\n", ""),
  "NUL characters": fill("\0"),
  "an endless list": fill("a,"),
  "an endless line of text": `session = "${"x".repeat(400_000)}"\n`,
  "many settings": fill("SESSION_COOKIE_AGE = 1\n", ""),
  "one definition after another in an open bracket": fill("def session(\n", ""),
  "backslashes at line ends": fill("\\\n"),
  "only backslashes": fill("\\"),
  "carriage returns": fill("session = 1\r", ""),
  "quotes of both kinds": fill("\"'"),
  "prefixes without strings": fill("rbfu", "session = "),
  "indented comments": fill("   # session\n", "x = 1\n"),
  "blank lines": fill(" \n", "session = 1\n"),
  semicolons: fill("session=1;", ""),
  "full-width letters": fill("Ｓ", "session = '"),
  "a salad of keywords": Array.from(
    { length: 80_000 },
    (_, i) => KEYWORDS[(i * 7 + (i >> 3)) % KEYWORDS.length],
  ).join(" "),
};

/** Splitting, parsing, copying and walking; the parse alone may take 2 s. Generous for a busy machine. */
const CAP = 12_000;

describe("hostile sources", () => {
  let parse: ParsePython;
  beforeAll(async () => {
    parse = await loadPython();
  });

  for (const [name, text] of Object.entries(SOURCES)) {
    it(`survives ${name}`, () => {
      const start = performance.now();
      preflight(text);
      const split = splitStatements(text);
      const ordered = split.every(
        ({ span }, i) =>
          span.start >= (split[i - 1]?.span.end ?? 0) &&
          span.start < span.end &&
          span.end <= text.length,
      );
      expect(ordered).toBe(true);
      const module = openModule({ path: "a.py", side: "RIGHT", text }, parse, () => true);
      let longest = 0;
      for (const expression of walkAllExpressions(module.touchedSyntax)) {
        if (isOutermost(expression)) longest = Math.max(longest, unparse(expression).length);
      }
      expect(longest).toBeLessThan(TEXT_LIMIT * 4);
      expect(performance.now() - start).toBeLessThan(CAP);
      const next = openModule(
        { path: "b.py", side: "RIGHT", text: "session = 1\n" },
        parse,
        () => true,
      );
      expect(next.touchedSyntax.map((statement) => statement.kind)).toEqual(["assignment"]);
    });
  }

  it("names code that is nested too deeply instead of passing over it", () => {
    const deep = `X = ${"(".repeat(1000)}session${")".repeat(1000)}\n`;
    const module = openModule({ path: "a.py", side: "RIGHT", text: deep }, parse, () => true);
    expect(module.touchedSyntax.map(({ kind }) => kind)).toEqual(["broken"]);
    expect(module.problems).toMatchObject([{ path: "a.py", reason: "over-a-cap", line: 1 }]);
  });

  /** Unparsing every inner expression too would be quadratic, and nobody does. */
  function isOutermost(expression: Expression): boolean {
    return expression.span.startLine < 100 && expression.span.end - expression.span.start > 1000;
  }
});
