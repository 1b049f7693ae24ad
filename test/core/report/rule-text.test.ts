import { describe, expect, it } from "vitest";
import { nearestName } from "../../../src/core/report/nearest-name.js";
import { PLAIN } from "../../../src/core/report/palette.js";
import { renderRule } from "../../../src/core/report/rule-text.js";
import { RULES } from "../../../src/core/rules/index.js";

describe("the text of a rule", () => {
  it.each(RULES.map((rule) => [rule.meta.id, rule] as const))("%s fits a terminal", (_, rule) => {
    const text = renderRule(rule, PLAIN);
    const prose = text.split("\n").filter((line) => /^ {2}\S+ /.test(line));
    for (const line of prose) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(text).toContain(rule.meta.seed.split(/\s+/)[0]);
    expect(text.endsWith("\n")).toBe(true);
  });
});

describe("the nearest name", () => {
  const names = ["django-downgrade", "hardcoded-secret-key", "unrotated-login"];

  it.each([
    ["django-downgrades", "django-downgrade"],
    ["secret-key", "hardcoded-secret-key"],
    ["Unrotated-Login", "unrotated-login"],
    ["unrotatedlogin", "unrotated-login"],
  ])("of %s is %s", (typed, expected) => expect(nearestName(typed, names)).toBe(expected));

  it.each([
    ["x", []],
    ["frobnicate", names],
  ])("of %s is none of %j", (typed, known) => expect(nearestName(typed, known)).toBeUndefined());
});
