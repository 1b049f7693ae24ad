import { describe, expect, it } from "vitest";
import { normaliseText } from "../../src/core/normalise-text.js";

describe("normalised text", () => {
  it.each([
    ["f( 'a',\n  b,\n)  # why", 'f("a",b)'],
    ["x = [1, 2, ]", "x=[1,2]"],
    ["x = \\\n  1", "x=1"],
    ["s = '#kept'", 's="#kept"'],
  ])("of %j is %j", (code, text) => {
    expect(normaliseText(code)).toBe(text);
  });

  it("keeps apart what differs in more than form", () => {
    expect(normaliseText("x = True")).not.toBe(normaliseText("x = False"));
  });
});
