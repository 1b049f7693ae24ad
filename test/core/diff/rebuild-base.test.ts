import { describe, expect, it } from "vitest";
import { parsePatch } from "../../../src/core/diff/parse-patch.js";
import { rebuildBase } from "../../../src/core/diff/rebuild-base.js";

function rebuild(head: string, patch: string): string | undefined {
  const hunks = parsePatch(patch);
  if (hunks === undefined) throw new Error("the patch of the test is malformed");
  return rebuildBase(head, hunks);
}

describe("rebuildBase", () => {
  it("returns head when nothing changed", () => {
    expect(rebuildBase("a\r\nb", [])).toBe("a\r\nb");
  });

  it("rebuilds a deleted file from nothing and an added one to nothing", () => {
    expect(rebuild("", "@@ -1,2 +0,0 @@\n-a\n-b\n\\ No newline at end of file")).toBe("a\nb");
    expect(rebuild("a\n", "@@ -0,0 +1 @@\n+a")).toBe("");
  });

  it.each([
    ["a context line differs", "x\nb\n", "@@ -1,2 +1,2 @@\n a\n-c\n+b"],
    ["an added line differs", "a\nx\n", "@@ -1,2 +1,2 @@\n a\n-c\n+b"],
    ["head ends before the hunk", "a\n", "@@ -5 +5 @@\n-a\n+b"],
    [
      "head has a final newline that the patch denies",
      "b\n",
      "@@ -1 +1 @@\n-a\n+b\n\\ No newline at end of file",
    ],
    ["head lacks a final newline that the patch has", "b", "@@ -1 +1 @@\n-a\n+b"],
    ["head has lost the carriage returns", "b\n", "@@ -1 +1 @@\n-a\r\n+b\r"],
    [
      "an unfinished line would stand in the middle",
      "b\nc\n",
      "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b",
    ],
  ])("refuses a patch of other versions: %s", (_, head, patch) => {
    expect(rebuild(head, patch)).toBeUndefined();
  });
});
