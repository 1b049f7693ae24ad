import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ReviewCommentRecord } from "../../src/simulator/platform/store.js";
import { type Conversation, removesTheFlag, settings, startConversation } from "./conversation.js";

let talk: Conversation;
beforeEach(async () => {
  talk = await startConversation();
  talk.github.setPermission("priya", "write");
  talk.github.setPermission("maria", "write");
  await talk.github.openPullRequest(removesTheFlag());
  await talk.github.waitForCheck(1);
});
afterEach(() => talk.end());

/** What someone writes under the finding, once it has its answer. */
async function say(author: string, body: string): Promise<ReviewCommentRecord> {
  const { github } = talk;
  const said = github.reply(github.reviewComments(1)[0]!, author, body);
  await github.waitUntil("the answer", () => reactionsOn(said).some((one) => one !== "eyes"));
  return said;
}

function reactionsOn(comment: ReviewCommentRecord): readonly string[] {
  return comment.reactions.map(({ content }) => content);
}

function conclusion(): string | undefined {
  const { github } = talk;
  return github.checkRuns(github.pullRequest(1).headSha).at(-1)?.conclusion;
}

describe("/accept", () => {
  it("by someone who may lets the check pass, and the check says who and why", async () => {
    const { github } = talk;
    const said = await say("priya", "/accept the cookie is set by the proxy");
    expect(reactionsOn(said)).toEqual(["eyes", "rocket"]);
    const run = await github.waitForCheck(1);
    expect(run.conclusion).not.toBe("failure");
    expect(run.summary).toContain("priya");
    expect(run.summary).toContain("the cookie is set by the proxy");
    expect(github.reviewComments(1)[0]?.body).toContain("priya");
    expect(github.checkRuns(run.headSha)).toHaveLength(1);
  });

  it("holds for the pushes after it, until the finding is gone", async () => {
    const { github } = talk;
    await say("priya", "/accept the cookie is set by the proxy");
    await github.push(1, { files: { "shop/text.py": "GREETING = 'hi'\n" } });
    expect((await github.waitForCheck(1)).conclusion).not.toBe("failure");
    await github.push(1, { files: { "shop/settings.py": settings() } });
    await github.waitForCheck(1);
    await talk.finish();
    expect(github.reviewComments(1)[0]?.body).toContain("Resolved");
  });

  it.each([
    ["the author of the pull request", "maria", "/accept I know what I do"],
    ["someone who may not write", "eve", "/accept trust me"],
    ["someone who gives no reason", "priya", "/accept"],
  ])("by %s is refused", async (_, author, body) => {
    expect(reactionsOn(await say(author, body))).toEqual(["confused"]);
    expect(conclusion()).toBe("failure");
  });

  it("in the conversation is refused", async () => {
    const { github } = talk;
    const said = github.comment(1, "priya", "/accept the cookie is set by the proxy");
    await github.waitUntil("the answer", () => said.reactions.length > 0);
    expect(said.reactions.map(({ content }) => content)).toEqual(["confused"]);
    expect(conclusion()).toBe("failure");
  });

  it("that someone else edited into a reply is not heard", async () => {
    const { github } = talk;
    const said = github.reply(github.reviewComments(1)[0]!, "priya", "Why?");
    github.editReviewComment(said, "/accept the cookie is set by the proxy", "maria");
    github.comment(1, "maria", "/rescan");
    await github.waitForCheck(1);
    await talk.finish();
    expect(said.reactions).toEqual([]);
    expect(conclusion()).toBe("failure");
  });

  it("that was lost on its way is worked off with whatever comes next", async () => {
    const { github } = talk;
    const hook = github.app.hook;
    github.loseDeliveries();
    const said = github.reply(github.reviewComments(1)[0]!, "priya", "/accept set by the proxy");
    github.app.hook = hook;
    await github.push(1, { files: { "shop/text.py": "GREETING = 'hi'\n" } });
    await github.waitUntil("the answer", () => reactionsOn(said).includes("rocket"));
    expect(conclusion()).not.toBe("failure");
  });
});

describe("/reopen", () => {
  it("by the author takes the acceptance back", async () => {
    await say("priya", "/accept the cookie is set by the proxy");
    const said = await say("maria", "/reopen");
    expect(reactionsOn(said)).toEqual(["eyes", "rocket"]);
    expect(conclusion()).toBe("failure");
    await say("priya", "/accept now it really is");
    expect(conclusion()).not.toBe("failure");
  });

  it("by a stranger is refused", async () => {
    await say("priya", "/accept the cookie is set by the proxy");
    expect(reactionsOn(await say("eve", "/reopen"))).toEqual(["confused"]);
    expect(conclusion()).not.toBe("failure");
  });
});

it("An acceptance that is written into our comment by someone else is not believed", async () => {
  const { github } = talk;
  const before = github.reviewComments(1)[0]!;
  await say("priya", "/accept the cookie is set by the proxy");
  const accepted = before.body;
  await say("maria", "/reopen");
  github.editReviewComment(before, accepted, "maria");
  const said = github.comment(1, "maria", "/rescan");
  await github.waitUntil("the rocket", () => said.reactions.length === 2);
  expect(conclusion()).toBe("failure");
});
