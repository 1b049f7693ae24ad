import { describe, expect, it } from "vitest";
import type { Finding } from "../../../src/core/model/finding.js";
import type { FailOn } from "../../../src/core/model/review.js";
import type { Unscanned } from "../../../src/core/model/unscanned.js";
import { conclude } from "../../../src/core/review/conclusion.js";
import { COOKIE_RULE, findingAt, LOGIN_RULE, scanOf } from "./examples.js";

const RULES = new Map([
  [LOGIN_RULE.id, LOGIN_RULE],
  ["preview-rule", { ...COOKIE_RULE, id: "preview-rule", status: "preview" as const }],
]);

function concludeOn(finding: Partial<Finding>, failOn: FailOn = "error") {
  return conclude(scanOf([findingAt(1, 1, finding)]), RULES, failOn);
}

function concludeUnscanned(reason: Unscanned["reason"], failOn: FailOn = "error") {
  const unscanned = [{ path: "shop/settings.py", reason, detail: "It could not be read." }];
  return conclude(scanOf([], { unscanned }), RULES, failOn);
}

describe("the conclusion", () => {
  it("is success when nothing was found", () => {
    expect(conclude(scanOf([]), RULES, "notice")).toBe("success");
  });

  it.each([
    ["error", "error", "failure"],
    ["warning", "error", "neutral"],
    ["notice", "error", "success"],
    ["warning", "warning", "failure"],
    ["notice", "warning", "success"],
    ["notice", "notice", "failure"],
    ["error", "never", "neutral"],
    ["notice", "never", "success"],
  ] as const)("of a finding of level %s that fails on %s is %s", (severity, failOn, expected) => {
    expect(concludeOn({ severity }, failOn)).toBe(expected);
  });

  it("is failure on medium confidence and neutral on low", () => {
    expect(concludeOn({ confidence: "medium" })).toBe("failure");
    expect(concludeOn({ confidence: "low" })).toBe("neutral");
  });

  it("is neutral for an error of a preview rule", () => {
    expect(concludeOn({ rule: "preview-rule" })).toBe("neutral");
  });

  it("is failure where something may be hidden, at any level", () => {
    expect(concludeUnscanned("hidden-text")).toBe("failure");
    expect(concludeUnscanned("too-large", "never")).toBe("failure");
  });

  it("is neutral where a syntax error left a part unread", () => {
    expect(concludeUnscanned("syntax-error")).toBe("neutral");
  });

  it("does not look at what was suppressed", () => {
    expect(conclude(scanOf([], { suppressed: [findingAt(1, 1)] }), RULES, "error")).toBe("success");
  });
});
