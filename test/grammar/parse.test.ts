import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { Language, Parser } from "web-tree-sitter";
import type { ParsePython } from "../../src/core/python/parser.js";
import { createLineTable } from "../../src/core/python/text/lines.js";
import { createParsePython, isParserAlive, TEXT_LIMIT } from "../../src/grammar/parse.js";

let language: Language;
let parse: ParsePython;
beforeAll(async () => {
  await Parser.init();
  language = await Language.load(
    fileURLToPath(new URL("../../grammars/tree-sitter-python.wasm", import.meta.url)),
  );
  parse = createParsePython(language);
});

const count = { of: (root: { childCount: number }) => root.childCount };

function piece(text: string, part: string) {
  const start = text.indexOf(part);
  return createLineTable(text).span(start, start + part.length);
}

describe("a parse", () => {
  it("reads the whole text without pieces", () => {
    expect(parse("a\nb\nc\n", undefined, count.of)).toEqual({ value: 3 });
  });

  it("reads only the pieces, and gives the positions of the whole text", () => {
    const text = "first = 1\n\nsecond = '''\n'''\nthird = 'é😀'\nfourth = 4\n";
    const pieces = [piece(text, "first = 1\n"), piece(text, "fourth = 4\n")];
    const found = parse(text, pieces, (root) =>
      root.children.map((node) => [
        node.startIndex,
        node.endIndex,
        node.startPosition,
        node.endPosition,
      ]),
    );
    const at = text.indexOf("fourth");
    expect(found).toEqual({
      value: [
        [0, 9, { row: 0, column: 0 }, { row: 0, column: 9 }],
        [at, at + 10, { row: 5, column: 0 }, { row: 5, column: 10 }],
      ],
    });
  });

  it("does not keep the pieces for the next parse", () => {
    const text = "a = 1\nb = 2\n";
    parse(text, [piece(text, "b = 2\n")], count.of);
    expect(parse(text, undefined, count.of)).toEqual({ value: 2 });
  });

  it("reads nothing when there are no pieces", () => {
    expect(parse("a = 1\n", [], count.of)).toEqual({ value: 0 });
  });

  it("refuses a text beyond the limit and takes one at the limit", () => {
    const text = `#${"x".repeat(TEXT_LIMIT - 1)}`;
    expect(parse(text, undefined, count.of)).toEqual({ value: 1 });
    expect(parse(`${text}x`, undefined, count.of)).toEqual({ failure: "too-large" });
  });

  it("is given up after its time, and the next one starts anew", () => {
    const hasty = createParsePython(language, 5);
    expect(hasty(`x = ${"a,".repeat(200_000)}\n`, undefined, count.of)).toEqual({
      failure: "too-slow",
    });
    expect(hasty("x = 1\n", undefined, (root) => root.endIndex)).toEqual({ value: 6 });
  });

  it("passes on what the reader throws and stays usable", () => {
    const failing = () =>
      parse("x = 1\n", undefined, () => {
        throw new TypeError("a mistake of ours");
      });
    expect(failing).toThrow("a mistake of ours");
    expect(isParserAlive(parse)).toBe(true);
  });

  it("says for good that the parser is lost once the module has aborted", () => {
    const dying = createParsePython(language);
    const abort = () => {
      throw new WebAssembly.RuntimeError("Aborted(). Build with -sASSERTIONS for more info.");
    };
    expect(isParserAlive(dying)).toBe(true);
    expect(dying("x = 1\n", undefined, abort)).toEqual({ failure: "parser-lost" });
    expect(dying("x = 1\n", undefined, count.of)).toEqual({ failure: "parser-lost" });
    expect(isParserAlive(dying)).toBe(false);
  });

  it("frees its tree: memory is flat over 2,000 parses", () => {
    const text = "def view(request):\n    request.session['a'] = [1, 2, (3, {4: 5})]\n".repeat(60);
    const rss = (rounds: number): number => {
      for (let i = 0; i < rounds; i++) parse(text, undefined, count.of);
      return process.memoryUsage().rss / 2 ** 20;
    };
    const warm = rss(300);
    // Kept trees take more than twenty times their source: some 200 MB here.
    expect(rss(2_000) - warm).toBeLessThan(50);
  }, 120_000);
});
