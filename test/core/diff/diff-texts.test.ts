import { describe, expect, it } from "vitest";
import { diffTexts, wholeFileHunk } from "../../../src/core/diff/diff-texts.js";
import { rebuildBase } from "../../../src/core/diff/rebuild-base.js";

describe("diffTexts", () => {
  it("finds nothing between equal texts", () => {
    expect(diffTexts("a\n", "a\n")).toEqual([]);
    expect(diffTexts("", "")).toEqual([]);
  });

  it("names the line before on a side without lines, as git does", () => {
    expect(diffTexts("", "a\nb\n")).toMatchObject([
      { baseStart: 0, baseCount: 0, headStart: 1, headCount: 2 },
    ]);
    expect(diffTexts("a\n", "")).toMatchObject([
      { baseStart: 1, baseCount: 1, headStart: 0, headCount: 0 },
    ]);
  });

  it("sees a final newline that came", () => {
    expect(diffTexts("a", "a\n")[0]?.lines).toEqual([
      { kind: "deleted", text: "a", base: 1, noNewline: true },
      { kind: "added", text: "a", head: 1 },
    ]);
  });

  it("shows three lines of context and splits hunks beyond six", () => {
    const base = Array.from({ length: 30 }, (_, index) => `${index}\n`);
    const head = base.with(5, "x\n").with(20, "y\n");
    const hunks = diffTexts(base.join(""), head.join(""));
    expect(hunks.map((hunk) => [hunk.headStart, hunk.headCount])).toEqual([
      [3, 7],
      [18, 7],
    ]);
  });

  it("puts all deletions of a place before its additions", () => {
    const kinds = diffTexts("a\nb\nc\n", "x\ny\nz\n")[0]?.lines.map((line) => line.kind);
    expect(kinds).toEqual(["deleted", "deleted", "deleted", "added", "added", "added"]);
  });

  it("gives up on texts without anything in common and takes the whole file, soon", () => {
    const base = Array.from({ length: 30_000 }, (_, index) => `base ${index}\n`).join("");
    const head = Array.from({ length: 30_000 }, (_, index) => `head ${index}\n`).join("");
    const start = performance.now();
    const hunks = diffTexts(base, head);
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(hunks).toMatchObject([{ baseCount: 30_000, headCount: 30_000 }]);
    expect(rebuildBase(head, hunks)).toBe(base);
  });
});

describe("wholeFileHunk", () => {
  it("deletes all of base and adds all of head", () => {
    const hunks = wholeFileHunk("a\nb", "c\n");
    expect(hunks).toMatchObject([{ baseStart: 1, baseCount: 2, headStart: 1, headCount: 1 }]);
    expect(rebuildBase("c\n", hunks)).toBe("a\nb");
  });

  it("has no hunk for two empty files", () => {
    expect(wholeFileHunk("", "")).toEqual([]);
  });
});
