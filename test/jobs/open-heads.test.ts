import { describe, expect, it } from "vitest";
import { createOpenHeads } from "../../src/jobs/open-heads.js";

const head = (digit: number) => String(digit).repeat(40);

describe("the open heads", () => {
  it("answer that nobody is alone in a repository that no sweep saw", () => {
    const heads = createOpenHeads();
    expect(heads.isAlone("R_1", 1, head(1))).toBe(false);
    heads.seen("R_1", 1, head(1));
    expect(heads.isAlone("R_1", 1, head(1))).toBe(false);
    heads.learn("R_2", []);
    expect(heads.isAlone("R_1", 1, head(1))).toBe(false);
  });

  it("know two pull requests with one head, and that a pull request is not its own sibling", () => {
    const heads = createOpenHeads();
    heads.learn("R_1", [
      { number: 1, headSha: head(1) },
      { number: 2, headSha: head(1) },
      { number: 3, headSha: head(3) },
    ]);
    expect([1, 2, 3].map((number) => heads.isAlone("R_1", number, head(1)))).toEqual([
      false,
      false,
      false,
    ]);
    expect(heads.isAlone("R_1", 3, head(3))).toBe(true);
    expect(heads.isAlone("R_1", 9, head(9))).toBe(true);
  });

  it("follow deliveries: a push, another pull request, a close", () => {
    const heads = createOpenHeads();
    heads.learn("R_1", [{ number: 1, headSha: head(1) }]);
    heads.seen("R_1", 2, head(1));
    expect(heads.isAlone("R_1", 1, head(1))).toBe(false);
    heads.seen("R_1", 2, head(2));
    expect(heads.isAlone("R_1", 1, head(1))).toBe(true);
    heads.seen("R_1", 2, head(1));
    heads.closed("R_1", 2);
    expect(heads.isAlone("R_1", 1, head(1))).toBe(true);
  });

  it("keep what a delivery told when a sweep ends that had read its list before", () => {
    const heads = createOpenHeads();
    heads.learn("R_1", [{ number: 2, headSha: head(2) }]);
    heads.seen("R_1", 1, head(1));
    heads.seen("R_1", 2, head(1));
    heads.learn("R_1", [{ number: 2, headSha: head(2) }]);
    expect(heads.isAlone("R_1", 9, head(1))).toBe(false);
    expect(heads.isAlone("R_1", 2, head(1))).toBe(false);
  });

  it("drop what two sweeps in a row do not find", () => {
    const heads = createOpenHeads();
    heads.learn("R_1", []);
    heads.seen("R_1", 1, head(1));
    heads.learn("R_1", []);
    expect(heads.isAlone("R_1", 9, head(1))).toBe(false);
    heads.learn("R_1", []);
    expect(heads.isAlone("R_1", 9, head(1))).toBe(true);
  });

  it("tell who had the head that one leaves", () => {
    const heads = createOpenHeads();
    heads.learn("R_1", [
      { number: 1, headSha: head(1) },
      { number: 2, headSha: head(1) },
    ]);
    heads.seen("R_1", 3, head(2));
    expect(heads.leftBehind("R_1", 1, head(3))).toEqual([2]);
    expect(heads.leftBehind("R_1", 1, head(1))).toEqual([]);
    expect(heads.leftBehind("R_1", 3, head(1))).toEqual([]);
    expect(heads.leftBehind("R_1", 4, head(1))).toEqual([]);
    expect(heads.leftBehind("R_2", 1, head(3))).toEqual([]);
  });

  it("know a head again, also when it was left or closed", () => {
    const heads = createOpenHeads();
    heads.learn("R_1", [{ number: 1, headSha: head(1) }]);
    heads.seen("R_1", 2, head(2));
    heads.seen("R_1", 2, head(3));
    heads.closed("R_1", 2);
    for (const known of [1, 2, 3]) expect(heads.isKnown("R_1", head(known))).toBe(true);
    expect(heads.isKnown("R_1", head(4))).toBe(false);
    expect(heads.isKnown("R_2", head(1))).toBe(false);
  });

  it("forget the repository that was longest not heard of", () => {
    const heads = createOpenHeads(2);
    heads.learn("R_1", []);
    heads.learn("R_2", []);
    heads.seen("R_1", 1, head(1));
    heads.learn("R_3", []);
    expect(["R_1", "R_2", "R_3"].map((id) => heads.isAlone(id, 1, head(1)))).toEqual([
      true,
      false,
      true,
    ]);
  });
});
