import { describe, expect, it } from "vitest";
import { diffTexts } from "../../src/core/diff/diff-texts.js";
import { baseLineOf } from "../../src/core/diff/line-map.js";

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}\n`).join("");

describe("the base line of a head line", () => {
  const base = numbered(1, 30);
  const head = `${numbered(1, 4)}new\n${numbered(5, 20)}${numbered(23, 30)}`;
  const hunks = diffTexts(base, head);

  it.each([
    [1, 1],
    [4, 4],
    [5, undefined],
    [6, 5],
    [21, 20],
    [22, 23],
    [29, 30],
  ])("%i is %s", (headLine, baseLine) => {
    expect(baseLineOf(hunks, headLine)).toBe(baseLine);
  });
});
