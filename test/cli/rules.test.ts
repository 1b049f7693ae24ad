import { describe, expect, it } from "vitest";
import { RULES } from "../../src/core/rules/index.js";
import { runCli } from "./run-cli.js";

describe("cyclekey rules", () => {
  it("lists every rule once, with its severity", async () => {
    const { code, stdout, stderr } = await runCli(["rules"]);
    for (const { meta } of RULES) {
      const lines = stdout.split("\n").filter((line) => line.split(/\s+/)[1] === meta.id);
      expect(lines, meta.id).toHaveLength(1);
      expect(lines[0]!.startsWith(meta.severity), meta.id).toBe(true);
    }
    expect(stderr).toBe("");
    expect(code).toBe(0);
  });
});

describe("cyclekey explain", () => {
  it("says of a rule why, what to do and how to check it", async () => {
    const { code, stdout } = await runCli(["explain", "removed-csrf-token"]);
    expect(stdout).toMatch(
      /^removed-csrf-token: POST form without a CSRF token\n\nerror, CWE-352\n/,
    );
    for (const heading of [
      "Why it matters",
      "What to do",
      "How to check it",
      "What it cannot see",
    ]) {
      expect(stdout).toContain(`\n${heading}\n  `);
    }
    expect(stdout).toContain("    class FormCarriesCsrfTokenTest(TestCase):\n");
    expect(code).toBe(0);
  });

  it("names the nearest rule when there is none of that name", async () => {
    const { code, stdout, stderr } = await runCli(["explain", "removed-crsf-token"]);
    expect(stderr).toBe(
      "cyclekey: there is no rule removed-crsf-token. Did you mean removed-csrf-token? See cyclekey rules.\n",
    );
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  it("needs the name of a rule", async () => {
    expect((await runCli(["explain"])).code).toBe(2);
  });
});
