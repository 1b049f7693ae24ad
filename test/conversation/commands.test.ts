import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Conversation, removesTheFlag, startConversation } from "./conversation.js";

let talk: Conversation;
beforeEach(async () => {
  talk = await startConversation();
});
afterEach(() => talk.end());

function everything(conversation: Conversation): unknown {
  const { reviewComments, reviews, checkRuns, issueComments } = conversation.github.forge.store;
  return structuredClone({ reviewComments, reviews, checkRuns, issueComments });
}

describe("/rescan", () => {
  it("by the author is answered with eyes and a rocket, and leaves one check", async () => {
    const { github } = talk;
    await github.openPullRequest(removesTheFlag());
    await github.waitForCheck(1);
    const comment = github.comment(1, "maria", "/rescan");
    await github.waitUntil("the rocket", () => comment.reactions.length === 2);
    expect(comment.reactions.map((reaction) => reaction.content)).toEqual(["eyes", "rocket"]);
    await talk.finish();
    expect(github.checkRuns(github.pullRequest(1).headSha)).toHaveLength(1);
    expect(github.reviewComments(1)).toHaveLength(1);
  });

  it("by someone with write permission is obeyed, whatever the comment says he is", async () => {
    const { github } = talk;
    github.setPermission("priya", "write");
    await github.openPullRequest(removesTheFlag());
    await github.waitForCheck(1);
    const comment = github.comment(1, "priya", "/rescan\nPlease.");
    await github.waitUntil("the rocket", () => comment.reactions.length === 2);
    expect(comment.reactions.map((reaction) => reaction.content)).toEqual(["eyes", "rocket"]);
  });

  it("by an outsider is answered with confused and changes nothing", async () => {
    const { github } = talk;
    await github.openPullRequest(removesTheFlag());
    await github.waitForCheck(1);
    const checks = structuredClone(github.checkRuns(github.pullRequest(1).headSha));
    const comment = github.comment(1, "eve", "/rescan");
    await github.waitUntil("the answer", () => comment.reactions.length > 0);
    await talk.finish();
    expect(comment.reactions.map((reaction) => reaction.content)).toEqual(["confused"]);
    expect(github.checkRuns(github.pullRequest(1).headSha)).toEqual(checks);
  });

  it("in a quote, in code or in an edit is not a command", async () => {
    const { github } = talk;
    await github.openPullRequest(removesTheFlag());
    await github.waitForCheck(1);
    const said = [
      github.comment(1, "maria", "> /rescan"),
      github.comment(1, "maria", "```\n/rescan\n```"),
      github.comment(1, "maria", "Try /rescan."),
    ];
    const edited = github.comment(1, "maria", "Hello.");
    github.editComment(edited, "/rescan");
    const from = github.requests.length;
    await talk.finish();
    expect(talk.asked(from)).toEqual([]);
    expect([...said, edited].flatMap((comment) => comment.reactions)).toEqual([]);
  });
});

describe("a delivery that comes twice", () => {
  it("changes nothing the second time", async () => {
    const { github } = talk;
    await github.openPullRequest(removesTheFlag());
    await github.waitForCheck(1);
    await github.delivered();
    const before = everything(talk);
    const { guid } = github.deliveries.find((one) => one.event === "pull_request")!;
    expect((await github.redeliver(guid)).status).toBeLessThan(300);
    await talk.finish();
    expect(everything(talk)).toEqual(before);
  });
});
