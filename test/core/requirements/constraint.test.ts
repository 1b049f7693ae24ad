import { describe, expect, it } from "vitest";
import { exactVersion, parseConstraint } from "../../../src/core/requirements/constraint.js";
import {
  compareVersions,
  parseVersion,
  showVersion,
} from "../../../src/core/requirements/version.js";

function show(text: string): string | undefined {
  const range = parseConstraint(text);
  if (range === undefined) return undefined;
  const { lower, upper } = range;
  const from = lower ? `${lower.inclusive ? "[" : "("}${showVersion(lower.version)}` : "(";
  const to = upper ? `${showVersion(upper.version)}${upper.inclusive ? "]" : ")"}` : ")";
  return `${from}, ${to}`;
}

describe("versions", () => {
  it("stand in the order of PEP 440", () => {
    const texts = ["1.0.dev1", "1.0a1", "1.0a2", "1.0b1", "1.0rc1", "1.0", "1.0.post1", "1.0.1"];
    texts.push("1.9.13", "1.10", "1.10.8", "4.2.9", "4.2.30", "5.2", "2024.1");
    const versions = texts.map((text) => parseVersion(text)!);
    for (const [i, a] of versions.entries()) {
      for (const [j, b] of versions.entries()) {
        expect(Math.sign(compareVersions(a, b)), `${texts[i]} ${texts[j]}`).toBe(Math.sign(i - j));
      }
    }
  });

  it("are equal when only zeros, case or separators differ", () => {
    for (const [a, b] of [
      ["5.2", "5.2.0"],
      ["v1.0", "1.0"],
      ["1.0-RC.1", "1.0rc1"],
      ["1.0+ubuntu1", "1.0"],
    ] as const) {
      expect(compareVersions(parseVersion(a)!, parseVersion(b)!)).toBe(0);
    }
  });

  it.each(["", "latest", "5.x", "5.2.*", "{{ version }}", "git+https://x"])(
    "do not include %j",
    (text) => expect(parseVersion(text)).toBeUndefined(),
  );
});

describe("a constraint", () => {
  it.each([
    ["", "(, )"],
    ["==5.2.18", "[5.2.18, 5.2.18]"],
    ["== 5.2.18", "[5.2.18, 5.2.18]"],
    ["===5.2.18", "[5.2.18, 5.2.18]"],
    [">=4.2,<5", "[4.2, 5)"],
    [">=4.2, <5.0, !=4.2.3", "[4.2, 5.0)"],
    [">=4.2 <5", "[4.2, 5)"],
    ["(>=4.2,<5)", "[4.2, 5)"],
    ["<=5.2.4", "(, 5.2.4]"],
    [">5.0", "(5.0, )"],
    ["~=5.2.3", "[5.2.3, 5.3)"],
    ["~=5.2", "[5.2, 6)"],
    ["==5.2.*", "[5.2, 5.3)"],
    ["==5.*", "[5, 6)"],
    ["^5.2.1", "[5.2.1, 6)"],
    ["^0.61.1", "[0.61.1, 0.62)"],
    ["~5.2.1", "[5.2.1, 5.3)"],
    ["~5", "[5, 6)"],
    ["5.2.*", "[5.2, 5.3)"],
    ["*", "(, )"],
    [">=3.2,<4 || >=5.2", "[3.2, )"],
    ["<4 || <5", "(, 5)"],
    ["<5,<4.2", "(, 4.2)"],
    ["!=5.0", "(, )"],
  ])("%s lets through %s", (text, expected) => expect(show(text)).toBe(expected));

  it("takes a bare version for that one, as pip and Poetry do", () => {
    expect(show("5.2")).toBe("[5.2, 5.2]");
  });

  it.each(["@ git+https://example.org/d", "=={{ django_version }}", "5.2;", "latest"])(
    "that is %s cannot be read",
    (text) => expect(parseConstraint(text)).toBeUndefined(),
  );

  it("is exact only when it lets one version through", () => {
    expect(exactVersion(parseConstraint("==5.2")!)?.release).toEqual([5, 2]);
    expect(exactVersion(parseConstraint("<=5.2")!)).toBeUndefined();
    expect(exactVersion(parseConstraint("==5.2.*")!)).toBeUndefined();
  });
});
