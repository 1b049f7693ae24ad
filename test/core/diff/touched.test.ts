import { describe, expect, it } from "vitest";
import { parsePatch } from "../../../src/core/diff/parse-patch.js";
import { touchedRanges } from "../../../src/core/diff/touched.js";

const hunks = parsePatch("@@ -10,6 +10,6 @@\n a\n-b\n c\n+d\n e\n-f\n-g\n+h\n+i") ?? [];

describe("touchedRanges", () => {
  it("gives deleted lines on the left and the place of an insertion", () => {
    expect(touchedRanges(hunks, "LEFT")).toEqual([
      { start: 11, end: 11 },
      { start: 13, end: 12 },
      { start: 14, end: 15 },
    ]);
  });

  it("gives added lines on the right and the place of a deletion", () => {
    expect(touchedRanges(hunks, "RIGHT")).toEqual([
      { start: 11, end: 10 },
      { start: 12, end: 12 },
      { start: 14, end: 15 },
    ]);
  });

  it("puts the place of an added file before its first line", () => {
    expect(touchedRanges(parsePatch("@@ -0,0 +1 @@\n+a") ?? [], "LEFT")).toEqual([
      { start: 1, end: 0 },
    ]);
  });
});
