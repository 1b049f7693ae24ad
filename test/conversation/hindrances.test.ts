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
});
afterEach(() => talk.end());

const LOCKED = {
  status: 403,
  body: { message: "Unable to create comment because issue is locked." },
};

describe("a pull request whose conversation is locked", () => {
  it("gets its verdict all the same, and the check says what has no comment", async () => {
    const { github } = talk;
    github.faults.beforeRequest = ({ method, path }) =>
      method === "POST" && /\/pulls\/\d+\/(?:reviews|comments)$/.test(path) ? LOCKED : undefined;
    await github.openPullRequest(removesTheFlag());
    const run = await github.waitForCheck(1);
    expect(run.conclusion).toBe("failure");
    expect(run.summary).toContain("### Without a comment");
    await talk.finish();
    const refused = talk.asked().filter((request) => /\/(?:reviews|comments)$/.test(request));
    expect(refused).toHaveLength(1);
  });

  it("gets its comments with the first review after it is unlocked", async () => {
    const { github } = talk;
    let locked = true;
    github.faults.beforeRequest = ({ method, path }) =>
      locked && method === "POST" && path.endsWith("/reviews") ? LOCKED : undefined;
    await github.openPullRequest(removesTheFlag());
    await github.waitForCheck(1);
    locked = false;
    github.comment(1, "maria", "/rescan");
    await github.waitUntil("the comment", () => github.reviewComments(1).length === 1);
    await talk.finish();
    expect(github.checkRuns(github.pullRequest(1).headSha)).toMatchObject([
      { status: "completed", conclusion: "failure" },
    ]);
  });
});

describe("a head that came to the default branch by another pull request", () => {
  it("keeps the worst verdict of those that bring it elsewhere, though GitHub names none of them", async () => {
    const { github } = talk;
    await github.commitTo("main", removesTheFlag().base);
    await github.commitTo("release", { "shop/text.py": "GREETING = 'hey'\n" });
    await github.commitTo("legacy", { "shop/settings.py": settings(FLAG) });
    await github.openPullRequest({
      title: "Greet",
      author: "maria",
      baseBranch: "legacy",
      head: { "shop/text.py": "GREETING = 'hi'\n" },
    });
    await github.openPullRequest({ title: "Greet all", author: "maria", sameHeadAs: 1 });
    await github.waitForCheck(2, (run) => run.conclusion === "failure");
    await github.merge(2);
    await github.openPullRequest({
      title: "Greet there",
      author: "maria",
      sameHeadAs: 1,
      baseBranch: "release",
    });
    await github.waitForCheck(3, (run) => run.externalId.startsWith("cyclekey:3:"));
    const said = github.comment(1, "maria", "/rescan");
    await github.waitUntil("the rocket", () => said.reactions.length === 2);
    const run = await github.waitForCheck(1);
    expect(run.externalId).toMatch(/^cyclekey:1:/);
    expect(run.conclusion).toBe("failure");
    expect(run.summary).toContain("#3 into `release`");
  });
});

describe("a head on which workflows of the author have runs of our name", () => {
  it("keeps the one run of ours, however many they are", async () => {
    const { github } = talk;
    await github.openPullRequest(removesTheFlag());
    const own = await github.waitForCheck(1);
    const foreign = Array.from({ length: 25 }, (_, index) => ({
      ...own,
      id: own.id * 1_000 + index,
      suiteId: own.suiteId * 1_000 + index,
      appId: own.appId + 1,
      externalId: "",
    }));
    github.forge.store.checkRuns.unshift(...foreign);
    const said = github.comment(1, "maria", "/rescan");
    await github.waitUntil("the rocket", () => said.reactions.length === 2);
    await talk.finish();
    const runs = github.checkRuns(own.headSha).filter(({ appId }) => appId === own.appId);
    expect(runs).toHaveLength(1);
  });
});

describe("a thread that a stranger fills with replies", () => {
  it("is read to its end, so that who may accept is heard", async () => {
    const { github } = talk;
    github.setPermission("priya", "write");
    await github.openPullRequest(removesTheFlag());
    await github.waitForCheck(1);
    const [comment] = github.reviewComments(1);
    for (let count = 0; count < 120; count++) github.reply(comment!, "eve", "Why?");
    const said = github.reply(comment!, "priya", "/accept the cookie is set by the proxy");
    await github.waitUntil("the rocket", () => said.reactions.length === 2);
    expect((await github.waitForCheck(1)).conclusion).not.toBe("failure");
    await talk.finish();
    expect(github.reviewComments(1).filter(({ author }) => author.type === "Bot")).toHaveLength(1);
  });
});

describe("a setting that is weakened behind more imports than a review follows", () => {
  it("does not pass, and the check says where it stopped", async () => {
    const { github } = talk;
    const parts = Array.from({ length: 8 }, (_, index) => [
      `shop/part${index + 1}.py`,
      index === 7 ? "SESSION_COOKIE_SECURE = False\n" : `from .part${index + 2} import *\n`,
    ]);
    await github.commitTo("main", {
      "shop/settings.py": settings(),
      ...Object.fromEntries(parts),
    });
    await github.openPullRequest({
      title: "Split the settings",
      author: "maria",
      head: { "shop/settings.py": `${settings()}from .part1 import *\n` },
    });
    const run = await github.waitForCheck(1);
    expect(run.conclusion).toBe("failure");
    expect(run.summary).toContain("`shop/part4.py`");
  });
});
