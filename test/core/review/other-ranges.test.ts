import { describe, expect, it } from "vitest";
import { DEFAULT_CONFIGURATION } from "../../../src/core/model/configuration.js";
import type { RangeVerdict } from "../../../src/core/model/review.js";
import { parseExternalId } from "../../../src/core/review/external-id.js";
import { GITHUB_LIMITS } from "../../../src/core/review/limits.js";
import { planReview } from "../../../src/core/review/plan.js";
import { planMergeGroup } from "../../../src/core/review/plan-merge-group.js";
import {
  addedFile,
  applyPlan,
  findingAt,
  inputOf,
  REMOVED_FLAG,
  RULES,
  SETTINGS,
  scanOf,
} from "./examples.js";

function range(changes: Partial<RangeVerdict>): RangeVerdict {
  const label = { kind: "pull-request", number: 8, baseRef: "release/2.x" } as const;
  return { label, conclusion: "success", failing: [], unscanned: 0, ...changes };
}

function checkWith(...otherRanges: readonly RangeVerdict[]) {
  return planReview(inputOf([], { otherRanges })).check;
}

describe("the verdict on a head that has several bases", () => {
  it("fails with the pull request that fails, and names it and what fails it", () => {
    const check = checkWith(range({ conclusion: "failure", failing: [REMOVED_FLAG] }));
    expect(check.conclusion).toBe("failure");
    expect(check.title).toBe("Fails against another base");
    expect(check.summary).toMatchInlineSnapshot(`
      "**The same commit fails against another base**, listed below. A check belongs to a commit, so it cannot pass here either.

      Read 2 of 3 changed files; the others do not concern sessions.

      ### Other bases of this commit

      - #8 into \`release/2.x\`: 1 error.
        - **Session cookie no longer marked Secure** in \`shop/settings.py\`, line 2 before this change (\`insecure-session-cookie\`)"
    `);
    expect(check.annotations).toEqual([]);
  });

  it("fails against the default branch though this base is as weak already", () => {
    const label = { kind: "default-branch", name: "main" } as const;
    const check = checkWith(range({ label, conclusion: "failure", failing: [REMOVED_FLAG] }));
    expect(check.conclusion).toBe("failure");
    expect(check.summary).toContain("- Against the default branch `main`: 1 error.");
  });

  it("fails when another range could not be judged", () => {
    const check = checkWith(range({ conclusion: "unknown" }));
    expect(check.conclusion).toBe("failure");
    expect(check.summary).toContain(
      "- #8 into `release/2.x`: could not be judged, so this check cannot pass.",
    );
  });

  it("fails when another range has files that were not reviewed", () => {
    const check = checkWith(range({ conclusion: "failure", unscanned: 2 }));
    expect(check.summary).toContain("- #8 into `release/2.x`: 2 files not reviewed.");
  });

  it("is neutral when the worst are warnings", () => {
    const check = checkWith(range({ conclusion: "neutral" }), range({}));
    expect(check.conclusion).toBe("neutral");
    expect(check.summary).toContain("- #8 into `release/2.x`: warnings, none of which fails.");
  });

  it("says nothing of ranges in which nothing is wrong", () => {
    const alone = checkWith();
    expect(checkWith(range({}))).toEqual({ ...alone, externalId: `${alone.externalId}:1` });
  });

  it("counts who shares the head, each once, and no branch", () => {
    const label = { kind: "default-branch", name: "main" } as const;
    const nine = { kind: "pull-request", number: 9, baseRef: "main" } as const;
    const check = checkWith(range({}), range({}), range({ label: nine }), range({ label }));
    expect(parseExternalId(check.externalId)?.sharing).toBe(2);
  });

  it("is not made better by others", () => {
    const { check } = planReview(inputOf([REMOVED_FLAG], { otherRanges: [range({})] }));
    expect(check.conclusion).toBe("failure");
  });
});

describe("the check of a merge group", () => {
  const shas = { baseSha: "b".repeat(40), headSha: "c".repeat(40) };
  const input = {
    ...shas,
    scan: scanOf([REMOVED_FLAG]),
    changes: [SETTINGS, addedFile("shop/views.py", 100)],
    rules: RULES,
    configuration: DEFAULT_CONFIGURATION,
    configurationProblems: [],
    comments: [],
    limits: GITHUB_LIMITS,
  };

  it("is a verdict on its own range, on its own head", () => {
    const check = planMergeGroup(input);
    expect(check).toMatchObject({ conclusion: "failure", headSha: shas.headSha, title: "1 error" });
    expect(parseExternalId(check.externalId)).toEqual({ number: "merge-group", ...shas });
    expect(check.annotations).toHaveLength(1);
    expect(check.summary).toMatch(
      /^\*\*1 finding fails this check\.\*\* Fix the lines in the pull request, or have them accepted there, and queue it again\./,
    );
  });

  it("passes with what was accepted in the pull request that it merges", () => {
    const nothing = { comments: [], checks: [] };
    const live = applyPlan(nothing, planReview(inputOf([REMOVED_FLAG])));
    const acceptances = [{ commentId: 1, replyId: 2, by: "alice", reason: "VPN only." }];
    const accepted = applyPlan(
      live,
      planReview(inputOf([REMOVED_FLAG], { posted: live, acceptances })),
    );
    const check = planMergeGroup({ ...input, comments: accepted.comments });
    expect(check).toMatchObject({ conclusion: "success", title: "1 accepted", annotations: [] });
    const other = { ...input, scan: scanOf([REMOVED_FLAG, findingAt(2, 3)]) };
    expect(planMergeGroup({ ...other, comments: accepted.comments }).conclusion).toBe("failure");
  });

  it("fails when a file could not be reviewed", () => {
    const unscanned = [{ path: "a.py", reason: "over-a-cap" as const, detail: "Too many files." }];
    const check = planMergeGroup({ ...input, scan: scanOf([], { unscanned }) });
    expect(check).toMatchObject({ conclusion: "failure", title: "1 file not reviewed" });
  });
});
