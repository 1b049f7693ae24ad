import { describe, expect, it } from "vitest";
import { DEFAULT_CONFIGURATION } from "../../../src/core/model/configuration.js";
import type { ScanResult } from "../../../src/core/model/scan-result.js";
import { planReview, type ReviewInput } from "../../../src/core/review/plan.js";
import { findingAt, inputOf, scanOf } from "../review/examples.js";

function summaryOf(scan: Partial<ScanResult>, rest: Partial<ReviewInput> = {}): string {
  return planReview(inputOf([], { scan: scanOf([], scan), ...rest })).check.summary;
}

describe("beside the findings a check run", () => {
  it("is two lines when there is nothing to say", () => {
    expect(summaryOf({}).split("\n").filter(Boolean)).toEqual([
      "Nothing in this pull request makes sessions less safe.",
      "Read 2 of 3 changed files; the others do not concern sessions.",
    ]);
  });

  it("says what is wrong with the configuration, whose it is and on which line", () => {
    const configurationProblems = [
      { source: "repository", line: 4, detail: "`fail-on` must be one of error, warning." },
      { source: "organisation", line: undefined, detail: "It is larger than 64 KiB." },
    ] as const;
    const { conclusion, summary } = planReview(inputOf([], { configurationProblems })).check;
    expect(conclusion).toBe("success");
    expect(summary).toContain(
      [
        "### Configuration",
        "",
        "- `.github/cyclekey.yml`, line 4: `fail-on` must be one of error, warning.",
        "- `.github/cyclekey.yml` of the organisation: It is larger than 64 KiB.",
        "- Until that is fixed, nothing in such a file counts.",
      ].join("\n"),
    );
  });

  it("says that a change of the configuration takes effect once it is merged", () => {
    const summary = summaryOf({}, { configurationChange: true });
    expect(summary).toContain("- This pull request changes the configuration. The change takes");
    expect(summary).not.toContain("Until that is fixed");
  });

  it("names the files that the configuration leaves out", () => {
    const summary = summaryOf({ ignored: ["vendor/forms.py"] });
    expect(summary).toMatch(/, or are listed below\.[\s\S]*\n\n- `vendor\/forms\.py`$/);
  });

  it("names the ignore comments that do nothing, and why", () => {
    const at = { path: "shop/settings.py" };
    const summary = summaryOf({
      suppressionProblems: [
        { ...at, line: 1, rule: "unrotated-login", problem: "no-reason" },
        { ...at, line: 2, rule: "insecure-cookie", problem: "unknown-rule" },
        { ...at, line: 3, rule: "", problem: "unknown-rule" },
        { ...at, line: 4, rule: "unrotated-login", problem: "unused" },
      ],
    });
    expect(summary.split("### Ignore comments without effect\n\n")[1]!.split("\n")).toEqual([
      "- `shop/settings.py`, line 1: it gives no reason, so it silences nothing.",
      "- `shop/settings.py`, line 2: there is no rule `insecure-cookie`.",
      "- `shop/settings.py`, line 3: it names no rule.",
      "- `shop/settings.py`, line 4: `unrotated-login` finds nothing there. The comment can go.",
    ]);
  });

  it("names, where a key is written, the finding that stands there", () => {
    const region = { path: "a.py", side: "RIGHT", startLine: 3, endLine: 4 } as const;
    const entry = { path: "a.py", symbol: "", category: "token", protection: "none" } as const;
    const check = planReview(
      inputOf([], {
        scan: scanOf([findingAt(1, 3, { region })], {
          inventory: [
            { ...entry, key: "token", line: 4 },
            { ...entry, key: "cart", line: 5 },
            { ...entry, key: "gone", line: 4, change: "removed" },
          ],
        }),
      }),
    ).check;
    expect(check.summary).toContain("| `a.py`, line 4 | error: `unrotated-login` |");
    expect(check.summary).toContain("| `a.py`, line 5 |  |");
    expect(check.summary).toMatch(/\| removed \| `gone` .* \| {2}\|$/m);
  });

  it("tells who may accept, as configured", () => {
    const configuration = { ...DEFAULT_CONFIGURATION, acceptPermission: "maintain" as const };
    const { check, comments } = planReview(inputOf([findingAt(1, 3)], { configuration }));
    expect(check.summary).toContain("a maintainer who did not open the pull request");
    expect(comments[0]!.body).toContain("A maintainer who did not open the pull request");
  });

  it("leaves out the last sections first, and says which", () => {
    const findings = Array.from({ length: 40 }, (_, n) => findingAt(n + 1, n + 1));
    const scan = scanOf(findings, {
      posture: [{ path: "a.py", setting: "X", base: "1", head: "2", direction: "weaker" }],
      ignored: ["b.py", "c.py"],
    });
    const { summary } = planReview(
      inputOf([], { scan, limits: { body: 4_000, annotations: 50 } }),
    ).check;
    expect(summary.length).toBeLessThanOrEqual(4_000);
    expect(summary).toMatch(/\n\n… \d+ more\n\n\*Not shown, for lack of space: [^*]+\.\*$/);
    expect(summary).toContain(
      "Session settings that change (1), Left out by the configuration (2).*",
    );
  });
});
