import { describe, expect, it } from "vitest";
import {
  planFailure,
  planIrrelevant,
  renderSuperseded,
} from "../../../src/core/review/plan-without-scan.js";
import { PULL_REQUEST } from "./examples.js";

describe("a check without a scan", () => {
  it("fails when the review did not finish, and says what to do", () => {
    expect(
      planFailure(PULL_REQUEST, "a1b2-c3", "GitHub did not answer in time.", "failure"),
    ).toMatchInlineSnapshot(`
      {
        "annotations": [],
        "conclusion": "failure",
        "externalId": "cyclekey:7:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb:abcdef1000000000000000000000000000000000",
        "headSha": "abcdef1000000000000000000000000000000000",
        "summary": "GitHub did not answer in time.

      This says nothing about the change itself. Re-run this check, or comment \`/rescan\` on the pull request, to try again.

      If it happens again, whoever runs cyclekey finds the cause in the log under \`a1b2-c3\`.",
        "title": "The review did not finish",
      }
    `);
  });

  it("mentions nobody in the sentence of a failure", () => {
    const { summary } = planFailure(
      PULL_REQUEST,
      "1",
      "Could not read @octo/team at #12.",
      "failure",
    );
    expect(summary).toContain("Could not read `@octo/team` at `#12`.");
  });

  it("lets the pull request pass where the owners chose so, and says it", () => {
    const check = planFailure(PULL_REQUEST, "1", "GitHub did not answer.", "neutral");
    expect(check.conclusion).toBe("neutral");
    expect(check.summary).toContain("The configuration lets such a check pass.");
  });

  it("offers a merge group, on which nobody can comment, to re-run the check", () => {
    const group = { ...PULL_REQUEST, number: "merge-group" as const };
    const { externalId, summary } = planFailure(group, "1", "GitHub did not answer.", "failure");
    expect(externalId).toMatch(/^cyclekey:merge-group:b{40}:abcdef1/);
    expect(summary).toContain("Re-run this check to try again.");
    expect(summary).not.toContain("/rescan");
  });

  it("says which commit superseded the one that it stands on", () => {
    expect(renderSuperseded("c".repeat(40))).toEqual({
      title: "Superseded by ccccccc",
      summary: `The pull request has moved on to ${"c".repeat(40)}, which has its own check.`,
    });
  });

  it("succeeds when no file can matter", () => {
    expect(planIrrelevant(PULL_REQUEST, 1)).toMatchInlineSnapshot(`
      {
        "annotations": [],
        "conclusion": "success",
        "externalId": "cyclekey:7:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb:abcdef1000000000000000000000000000000000",
        "headSha": "abcdef1000000000000000000000000000000000",
        "summary": "1 changed file, none of which can matter to sessions, so none was read.",
        "title": "Nothing here touches sessions",
      }
    `);
  });
});
