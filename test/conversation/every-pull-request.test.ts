import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { NewPullRequest } from "../../src/simulator/pull-requests/pull-requests.js";
import { type Conversation, removesTheFlag, startConversation } from "./conversation.js";

let talk: Conversation;
beforeAll(async () => {
  talk = await startConversation();
  await talk.github.commitTo("main", removesTheFlag().base);
});
afterAll(() => talk.end());

const { base, ...weak } = removesTheFlag();
const GREETING = { title: "Greet", author: "maria", head: { "shop/text.py": "GREETING = 'hi'\n" } };

describe("every open pull request gets a completed check", () => {
  it.each<[string, NewPullRequest, string]>([
    ["without Python", { ...GREETING, head: { "README.md": "# Shop\n" } }, "success"],
    ["that changes nothing", { ...GREETING, head: {}, title: "Nothing" }, "success"],
    ["as a draft", { ...weak, draft: true, title: "Draft" }, "failure"],
    ["from a fork", { ...weak, fork: true, title: "Fork" }, "failure"],
    ["by a bot", { ...weak, author: "dependabot[bot]", title: "Bump" }, "failure"],
    ["that deletes files", { ...GREETING, head: { "shop/text.py": null } }, "success"],
  ])("%s", async (_, wanted, conclusion) => {
    const { github } = talk;
    const { number } = await github.openPullRequest(wanted);
    expect((await github.waitForCheck(number)).conclusion).toBe(conclusion);
  });

  it("closed before it was looked at, and reopened", async () => {
    const { github } = talk;
    const { hook } = github.app;
    github.loseDeliveries();
    const { number, headSha } = await github.openPullRequest({ ...weak, title: "Closed" });
    github.app.hook = hook;
    github.closePullRequest(number);
    await github.delivered();
    await github.reopenPullRequest(number);
    expect((await github.waitForCheck(number)).conclusion).toBe("failure");
    expect(github.checkRuns(headSha)).toHaveLength(1);
  });

  it("when its repository is added to the installation", async () => {
    const { github } = talk;
    const added = await github.addRepository("acme/other", { installation: null });
    const { number } = await added.openPullRequest({ ...weak, base });
    github.installation.repositories.add(added.forge.store.id);
    const { installation } = github;
    github.suspend(installation);
    github.unsuspend(installation);
    expect((await added.waitForCheck(number)).conclusion).toBe("failure");
  });
});
