import { describe, expect, it } from "vitest";
import { applySuggestion } from "../../../src/core/diff/apply-suggestion.js";

function apply(text: string, startLine: number, endLine: number, replacement: string): string {
  return applySuggestion(text, { path: "a.py", startLine, endLine, replacement });
}

describe("applySuggestion", () => {
  it("replaces whole lines by any number of lines", () => {
    expect(apply("a\nb\nc\n", 2, 2, "x\ny")).toBe("a\nx\ny\nc\n");
    expect(apply("a\nb\nc\n", 1, 3, "x")).toBe("x\n");
  });

  it("tells one empty line from no line", () => {
    expect(apply("a\nb\nc\n", 2, 2, "")).toBe("a\n\nc\n");
    expect(
      applySuggestion("a\nb\nc\n", {
        path: "a.py",
        startLine: 2,
        endLine: 2,
        replacement: "",
        deletes: true,
      }),
    ).toBe("a\nc\n");
  });

  it("leaves a text without a final newline without one", () => {
    expect(apply("a\nb", 2, 2, "x")).toBe("a\nx");
  });

  it("leaves the other lines as they are, whatever characters they hold", () => {
    expect(apply("a\u2028b\r\nc\n", 2, 2, "x")).toBe("a\u2028b\r\nx\n");
  });

  it("does nothing where the text has no such lines", () => {
    expect(apply("a\n", 2, 2, "x")).toBe("a\n");
    expect(apply("a\n", 0, 1, "x")).toBe("a\n");
    expect(apply("a\nb\n", 2, 1, "x")).toBe("a\nb\n");
  });
});
