import { describe, expect, it } from "vitest";
import { planFailure, planIrrelevant } from "../../../src/core/review/plan-without-scan.js";
import { PULL_REQUEST } from "./examples.js";

describe("a check without a scan", () => {
  it("fails when the review did not finish, and says what to do", () => {
    expect(
      planFailure(PULL_REQUEST, "a1b2-c3", "GitHub did not answer in time."),
    ).toMatchInlineSnapshot(`
      {
        "annotations": [],
        "conclusion": "failure",
        "externalId": "cyclekey:7:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb:abcdef1000000000000000000000000000000000",
        "headSha": "abcdef1000000000000000000000000000000000",
        "summary": "GitHub did not answer in time.

      This says nothing about the pull request. Comment \`/rescan\` on it to try again.

      If it happens again, whoever runs cyclekey finds the cause in the log under \`a1b2-c3\`.",
        "title": "The review did not finish",
      }
    `);
  });

  it("mentions nobody in the sentence of a failure", () => {
    const { summary } = planFailure(PULL_REQUEST, "1", "Could not read @octo/team at #12.");
    expect(summary).toContain("Could not read `@octo/team` at `#12`.");
  });

  it("succeeds when no file can matter", () => {
    expect(planIrrelevant(PULL_REQUEST, 1)).toMatchInlineSnapshot(`
      {
        "annotations": [],
        "conclusion": "success",
        "externalId": "cyclekey:7:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb:abcdef1000000000000000000000000000000000",
        "headSha": "abcdef1000000000000000000000000000000000",
        "summary": "This pull request changes 1 file, none of them Python that can matter to sessions. So nothing was read.",
        "title": "Nothing here touches sessions",
      }
    `);
  });
});
