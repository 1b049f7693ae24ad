import { beforeAll, describe, expect, it } from "vitest";
import { openModule } from "../../../src/core/python/open-modules.js";
import type { ParsePython } from "../../../src/core/python/parser.js";
import type { Expression, Statement } from "../../../src/core/python/syntax/syntax.js";
import { unparse } from "../../../src/core/python/syntax/unparse.js";
import { loadPython } from "../../../src/grammar/node.js";

let parse: ParsePython;
beforeAll(async () => {
  parse = await loadPython();
});

function lower(text: string): readonly Statement[] {
  return openModule({ path: "a.py", side: "RIGHT", text }, parse, () => true).syntaxMentioning([
    "",
  ]);
}

function problems(text: string) {
  const module = openModule({ path: "a.py", side: "RIGHT", text }, parse, () => true);
  module.syntaxMentioning([""]);
  return module.problems;
}

/** The value of `x = ...`. */
function value(source: string): Expression {
  const [statement] = lower(`x = ${source}\n`);
  if (statement?.kind !== "assignment" || statement.value === undefined) {
    throw new Error(`${source}: ${statement?.kind}`);
  }
  return statement.value;
}

const TEXTS: readonly (readonly [string, string | undefined])[] = [
  ["'a'", "a"],
  ['""', ""],
  ["''''''", ""],
  ["'''a\nb'''", "a\nb"],
  ["'''a\r\nb'''", "a\nb"],
  ["'a\\\nb'", "ab"],
  ["'\\x41\\101\\u0042\\U0001F600\\n\\'\\q'", "AAB😀\n'\\q"],
  ["r'\\n'", "\\n"],
  ["u'a' R\"b\" 'c'", "abc"],
  ["('a'\n  # why\n  'b')", "ab"],
  ["f'{{a}}'", "{a}"],
  ["'\\N{DASH}'", "\\N{DASH}"],
  ["'é\uFF21'", "é\uFF21"],
  ["f'{a}'", undefined],
  ["b'a'", undefined],
];

const NUMBERS: readonly (readonly [string, number | undefined])[] = [
  ["1_209_600", 1_209_600],
  ["0x_FF", 255],
  ["0o17", 15],
  ["0b101", 5],
  ["0777", 511],
  ["10L", 10],
  ["1e3", 1000],
  [".5", 0.5],
  ["1_0.5_0", 10.5],
  ["3j", undefined],
  ["9007199254740993", undefined],
];

/** Source and its normal form. */
const EXPRESSIONS: readonly (readonly [string, string])[] = [
  ["request . session", "request.session"],
  ["(request\n.session)['a']", 'request.session["a"]'],
  ["f(a, *b, c=1, **d)", "f(a, *b, c=1, **d)"],
  ["f(\n  a, # why\n  b,\n)", "f(a, b)"],
  ["f(i for i in a)", "f(<generator_expression i, <for_in_clause i, a>>)"],
  ["not (a and b) or c", "not (a and b) or c"],
  ["(a) and ((b))", "a and b"],
  ["a + b * c - -d", "a + b * c - -d"],
  ["(a + b) * c", "(a + b) * c"],
  ["a - (b - c)", "a - (b - c)"],
  ["a < b <= c not in d is not e", "a < b <= c not in d is not e"],
  ["a if b else c if d else e", "a if b else c if d else e"],
  ["lambda a, *b, c=1, **d: a", "lambda a, *b, c=1, **d: a"],
  ["{'a': 1, **b}", '{"a": 1, **b}'],
  ["{1, 2}", "{1, 2}"],
  ["()", "()"],
  ["1,", "(1,)"],
  ["[*a, (yield)]", "[*a, <yield>]"],
  ["a[1:2, :-4, ::3]", "a[1:2, :-4, ::3]"],
  ["a[...]", "a[<ellipsis>]"],
  ["(n := f())", "n := f()"],
  ["f'a{b!r:>{c}}d' 'e'", 'f"a{b}{c}de"'],
  ["f'{a=}'", 'f"a={a}"'],
  ["f\"{d['k']}\"", 'f"{d["k"]}"'],
  ["b'a' b\"b\"", 'b"ab"'],
  ["None is True", "None is True"],
  ["ｓession.ﬁeld", "session.field"],
  ["print", "print"],
];

describe("an expression", () => {
  for (const [source, expected] of TEXTS) {
    it(`reads the text ${JSON.stringify(source)}`, () => {
      expect(value(source)).toMatchObject({ kind: "string", value: expected });
    });
  }
  for (const [source, expected] of NUMBERS) {
    it(`reads the number ${source}`, () => {
      expect(value(source)).toMatchObject({ kind: "number", value: expected });
    });
  }
  for (const [source, expected] of EXPRESSIONS) {
    it(`has one normal form: ${expected}`, () => {
      expect(unparse(value(source))).toBe(expected);
    });
  }

  it("has the positions of the whole file", () => {
    const text = "# é😀\n\nx = (\n  request\n  .session)\n";
    const [statement] = lower(text);
    const span = statement?.kind === "assignment" ? statement.value?.span : undefined;
    expect(span).toEqual({
      start: text.indexOf("request"),
      end: text.indexOf(")"),
      startLine: 4,
      endLine: 5,
    });
  });
});

describe("a statement", () => {
  it("is an assignment with all of its targets", () => {
    expect(lower("a = b.c = (d, e) = 1\n")).toMatchObject([
      {
        kind: "assignment",
        targets: [{ id: "a" }, { name: "c" }, { kind: "tuple" }],
        value: { value: 1 },
      },
    ]);
    expect(lower("(A) = 1\n")).toMatchObject([{ targets: [{ kind: "name", id: "A" }] }]);
    expect(lower("A: int\n")).toMatchObject([{ annotation: { id: "int" }, value: undefined }]);
    expect(lower("A: List[int] = 1\n")).toMatchObject([
      { annotation: { kind: "subscript" }, value: { value: 1 } },
    ]);
    expect(lower("A |= 1\n")).toMatchObject([{ kind: "augmented-assignment", operator: "|=" }]);
    expect(lower("type(self).rate = 1\n")).toMatchObject([
      {
        kind: "assignment",
        targets: [
          { kind: "attribute", name: "rate", object: { kind: "call", callee: { id: "type" } } },
        ],
      },
    ]);
  });

  it("is several when semicolons join them", () => {
    expect(lower("A = 1; del B, C; pass\n").map(({ kind }) => kind)).toEqual([
      "assignment",
      "delete",
      "pass",
    ]);
  });

  it("keeps the branches of if, for, while and try apart", () => {
    expect(lower("if a:\n  b\nelif c:\n  d\nelse:\n  e\n")).toMatchObject([
      {
        kind: "if",
        branches: [
          { test: { id: "a" }, body: [{}] },
          { test: { id: "c" }, body: [{}] },
        ],
        orelse: [{ value: { id: "e" } }],
      },
    ]);
    expect(lower("for a, b in c:\n  d\nelse:\n  e\n")).toMatchObject([
      { kind: "for", target: { kind: "tuple" }, subject: { id: "c" }, body: [{}], orelse: [{}] },
    ]);
    expect(lower("while a: b\n")).toMatchObject([
      { kind: "while", target: undefined, subject: { id: "a" }, orelse: undefined },
    ]);
    expect(
      lower("try:\n  a\nexcept B as c:\n  d\nexcept (E, F):\n  g\nexcept:\n  h\nfinally:\n  i\n"),
    ).toMatchObject([
      {
        kind: "try",
        handlers: [{ type: { id: "B" } }, { type: { kind: "tuple" } }, { type: undefined }],
        orelse: undefined,
        final: [{}],
      },
    ]);
  });

  it("keeps with items, match cases and empty bodies", () => {
    expect(lower("with a() as b, c: pass\nwith (d as e, f): pass\n")).toMatchObject([
      {
        kind: "with",
        items: [
          { context: { kind: "call" }, target: { id: "b" } },
          { context: { id: "c" }, target: undefined },
        ],
      },
      {
        kind: "with",
        items: [{ context: { id: "d" }, target: { id: "e" } }, { context: { id: "f" } }],
      },
    ]);
    expect(lower("match a:\n  case {'b': 1} if c:\n    d\n  case _: pass\n")).toMatchObject([
      {
        kind: "match",
        subject: { id: "a" },
        cases: [{ pattern: "{'b': 1} if c", body: [{}] }, { pattern: "_" }],
      },
    ]);
  });

  it("keeps functions and classes with decorators, parameters and bases", () => {
    expect(
      lower("@a\n@b.c(1)\nasync def f(self, /, x: int = 1, *args, y, **kw) -> T:\n  await z\n"),
    ).toMatchObject([
      {
        kind: "function",
        name: "f",
        async: true,
        span: { startLine: 1, endLine: 4 },
        decorators: [{ id: "a" }, { kind: "call" }],
        parameters: [
          { name: "self" },
          { name: "x", annotation: { id: "int" }, default: { value: 1 } },
          { name: "args", unpack: "*" },
          { name: "y", default: undefined },
          { name: "kw", unpack: "**" },
        ],
        returns: { id: "T" },
        body: [{ value: { kind: "await" } }],
      },
    ]);
    expect(lower("class A(B, metaclass=C):\n  x = 1\n  # end\n")).toMatchObject([
      {
        kind: "class",
        name: "A",
        bases: [{ name: undefined }, { name: "metaclass" }],
        body: [{ kind: "assignment" }],
        span: { endLine: 2 },
      },
    ]);
  });

  it("keeps imports with their level and their aliases", () => {
    expect(
      lower(
        "import a.b as c, d\nfrom ..e import f as g, h\nfrom . import (i,)\nfrom j import *\nfrom __future__ import k\n",
      ),
    ).toMatchObject([
      {
        kind: "import",
        names: [
          { name: "a.b", alias: "c" },
          { name: "d", alias: undefined },
        ],
      },
      {
        kind: "import-from",
        level: 2,
        module: "e",
        names: [{ name: "f", alias: "g" }, { name: "h" }],
      },
      { kind: "import-from", level: 1, module: "", names: [{ name: "i" }] },
      { kind: "import-from", level: 0, module: "j", names: "*" },
      { kind: "import-from", level: 0, module: "__future__", names: [{ name: "k" }] },
    ]);
  });

  it("of Python 2 is read without an error", () => {
    const text =
      "print 'a', b\nprint >>c, d\nexec e in f\ntry:\n  a\nexcept B, c:\n  raise D, 'e'\n";
    expect(lower(text).map(({ kind }) => kind)).toEqual([
      "expression",
      "expression",
      "expression",
      "try",
    ]);
    expect(problems(text)).toEqual([]);
  });
});

describe("what is not Python", () => {
  it("is a broken statement between its readable neighbours", () => {
    const text = "A = 1\nB = = 2\nC = 3\n";
    const kinds = lower(text).map(({ kind }) => kind);
    expect(kinds[0]).toBe("assignment");
    expect(kinds.at(-1)).toBe("assignment");
    expect(kinds).toContain("broken");
    expect(problems(text)).toMatchObject([{ reason: "syntax-error", line: 2 }]);
  });

  it.each(["A =\nB = 1\n", "A: int =\n\nB = 1\n", "if X:\n    A = # none\n    B = 1\n"])(
    "is a name that gets nothing, whatever the next line says: %j",
    (text) => {
      expect(problems(text)).toMatchObject([{ reason: "syntax-error" }]);
    },
  );

  it("is not a value behind a line that goes on", () => {
    expect(problems("A = \\\n    B = \\\r\n  1\n")).toEqual([]);
  });

  it("breaks only its own statement inside a function", () => {
    const text = "def f(request):\n  request.session.flush()\n  x = = 1\n  return 2\n";
    const [f] = lower(text);
    const kinds = f?.kind === "function" ? f.body.map(({ kind }) => kind) : [];
    expect(kinds[0]).toBe("expression");
    expect(kinds).toContain("broken");
    expect(kinds.at(-1)).toBe("return");
  });

  it("does not turn a setting below an open bracket into an argument", () => {
    const text = "A = f(1,\nSESSION_COOKIE_SECURE = False\n";
    expect(lower(text).map(({ kind }) => kind)).toEqual(["broken"]);
    expect(problems(text)).toMatchObject([{ reason: "syntax-error" }]);
  });

  it("costs only its own statement when the next definition is whole", () => {
    const text = "A = f(1,\ndef g(session):\n  pass\n";
    expect(lower(text)).toMatchObject([{ kind: "broken" }, { kind: "function", name: "g" }]);
  });
});
