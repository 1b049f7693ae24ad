import { afterEach, describe, expect, it } from "vitest";
import { createGitHub, type GitHubWorld } from "../../src/simulator/world.js";
import { type Conversation, removesTheFlag, startConversation } from "./conversation.js";
import { createHurriedTimers } from "./hurried-timers.js";

let bots: Conversation[] = [];
let github: GitHubWorld;
afterEach(async () => {
  await Promise.all(bots.map((bot) => bot.finish()));
  bots = [];
  await github.close();
});

/** Each was there before the other, and both hear of everything. */
async function startTwo(): Promise<readonly [Conversation, Conversation]> {
  github = await createGitHub();
  const timers = createHurriedTimers(10);
  const both = [
    await startConversation({ github, timers }),
    await startConversation({ github, timers }),
  ] as const;
  bots.push(...both);
  return both;
}

async function expectOneReview(): Promise<void> {
  const run = await github.waitForCheck(1);
  await Promise.all(bots.map((bot) => bot.finish()));
  expect(run.conclusion).toBe("failure");
  expect(github.reviewComments(1)).toHaveLength(1);
  expect(github.reviews(1)).toHaveLength(1);
  const runs = github.checkRuns(run.headSha);
  expect(new Set(runs.map(({ conclusion }) => conclusion))).toEqual(new Set(["failure"]));
}

describe("two bots in front of one pull request", () => {
  it("write one review when one hears of it after the other", async () => {
    const [one, other] = await startTwo();
    github.holdDeliveries();
    await github.openPullRequest(removesTheFlag());
    const { event, body } = github.deliveries.findLast((sent) => sent.event === "pull_request")!;
    await one.deliver(event, body, "one");
    await github.waitForCheck(1);
    await other.deliver(event, body, "other");
    await expectOneReview();
    expect(github.checkRuns(github.pullRequest(1).headSha)).toHaveLength(1);
  });

  it("write one review when both hear of it at once", async () => {
    const [one, other] = await startTwo();
    github.holdDeliveries();
    await github.openPullRequest(removesTheFlag());
    const { event, body } = github.deliveries.findLast((sent) => sent.event === "pull_request")!;
    await Promise.all([one.deliver(event, body, "one"), other.deliver(event, body, "other")]);
    await expectOneReview();
  });
});
