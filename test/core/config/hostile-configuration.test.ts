import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readConfiguration } from "../../../src/core/config/read-configuration.js";
import { DEFAULT_CONFIGURATION } from "../../../src/core/model/configuration.js";
import { RULES } from "../../../src/core/rules/index.js";

const IDS = RULES.map(({ meta }) => meta.id);
const read = (repository?: string, organisation?: string) =>
  readConfiguration({ repository, organisation }, IDS);

describe("a hostile file is answered with a problem:", () => {
  const nested = (depth: number) => "[".repeat(depth);
  const bomb = ["a: &a [x,x,x,x,x,x,x,x,x]", ..."bcdefgh"].map((name, i) =>
    i === 0 ? name : `${name}: &${name} [${`*${String.fromCharCode(96 + i)},`.repeat(9)}]`,
  );
  it.each([
    ["brackets 1,000 deep", nested(1e3)],
    ["brackets 10,000 deep", nested(1e4)],
    ["brackets 60,000 deep", nested(6e4)],
    ["brackets 100,000 deep", nested(1e5)],
    ["closed brackets", `rules: ${nested(1e3)}${"]".repeat(1e3)}`],
    ["braces", "{a: ".repeat(1e4)],
    ["dashes", "- ".repeat(3e4)],
    ["indentation", Array.from({ length: 300 }, (_, i) => `${" ".repeat(i)}a:\n`).join("")],
    ["an alias bomb", bomb.join("\n")],
    ["20,000 anchors", Array.from({ length: 20_000 }, (_, i) => `k${i}: &a${i} 1`).join("\n")],
    ["3,000 anchors", Array.from({ length: 3000 }, (_, i) => `k${i}: &a${i} 1`).join("\n")],
    ["a merge key", "a: 1\n<<: {fail-on: never}\n"],
    ["__proto__", "__proto__: {polluted: true}\n"],
    ["__proto__ in rules", "rules: {__proto__: off}\n"],
    ["constructor", "constructor: {prototype: {polluted: true}}\n"],
    ["constructor in a section", "comments: {constructor: 1, max: 1}\n"],
    ["toString", "toString: 1\n"],
    ["1 MB", `fail-on: "${"x".repeat(1e6)}"`],
    ["1 MB of lines", "a: 1\n".repeat(2e5)],
    ["UTF-16 read as UTF-8", [..."fail-on: never\n"].map((char) => `${char}\0`).join("")],
    ["a reversed byte order mark", "\ufffefail-on: never"],
    ["NUL", "fail-on: \0"],
    ["a lone surrogate", "fail-on: \ud800"],
    ["a directive", "%TAG ! tag:x,2000:\n---\n!a fail-on: never\n"],
    ["a key without end", `${"? ".repeat(1e4)}`],
    ["unknown rules", `rules:\n${Array.from({ length: 7000 }, (_, i) => ` k${i}: 1\n`).join("")}`],
    ["quotes", `"${'\\"'.repeat(3e4)}`],
  ])("%s", (_, text) => {
    const { configuration, problems } = read(text);
    expect(problems.length).toBeGreaterThan(0);
    expect(configuration).toEqual(DEFAULT_CONFIGURATION);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it("whatever it is: an answer, never a throw, and no trace on the prototypes", () => {
    const word = fc.constantFrom(
      ...["rules", "fail-on", "paths", "ignore", "settings", "comments", "max", "__proto__", "off"],
      ...[
        "- ",
        ": ",
        "\n",
        "  ",
        "[",
        "]",
        "{",
        "}",
        "&a",
        "*a",
        "!!str ",
        "|",
        ">",
        "'",
        '"',
        "#",
      ],
      ...["---\n", "...", "? ", "%", "\t", "\r", "\ufeff", "\u2028", "0x1", "~", "error", "💥"],
    );
    const text = fc.oneof(
      fc.array(word, { maxLength: 60 }).map((words) => words.join("")),
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.json(),
      fc.jsonValue().map((value) => JSON.stringify({ rules: value, "fail-on": value })),
    );
    fc.assert(
      fc.property(text, text, (repository, organisation) => {
        const { configuration, problems } = read(repository, organisation);
        if (problems.some(({ source }) => source === "repository")) {
          expect(configuration).toEqual(read(undefined, organisation).configuration);
        }
        for (const { detail } of problems) expect(detail).toMatch(/^[^\n]+$/);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
