import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Conversation, removesTheFlag, startConversation } from "./conversation.js";

let talk: Conversation;
beforeEach(async () => {
  talk = await startConversation();
});
afterEach(() => talk.end());

describe("re-running", () => {
  it.each([false, true])("the check writes it again, also from a fork (%s)", async (fork) => {
    const { github } = talk;
    await github.openPullRequest({ ...removesTheFlag(), fork });
    const before = await github.waitForCheck(1);
    const completedAt = before.completedAt;
    github.rerunCheck(before);
    await github.waitUntil("another end", () => before.completedAt !== completedAt);
    await talk.finish();
    expect(github.checkRuns(before.headSha)).toHaveLength(1);
    expect(before.annotations).toHaveLength(1);
    expect(github.reviewComments(1)).toHaveLength(1);
  });

  it("all checks of a commit writes ours again", async () => {
    const { github } = talk;
    await github.openPullRequest({ ...removesTheFlag(), fork: true });
    const before = await github.waitForCheck(1);
    const completedAt = before.completedAt;
    github.rerunAllChecks(1);
    await github.waitUntil("another end", () => before.completedAt !== completedAt);
    await talk.finish();
    expect(github.checkRuns(before.headSha)).toHaveLength(1);
  });

  it("all checks of a commit that has none of ours makes one", async () => {
    const { github } = talk;
    const hook = github.app.hook;
    github.loseDeliveries();
    await github.openPullRequest(removesTheFlag());
    github.app.hook = hook;
    github.rerunAllChecks(1);
    expect((await github.waitForCheck(1)).conclusion).toBe("failure");
  });
});

describe("a draft", () => {
  it("has its check at once and its comments when it is ready", async () => {
    const { github } = talk;
    await github.openPullRequest({ ...removesTheFlag(), draft: true });
    expect((await github.waitForCheck(1)).conclusion).toBe("failure");
    expect(github.reviewComments(1)).toHaveLength(0);
    github.markReady(1);
    await github.waitUntil("the comment", () => github.reviewComments(1).length === 1);
    github.convertToDraft(1);
    await talk.finish();
    expect(github.reviewComments(1)).toHaveLength(1);
  });
});

describe("a force-push", () => {
  it("leaves no check open on the head that is gone", async () => {
    const { github } = talk;
    const { headSha } = await github.openPullRequest(removesTheFlag());
    await github.forcePush(1, { "shop/text.py": "GREETING = 'hi'\n" });
    await github.waitForCheck(1);
    await talk.finish();
    expect(github.checkRuns(headSha).filter(({ status }) => status !== "completed")).toEqual([]);
  });
});
