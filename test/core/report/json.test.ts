import { describe, expect, it } from "vitest";
import { message } from "../../../src/core/model/message.js";
import { renderJson, toJson } from "../../../src/core/report/json.js";
import { HOSTILE, removedFlag, result } from "./sample.js";

describe("toJson", () => {
  it("has the fields of the contract, and no other", () => {
    expect(toJson(result)).toEqual({
      version: 1,
      base: "a".repeat(40),
      head: "b".repeat(40),
      findings: [
        {
          rule: "insecure-session-cookie",
          severity: "error",
          confidence: "high",
          path: "shop/settings.py",
          side: "LEFT",
          startLine: 2,
          endLine: 2,
          message: "`SESSION_COOKIE_SECURE` was True and is now unset.",
          fingerprint: "0123456789abcdef0123456789abcdef",
          suggestion: {
            path: "shop/settings.py",
            startLine: 1,
            endLine: 1,
            replacement: "DEBUG = False\nSESSION_COOKIE_SECURE = True",
          },
        },
      ],
      inventory: [],
      posture: [],
      suppressed: [],
      unscanned: [],
      stats: {
        changedFiles: 3,
        scannedFiles: 1,
        changedBytes: 200,
        contextFiles: 0,
        parsedBytes: 50,
      },
      suppressionProblems: [],
      ignored: [],
    });
  });

  it("names what the configuration leaves out, and suppressions that do nothing", () => {
    const problem = {
      path: "shop/views.py",
      line: 4,
      rule: "otp",
      problem: "unknown-rule",
    } as const;
    const report = toJson({
      ...result,
      suppressionProblems: [problem],
      ignored: ["legacy/settings.py"],
    });
    expect(report).toMatchObject({
      suppressionProblems: [problem],
      ignored: ["legacy/settings.py"],
    });
  });

  it("names the old path of a renamed file, and why a finding was suppressed", () => {
    const suppression = { rule: removedFlag.rule, reason: "behind a VPN", line: 3, added: false };
    const { suppressed } = toJson({
      ...result,
      suppressed: [{ ...removedFlag, basePath: "old.py", suppression }],
    });
    expect(suppressed).toMatchObject([
      { basePath: "old.py", suppression: { reason: "behind a VPN", line: 3 } },
    ]);
  });

  it("shows as escapes what a message holds of the repository and nobody can see", () => {
    const hostile = { ...removedFlag, message: message("{name} is gone", { name: HOSTILE }) };
    const report = toJson({ ...result, findings: [hostile] });
    expect(report.findings[0]?.message).toBe(
      "x\\u{1b}]52;c;ZXZpbA==\\u{7}\\u{202e}\\u{2028}\\u{9b}31m.py is gone",
    );
  });
});

describe("renderJson", () => {
  it("keeps every value and writes nothing that a terminal acts on", () => {
    const region = { ...removedFlag.region, path: `${HOSTILE}\u{e0041}` };
    const report = toJson({ ...result, findings: [{ ...removedFlag, region }] });
    const text = renderJson(report);
    expect(JSON.parse(text)).toEqual(report);
    expect(text).toMatch(/^[\n\x20-\x7e]+$/);
  });
});
