import { describe, expect, it } from "vitest";
import { commentedOut } from "../../../src/core/diff/commented-out.js";
import { diffTexts } from "../../../src/core/diff/diff-texts.js";

function at(base: string, head: string, start: number, end = start) {
  const place = commentedOut(diffTexts(base, head), start, end);
  return place && [place.startLine, place.endLine];
}

describe("lines that become comments", () => {
  it.each(["# B = 2\n", "#B = 2\n", "    ## B = 2\n"])("are found as %j", (comment) => {
    expect(at("A = 1\nB = 2\nC = 3\n", `A = 1\n${comment}C = 3\n`, 2)).toEqual([2, 2]);
  });

  it("are found behind other new lines and as a whole", () => {
    const base = "A = (\n    1,\n)\nB = 2\n";
    expect(at(base, "NEW = 0\n# A = (\n#     1,\n# )\nB = 2\n", 1, 3)).toEqual([2, 4]);
  });

  it("are none where a line is missing, another, code, or was a comment before", () => {
    expect(at("A = (\n    1,\n)\n", "# A = (\n# )\n", 1, 3)).toBeUndefined();
    expect(at("B = 2\n", "# B = 3\n", 1)).toBeUndefined();
    expect(at("B = 2\n", "C = 2\n", 1)).toBeUndefined();
    expect(at("# B = 2\nB = 2\n", "# B = 2\n", 2)).toBeUndefined();
    expect(at("B = 2\n", "B = 2\n", 1)).toBeUndefined();
  });
});
