import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Fault, RequestRecord } from "../../src/simulator/request-log.js";
import { type Conversation, removesTheFlag, startConversation } from "./conversation.js";

let talk: Conversation;
beforeEach(async () => {
  talk = await startConversation();
});
afterEach(() => talk.end());

/** Fails the first request that `chosen` picks, and no other. */
function once(fault: Fault, chosen: (request: RequestRecord) => boolean) {
  let done = false;
  return (request: RequestRecord) => {
    if (done || !chosen(request)) return undefined;
    done = true;
    return fault;
  };
}

const WRITES = [
  ["the review", "POST", /\/reviews$/],
  ["the check run that starts", "POST", /\/check-runs$/],
  ["the check run that ends", "PATCH", /\/check-runs\/\d+$/],
] as const;

describe.each(WRITES)("%s", (_, method, path) => {
  const chosen = (request: RequestRecord) => request.method === method && path.test(request.path);

  it.each(["bad-gateway", "drop"] as const)(
    "is written once when GitHub did it and the answer was lost (%s)",
    async (fault) => {
      const { github } = talk;
      github.faults.afterEffect = once(fault, chosen);
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
    github.faults.beforeRequest = once("bad-gateway", chosen);
    await github.openPullRequest(removesTheFlag());
    await github.waitForCheck(1);
    await talk.finish();
    expect(github.reviewComments(1)).toHaveLength(1);
    expect(github.checkRuns(github.pullRequest(1).headSha)).toMatchObject([
      { status: "completed", conclusion: "failure" },
    ]);
  });
});
