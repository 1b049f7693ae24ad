import { describe, expect, it } from "vitest";
import { indentsUnexpectedly } from "../../../src/core/python/text/indentation.js";

describe("indentation is unexpected", () => {
  it("where no block was opened", () => {
    expect(indentsUnexpectedly("a = 1\n    b = 2\n", 2, 2)).toBe(true);
    expect(indentsUnexpectedly("a = 1  # then:\n\n    b = 2\n", 1, 3)).toBe(true);
  });

  it("and not in a block, a bracket, a continued line or after a block", () => {
    expect(indentsUnexpectedly("if a:  # ever\n    b = 2\nc = 3\n", 1, 3)).toBe(false);
    expect(indentsUnexpectedly("a = [\n    1,\n]\n", 1, 3)).toBe(false);
    expect(indentsUnexpectedly("a = \\\n    1\n", 2, 2)).toBe(false);
  });

  it("and not on lines that are not asked about", () => {
    expect(indentsUnexpectedly("a = 1\n    b = 2\nc = 3\n", 3, 3)).toBe(false);
  });
});
