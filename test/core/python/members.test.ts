import { describe, expect, it } from "vitest";
import { linesOf, splitMembers } from "../../../src/core/python/text/members.js";
import { splitStatements } from "../../../src/core/python/text/split.js";

function partsOf(text: string) {
  const [statement] = splitStatements(text);
  const parts = statement && splitMembers(text, statement);
  return parts && { ...parts, texts: parts.members.map((one) => linesAt(text, parts, one)) };
}

function linesAt(text: string, ...[parts, member]: TailOf<Parameters<typeof linesOf>>) {
  const { start, end } = linesOf(text, parts, member);
  return text.slice(start, end);
}

type TailOf<T extends readonly unknown[]> = T extends readonly [unknown, ...infer Rest]
  ? Rest
  : never;

describe("a class is taken apart", () => {
  it("into its header and the statements of its body, each as whole lines", () => {
    const text =
      '@final\nclass A(\n    B,\n):  # why\n    """Doc."""\n\n    x = 1\n\n    @c\n    def f(self):\n        pass\n\n    async def g(self): ...\n';
    const parts = partsOf(text);
    expect(text.slice(parts?.header.start, parts?.header.end)).toBe(
      "@final\nclass A(\n    B,\n):  # why\n",
    );
    expect(parts?.texts).toEqual([
      '    """Doc."""\n',
      "    x = 1\n",
      "    @c\n    def f(self):\n        pass\n",
      "    async def g(self): ...\n",
    ]);
    expect(parts?.members.map(({ keyword, name }) => [keyword, name])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
      ["def", "f"],
      ["def", "g"],
    ]);
  });

  it("with the lines of the file", () => {
    const text = "x = 1\n\nclass A:\n    def f(self):\n        pass\n    y = 2\n";
    const statement = splitStatements(text)[1];
    const parts = statement && splitMembers(text, statement);
    expect(parts?.members.map(({ span }) => [span.startLine, span.endLine])).toEqual([
      [4, 5],
      [6, 6],
    ]);
  });

  it("with text that stands at the margin inside of a member", () => {
    const text = 'class A:\n    def f(self):\n        """\nx\n"""\n# y\n    def g(self): pass\n';
    expect(partsOf(text)?.members.map(({ name }) => name)).toEqual(["f", "g"]);
  });
});

describe("a class is not taken apart", () => {
  it.each([
    ["whose body stands on its first line", "class A: x = 1\n"],
    ["that has no body", "class A:\n"],
    ["whose lines are indented by tabs and by blanks", "class A:\n    x = 1\n\ty = 2\n"],
    ["whose lines are indented less than the first", "class A:\n    x = 1\n  y = 2\n"],
    ["that is a function", "def f():\n    x = 1\n"],
  ])("%s", (_, text) => {
    expect(partsOf(text)).toBeUndefined();
  });
});
