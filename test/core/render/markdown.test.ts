import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  codeCell,
  codeSpan,
  cutText,
  plainSentence,
  plainText,
} from "../../../src/core/render/markdown.js";
import { readMarkdown } from "./markdown-shape.js";
import { anyName, HOSTILE_NAMES } from "./names.js";

const PARAGRAPH = ["paragraph_open p", "paragraph_close p"];
const REFERENCE = /@\w|#\d|\bGH-\d|\b[0-9a-f]{7,40}\b|www\.|:\/\//i;

describe("a code span", () => {
  it.each([
    ["name", "`name`"],
    ["a`b", "``a`b``"],
    ["`", "`` ` ``"],
    ["", "(empty)"],
    [" ", "(empty)"],
    [" x", "`  x `"],
    ["a\nb", "`a\\nb`"],
    ["\u202ex", "`\\u{202e}x`"],
    ["\ud800", "`\\u{d800}`"],
    ["é 漢字", "`é 漢字`"],
  ])("of %j is %j", (text, expected) => {
    expect(codeSpan(text)).toBe(expected);
  });

  it("cuts what is too long, but no character in half", () => {
    expect(codeSpan("x".repeat(500))).toBe(`\`${"x".repeat(159)}…\``);
    expect(cutText("ab\u{1f600}", 3)).toBe("ab…");
    expect(cutText("abc", 3)).toBe("abc");
  });
});

describe("plain text", () => {
  it.each([
    "True",
    "14 days",
    "2.5 hours",
    "a password",
    "None (no attribute)",
    "sign-up",
    "naïve",
  ])("leaves %j as it is", (text) => expect(plainText(text)).toBe(text));

  it.each(["user_id", "@octocat", "#1", "GH-1", "settings.py", "1209600", "a*b*", "漢字", "\\@x"])(
    "makes code of %j",
    (text) => expect(plainText(text)).toBe(codeSpan(text)),
  );

  it.each([
    ["1) x", "`1`) x"],
    ["whatever .base says", "whatever `.base` says"],
    ["the form (request.POST)", "the form (`request.POST`)"],
    ['"a.b" (Django\'s default)', '"`a.b`" (Django\'s default)'],
    ["CVE-2026-6873 and 2 more", "`CVE-2026-6873` and 2 more"],
    ["see @octocat", "see `@octocat`"],
  ])("makes code of what is no word in %j", (text, shown) => expect(plainText(text)).toBe(shown));
});

describe("a plain sentence", () => {
  it.each([
    ["It is larger than 512,000 characters (see below).", undefined],
    ["Line 3 has a `coding: utf-7` cookie.", undefined],
    ["Ask @octocat about #1, please.", "Ask `@octocat` about `#1`, please."],
    ["It (settings.py) is not UTF-8; save it.", "It (`settings.py`) is not `UTF-8`; save it."],
    ["1. Not a list", "`1`. Not a list"],
  ])("of %j keeps its words", (text, expected) => {
    expect(plainSentence(text)).toBe(expected ?? text);
  });
});

describe.each([
  ["codeSpan", codeSpan],
  ["codeCell", codeCell],
  ["plainText", plainText],
  ["plainSentence", plainSentence],
] as const)("any text through %s", (_, render) => {
  function expectHarmless(name: string): void {
    for (const markdown of [render(name), `${render(name)} and ${render(name)}`]) {
      const { structure, prose } = readMarkdown(markdown);
      if (markdown.trim() !== "") expect(structure).toEqual(PARAGRAPH);
      expect(prose).not.toMatch(REFERENCE);
      expect(markdown).not.toMatch(/[\r\n]/);
    }
  }

  it.each(HOSTILE_NAMES)("does nothing but show itself: %j", (name) => expectHarmless(name));

  it("does nothing but show itself", () => {
    fc.assert(fc.property(anyName, expectHarmless), { numRuns: 2_000 });
  });
});

describe("a table cell", () => {
  it("stays one cell", () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const table = `| a | b |\n|---|---|\n| ${codeCell(name)} | x |`;
        const { structure } = readMarkdown(table);
        expect(structure.filter((token) => token.startsWith("td_open"))).toHaveLength(2);
        expect(codeCell(name)).not.toContain("|");
      }),
      { numRuns: 1_000 },
    );
  });
});
