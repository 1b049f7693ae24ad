import { describe, expect, it } from "vitest";
import { diffTexts } from "../../src/core/diff/diff-texts.js";
import type { LocatedEvidence } from "../../src/core/evidence.js";
import type { FileChange } from "../../src/core/model/change.js";
import { pairEvidence } from "../../src/core/pairing.js";
import { toyRule } from "./toy-rule.js";

function file(path: string, base: string, head: string): FileChange {
  const hunks = diffTexts(base, head);
  return { path, basePath: path, status: "modified", kind: "file", base, head, hunks };
}

function fact(change: FileChange, line: number, symbol: string, text: string): LocatedEvidence {
  return {
    rule: toyRule,
    change,
    occurrence: 0,
    text,
    evidence: {
      identity: "key",
      symbol,
      strength: 0,
      span: { start: 0, end: 0, startLine: line, endLine: line },
      guards: [],
      confidence: "high",
      values: {},
    },
  };
}

const partner = (base: LocatedEvidence[], head: LocatedEvidence) =>
  pairEvidence(base, [head])[0]!.base;

describe("a fact of head is paired with", () => {
  it("the fact on the same unchanged line, though another came above it", () => {
    const change = file("a.py", "def f():\n    w()\n", "def f():\n    w()\n    w()\n");
    const old = fact(change, 2, "f", "w()");
    const kept = fact(change, 2, "f", "w()");
    const added = fact(change, 3, "f", "w()");
    expect(pairEvidence([old], [added, kept]).map(({ base }) => base)).toEqual([undefined, old]);
  });

  it("the fact of a renamed function when the text is the same", () => {
    const change = file("a.py", "def f():\n  w()\n", "def g():\n  w( )\n");
    const old = fact(change, 2, "f", "w()");
    expect(partner([old], fact(change, 2, "g", "w()"))).toBe(old);
    expect(partner([old], fact(change, 2, "g", "other()"))).toBeUndefined();
  });

  it("the fact that was moved to another file when the text is the same", () => {
    const from = file("a.py", "w()\n", "");
    const to = file("b.py", "", "w()\n");
    const old = fact(from, 1, "f", "w()");
    expect(partner([old], fact(to, 1, "g", "w()"))).toBe(old);
    expect(partner([old], fact(to, 1, "g", "w(1)"))).toBeUndefined();
  });

  it("no fact that another one took", () => {
    const from = file("a.py", "w()\n", "");
    const to = file("b.py", "", "w()\nw()\n");
    const old = fact(from, 1, "f", "w()");
    const pairs = pairEvidence([old], [fact(to, 1, "g", "w()"), fact(to, 2, "g", "w()")]);
    expect(pairs.map(({ base }) => base)).toEqual([old, undefined]);
  });
});
