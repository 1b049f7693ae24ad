import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type Conversation,
  FLAG,
  removesTheFlag,
  settings,
  startConversation,
} from "./conversation.js";

let talk: Conversation;
beforeEach(async () => {
  talk = await startConversation();
  talk.github.setPermission("priya", "write");
  talk.github.requireCheck("main", talk.github.app.id);
});
afterEach(() => talk.end());

describe("a merge queue", () => {
  it("gets a verdict on what it is going to merge, and merges", async () => {
    const { github } = talk;
    const { base } = removesTheFlag();
    const head = { "shop/settings.py": `${settings()}SESSION_COOKIE_NAME = "shop"\n` };
    await github.openPullRequest({ title: "Name it", author: "maria", base, head });
    await github.waitForCheck(1);
    const entry = await github.enqueue(1);
    const run = await github.waitForCheckOn(entry.headSha);
    expect(run.conclusion).toBe("success");
    expect(run.externalId).toBe(`cyclekey:merge-group:${entry.baseSha}:${entry.headSha}`);
    await github.waitUntil("the merge", () => entry.state === "merged");
  });

  it("gets one at once where nothing can matter", async () => {
    const { github } = talk;
    const { base } = removesTheFlag();
    const head = { "shop/text.py": "GREETING = 'hi'\n" };
    await github.openPullRequest({ title: "Greet", author: "maria", base, head });
    await github.waitForCheck(1);
    const entry = await github.enqueue(1);
    await github.waitUntil("the merge", () => entry.state === "merged");
  });

  it("is told of what only the two together make worse", async () => {
    const { github } = talk;
    const base = {
      "shop/settings/base.py": settings(),
      "shop/settings/production.py": `from .base import *\n\n${FLAG}\n`,
    };
    const first = { "shop/settings/production.py": "from .base import *\n" };
    const second = { "shop/settings/base.py": settings(FLAG) };
    await github.openPullRequest({ title: "Once", author: "maria", base, head: first });
    await github.openPullRequest({ title: "Twice", author: "maria", base, head: second });
    expect((await github.waitForCheck(1)).conclusion).not.toBe("failure");
    expect((await github.waitForCheck(2)).conclusion).not.toBe("failure");
    const one = await github.enqueue(1);
    await github.waitUntil("the merge", () => one.state === "merged");
    const two = await github.enqueue(2);
    expect((await github.waitForCheckOn(two.headSha)).conclusion).toBe("failure");
    await github.waitUntil("the end", () => two.state === "failed");
    await talk.finish();
    expect(github.reviewComments(2)).toHaveLength(0);
  });

  it("counts what was accepted on the pull request", async () => {
    const { github } = talk;
    await github.openPullRequest(removesTheFlag());
    await github.waitForCheck(1);
    const said = github.reply(github.reviewComments(1)[0]!, "priya", "/accept set by the proxy");
    await github.waitUntil("the rocket", () => said.reactions.length === 2);
    const entry = await github.enqueue(1, "priya");
    const run = await github.waitForCheckOn(entry.headSha);
    expect(run.conclusion).not.toBe("failure");
    expect(run.summary).toContain("set by the proxy");
    await github.waitUntil("the merge", () => entry.state === "merged");
  });
});
