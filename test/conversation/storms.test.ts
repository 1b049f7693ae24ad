import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { IssueCommentRecord } from "../../src/simulator/platform/store.js";
import { type Conversation, removesTheFlag, startConversation } from "./conversation.js";

let talk: Conversation;
beforeAll(async () => {
  talk = await startConversation();
  await talk.github.openPullRequest(removesTheFlag());
  await talk.github.waitForCheck(1);
});
afterAll(() => talk.end());

function answers(comments: readonly IssueCommentRecord[]): readonly string[] {
  return comments.flatMap(({ reactions }) => reactions.map(({ content }) => content));
}

describe("a storm of /rescan", () => {
  it("by the author is answered a few times a minute, by reactions alone", async () => {
    const { github } = talk;
    const from = github.requests.length;
    const said = Array.from({ length: 40 }, () => github.comment(1, "maria", "/rescan"));
    await talk.settled();
    expect(answers(said).toSorted()).toEqual([
      "eyes",
      "eyes",
      "eyes",
      "rocket",
      "rocket",
      "rocket",
    ]);
    expect(github.requests.length - from).toBeLessThan(40);
    expect(github.checkRuns(github.pullRequest(1).headSha)).toHaveLength(1);
    expect(github.reviewComments(1)).toHaveLength(1);
    expect(github.forge.store.issueComments).toHaveLength(said.length);
  });

  it("by a stranger does not use up what the others may do", async () => {
    const { github } = talk;
    github.setPermission("priya", "write");
    const storm = Array.from({ length: 40 }, () => github.comment(1, "eve", "/rescan"));
    const said = github.comment(1, "priya", "/rescan");
    await talk.settled();
    expect(answers([said])).toContain("rocket");
    expect(new Set(answers(storm))).toEqual(new Set(["confused"]));
    expect(answers(storm).length).toBeLessThanOrEqual(3);
  });
});
