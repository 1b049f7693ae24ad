import { describe, expect, it } from "vitest";
import {
  addedLines,
  deletedLines,
  hasDeletionBetween,
  hunkHolding,
  isCommentable,
  rightNeighbours,
} from "../../../src/core/diff/anchors.js";
import { parsePatch } from "../../../src/core/diff/parse-patch.js";

// base 10 a, 11 b, 12 c, 13 d, 14 e | head 10 a, 11 x, 12 d, 13 e
const replaced = "@@ -10,5 +10,4 @@\n a\n-b\n-c\n+x\n d\n e\n";
// base 30 f, 31 g | head 29 f
const atTheEnd = "@@ -30,2 +29 @@\n f\n-g";
const hunks = parsePatch(replaced + atTheEnd) ?? [];

describe("isCommentable", () => {
  it("takes changed and context lines of one hunk, on the side they stand on", () => {
    expect(isCommentable(hunks, "RIGHT", 10, 13)).toBe(true);
    expect(isCommentable(hunks, "LEFT", 10, 14)).toBe(true);
    expect(isCommentable(hunks, "LEFT", 31, 31)).toBe(true);
  });

  it("refuses lines outside, across two hunks, or of the other side", () => {
    expect(isCommentable(hunks, "RIGHT", 9, 10)).toBe(false);
    expect(isCommentable(hunks, "RIGHT", 14, 14)).toBe(false);
    expect(isCommentable(hunks, "RIGHT", 13, 29)).toBe(false);
    expect(isCommentable(hunks, "RIGHT", 30, 30)).toBe(false);
    expect(isCommentable(hunks, "RIGHT", 12, 11)).toBe(false);
  });

  it("refuses the side of a new file that has no lines", () => {
    const added = parsePatch("@@ -0,0 +1 @@\n+a") ?? [];
    expect(isCommentable(added, "LEFT", 1, 1)).toBe(false);
    expect(hunkHolding(added, "RIGHT", 1, 1)).toBe(added[0]);
  });
});

describe("hasDeletionBetween", () => {
  it("sees deleted lines between the first and the last line only", () => {
    expect(hasDeletionBetween(hunks, 10, 11)).toBe(true);
    expect(hasDeletionBetween(hunks, 10, 13)).toBe(true);
    expect(hasDeletionBetween(hunks, 11, 13)).toBe(false);
    expect(hasDeletionBetween(hunks, 10, 10)).toBe(false);
    expect(hasDeletionBetween(hunks, 29, 29)).toBe(false);
    expect(hasDeletionBetween(hunks, 29, 30)).toBe(true);
  });
});

describe("rightNeighbours", () => {
  it("gives the lines around the place where the deleted lines stood", () => {
    expect(rightNeighbours(hunks, 11, 12)).toMatchObject({ above: 10, below: 11 });
    expect(rightNeighbours(hunks, 12, 12)).toMatchObject({ above: 10, below: 11 });
    expect(rightNeighbours(hunks, 31, 31)).toMatchObject({ above: 29, below: undefined });
  });

  it("has nothing for lines that were not all deleted", () => {
    expect(rightNeighbours(hunks, 12, 13)).toBeUndefined();
    expect(rightNeighbours(hunks, 10, 10)).toBeUndefined();
    expect(rightNeighbours(hunks, 20, 20)).toBeUndefined();
  });

  it("has no neighbour where the whole file was deleted", () => {
    const deleted = parsePatch("@@ -1,2 +0,0 @@\n-a\n-b") ?? [];
    expect(rightNeighbours(deleted, 1, 1)).toMatchObject({ above: undefined, below: undefined });
  });
});

describe("addedLines and deletedLines", () => {
  it("are the changed lines of each side", () => {
    expect([...addedLines(hunks)]).toEqual([11]);
    expect([...deletedLines(hunks)]).toEqual([11, 12, 31]);
  });
});
