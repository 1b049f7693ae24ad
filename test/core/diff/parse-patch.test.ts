import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePatch } from "../../../src/core/diff/parse-patch.js";

const PATCH = "@@ -1,3 +1,3 @@ class A:\n a\n-b\n+c\n d\n\\ No newline at end of file";

describe("parsePatch", () => {
  it("numbers the lines of both sides and keeps the section", () => {
    expect(parsePatch(PATCH)).toEqual([
      {
        baseStart: 1,
        baseCount: 3,
        headStart: 1,
        headCount: 3,
        section: "class A:",
        lines: [
          { kind: "context", text: "a", base: 1, head: 1 },
          { kind: "deleted", text: "b", base: 2 },
          { kind: "added", text: "c", head: 2 },
          { kind: "context", text: "d", base: 3, head: 3, noNewline: true },
        ],
      },
    ]);
  });

  it("keeps the carriage return of a CRLF file in the text", () => {
    expect(parsePatch("@@ -0,0 +1 @@\n+a\r\n")?.[0]?.lines).toEqual([
      { kind: "added", text: "a\r", head: 1 },
    ]);
  });

  it("does not take content that looks like a header for one", () => {
    const patch = "@@ -1,2 +1,2 @@\n--- a/x\n-@@ -1 +1 @@\n+++ b/x\n+diff --git a/x b/x";
    expect(parsePatch(patch)?.[0]?.lines.map((line) => line.text)).toEqual([
      "-- a/x",
      "@@ -1 +1 @@",
      "++ b/x",
      "diff --git a/x b/x",
    ]);
  });

  it.each([
    ["nothing", ""],
    ["a patch with a file header", `--- a\n+++ b\n${PATCH}`],
    ["a hunk cut off in the middle", "@@ -5,2 +5,2 @@\n a\n-b"],
    ["a replacement whose added line was cut off", "@@ -5 +5 @@\n-a"],
    ["more lines than the header counts", "@@ -1 +1 @@\n-a\n+b\n+c"],
    ["fewer lines than the header counts", "@@ -1,3 +1,3 @@\n-a\n+b"],
    ["a line of no kind", "@@ -1,2 +1,2 @@\n a\n*b"],
    ["text between hunks", "@@ -1 +1 @@\n-a\n+b\nnoise\n@@ -9 +9 @@\n-a\n+b"],
    ["text behind the last hunk", "@@ -1 +1 @@\n-a\n+b\nOnly in x"],
    ["a second file", "@@ -1 +1 @@\n-a\n+b\n--- c\n+++ d\n@@ -1 +1 @@\n-a\n+b"],
    ["hunks in the wrong order", "@@ -9 +9 @@\n-a\n+b\n@@ -1 +1 @@\n-a\n+b"],
    ["a hunk whose sides drift apart", "@@ -1 +1 @@\n-a\n+b\n@@ -9 +12 @@\n-a\n+b"],
    ["a number that is no line", "@@ -99999999999999999999 +1 @@\n-a\n+b"],
  ])("refuses %s", (_, patch) => {
    expect(parsePatch(patch)).toBeUndefined();
  });

  it("never throws, whatever the text", () => {
    const piece = fc.constantFrom(
      "@@ -1 +1 @@",
      "-a",
      "+b",
      " c",
      "\\",
      "\n",
      "--- a",
      "Index: x",
      "@@ ",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 20 }), (pieces) => {
        const hunks = parsePatch(pieces.join(""));
        expect(hunks === undefined || hunks.length > 0).toBe(true);
      }),
    );
  });
});
