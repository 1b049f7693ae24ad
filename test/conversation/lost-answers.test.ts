import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { first } from "../../src/simulator/platform/faults.js";
import { type Conversation, REQUESTS, removesTheFlag, startConversation } from "./conversation.js";

let talk: Conversation;
beforeEach(async () => {
  talk = await startConversation();
});
afterEach(() => talk.end());

describe.each(REQUESTS.slice(2))("%s", (_, chosen) => {
  it.each(["bad-gateway", "drop"] as const)(
    "is written once when GitHub did it and the answer was lost (%s)",
    async (fault) => {
      const { github } = talk;
      github.faults.afterEffect = first(fault, chosen);
      await github.openPullRequest(removesTheFlag());
      await github.waitForCheck(1);
      await talk.finish();
      expect(github.reviewComments(1)).toHaveLength(1);
      expect(github.reviews(1)).toHaveLength(1);
      expect(github.checkRuns(github.pullRequest(1).headSha)).toMatchObject([
        { status: "completed", conclusion: "failure" },
      ]);
    },
  );

  it("is written once when GitHub did nothing", async () => {
    const { github } = talk;
    github.faults.beforeRequest = first("bad-gateway", chosen);
    await github.openPullRequest(removesTheFlag());
    await github.waitForCheck(1);
    await talk.finish();
    expect(github.reviewComments(1)).toHaveLength(1);
    expect(github.checkRuns(github.pullRequest(1).headSha)).toMatchObject([
      { status: "completed", conclusion: "failure" },
    ]);
  });
});
