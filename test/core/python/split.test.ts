import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitStatements } from "../../../src/core/python/text/split.js";

function split(text: string): readonly string[] {
  return splitStatements(text).map(({ span }) => text.slice(span.start, span.end));
}

function labels(text: string): readonly (readonly [string | undefined, string | undefined])[] {
  return splitStatements(text).map(({ keyword, name }) => [keyword, name]);
}

const CASES: readonly (readonly [string, string, readonly string[]])[] = [
  ["nothing in an empty text", "", []],
  ["nothing in comments and blank lines", "# a\n\n  \n# b", []],
  ["one statement for each line", "a = 1\nb = 2", ["a = 1", "b = 2"]],
  ["statements joined by semicolons as one", "a = 1; b = 2\nc", ["a = 1; b = 2", "c"]],
  ["brackets over lines", "a = [\n1,\n]\nb", ["a = [\n1,\n]", "b"]],
  ["brackets in strings and comments", "a = '['\nb = 1 # (\nc", ["a = '['", "b = 1 # (", "c"]],
  ["continued lines", "a = 1 + \\\n2\nb", ["a = 1 + \\\n2", "b"]],
  ["continued lines of a CRLF file", "a = 1 + \\\r\n2\r\nb\r\n", ["a = 1 + \\\r\n2", "b"]],
  ["triple quotes", 'a = """\nb = 1\n"""\nc', ['a = """\nb = 1\n"""', "c"]],
  ["an escaped quote", "a = 'b\\'#'\nc", ["a = 'b\\'#'", "c"]],
  ["a raw text that ends in two backslashes", "a = r'\\\\'\nb", ["a = r'\\\\'", "b"]],
  ["an empty text next to another", "a = '' ''\nb", ["a = '' ''", "b"]],
  ["an f-string with nested quotes", "a = f'{b['c']}'\nd", ["a = f'{b['c']}'", "d"]],
  ["a quote as fill character", 'a = f"{b:\'>10}"\nc', ['a = f"{b:\'>10}"', "c"]],
  ["doubled braces", "a = f'{{'\nb", ["a = f'{{'", "b"]],
  ["a brace behind a backslash", "a = f'\\{b}'\nc", ["a = f'\\{b}'", "c"]],
  ["a named character", "a = f'\\N{DASH}{b}'\nc", ["a = f'\\N{DASH}{b}'", "c"]],
  [
    "a keyword right before a quote",
    "if a:\n  b\nelif'{':\n  c\nd",
    ["if a:\n  b\nelif'{':\n  c", "d"],
  ],
  [
    "clauses with their statement",
    "try:\n  a\nexcept B:\n  c\nelse:\n  d\nfinally:\n  e\nf",
    ["try:\n  a\nexcept B:\n  c\nelse:\n  d\nfinally:\n  e", "f"],
  ],
  [
    "a comment at the margin inside a body",
    "def f():\n  a\n# c\n  b\nd",
    ["def f():\n  a\n# c\n  b", "d"],
  ],
  ["an indented comment behind a body", "def f():\n  a\n  # b\nc", ["def f():\n  a\n  # b", "c"]],
  [
    "decorators with their definition",
    "@a\n# b\n@c(\n1)\ndef f(): pass\nd",
    ["@a\n# b\n@c(\n1)\ndef f(): pass", "d"],
  ],
  ["a class behind a function", "def f():\n\tx\nclass C:\n\ty", ["def f():\n\tx", "class C:\n\ty"]],
  ["a byte order mark", "\uFEFFa = 1\nb", ["a = 1", "b"]],
  ["a form feed", "a = 1\n\f\nb\n\fc = 2", ["a = 1", "b", "c = 2"]],
  [
    "a definition below a bracket left open",
    "a = (1,\ndef f():\n  b\nc",
    ["a = (1,", "def f():\n  b", "c"],
  ],
  [
    "all the rest of an open triple quote",
    "a = '''\nb\ndef f(): pass\n",
    ["a = '''\nb\ndef f(): pass\n"],
  ],
  ["a line with an open quote alone", "a = 'b\nc = 1", ["a = 'b", "c = 1"]],
];

describe("splitting a file", () => {
  for (const [name, text, expected] of CASES) {
    it(`sees ${name}`, () => {
      expect(split(text)).toEqual(expected);
    });
  }

  it("names definitions and the first word of other compound statements", () => {
    expect(
      labels(
        "@a\nasync  def \\\n  f(): pass\nclass C(B): pass\nif a: b\nasync for a in b: c\nimport a\nfrom a import b\nx = 1\nwith a: b\nmatch = 1\nmatch x:\n  case 1: pass\ndef ｆ２(): pass\n",
      ),
    ).toEqual([
      ["def", "f"],
      ["class", "C"],
      ["if", undefined],
      ["for", undefined],
      ["import", undefined],
      ["from", undefined],
      [undefined, undefined],
      ["with", undefined],
      [undefined, undefined],
      ["match", undefined],
      ["def", "f2"],
    ]);
  });

  it("gives lines from 1, with the last line of the statement", () => {
    const found = splitStatements("a\r\n\r\ndef f():\r\n  b\r\n  # c\r\n\r\nd\r\n");
    expect(found.map(({ span }) => [span.startLine, span.endLine])).toEqual([
      [1, 1],
      [3, 5],
      [7, 7],
    ]);
  });

  it("keeps every token in exactly one statement, in order, whatever the text", () => {
    const token = fc.constantFrom(
      "(",
      ")",
      "[",
      "{",
      "}",
      "'",
      '"',
      '"""',
      "f'",
      'f"""',
      "#",
      "\\",
      "\n",
      "\n  ",
      "\r\n",
      ":",
      "def f",
      "class",
      "else:",
      "@",
      "async ",
      "x",
      "=",
      ";",
      "\f",
      "\t",
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 60 }), (tokens) => {
        const text = tokens.join("");
        let at = 0;
        for (const { span } of splitStatements(text)) {
          expect(span.start).toBeGreaterThanOrEqual(at);
          expect(span.end).toBeGreaterThan(span.start);
          expect(text.slice(at, span.start)).toMatch(/^(?:[ \t\f\r\n]|#[^\n]*)*$/);
          at = span.end;
        }
        expect(text.slice(at)).toMatch(/^(?:[ \t\f\r\n]|#[^\n]*)*$/);
      }),
      { numRuns: 2_000 },
    );
  });
});
