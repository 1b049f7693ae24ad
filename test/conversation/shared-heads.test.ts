import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CheckRunRecord } from "../../src/simulator/platform/store.js";
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
  // Every branch starts here.
  await talk.github.commitTo("main", removesTheFlag().base);
});
afterEach(() => talk.end());

const WEAK = { "shop/settings.py": settings(FLAG) };

/** The one run of ours on the head of the pull request. */
function onlyRun(number: number): CheckRunRecord {
  const { github } = talk;
  const runs = github.checkRuns(github.pullRequest(number).headSha);
  expect(runs).toHaveLength(1);
  return runs[0]!;
}

async function until(number: number, conclusion: string): Promise<CheckRunRecord> {
  const { github } = talk;
  return await github.waitForCheck(number, (run) => run.conclusion === conclusion);
}

/** One into a branch that is stricter than `main`, and the same head into `main`. */
async function openIntoStrictAndMain(): Promise<void> {
  const { github } = talk;
  await github.commitTo("main", { ...removesTheFlag().base, ...WEAK });
  const pull = removesTheFlag({ "shop/text.py": "GREETING = 'hi'\n" });
  await github.openPullRequest({ ...pull, baseBranch: "strict" });
  await until(1, "failure");
  await github.openPullRequest({ title: "The same into main", author: "maria", sameHeadAs: 1 });
  const run = await github.waitForCheck(2, (one) => one.externalId.startsWith("cyclekey:2:"));
  expect(run.conclusion).toBe("failure");
}

describe("two pull requests with one head", () => {
  it("share one check, and the worse verdict", async () => {
    const { github } = talk;
    // Opened into a branch that is as weak already, so nothing is new there.
    await github.commitTo("legacy", WEAK);
    await github.openPullRequest({
      title: "Greet",
      author: "maria",
      baseBranch: "legacy",
      head: { "shop/text.py": "GREETING = 'hi'\n" },
    });
    await github.openPullRequest({ title: "Greet all", author: "maria", sameHeadAs: 1 });
    await until(2, "failure");
    await talk.finish();
    expect(onlyRun(1).conclusion).toBe("failure");
  });

  it("fail for what one of them makes worse on its own base", async () => {
    await openIntoStrictAndMain();
    expect(onlyRun(2).summary).toContain("#1 into `strict`");
  });

  it("stay failed whichever of them is looked at last", async () => {
    const { github } = talk;
    await github.openPullRequest(removesTheFlag());
    await github.waitForCheck(1);
    await github.commitTo("legacy", WEAK);
    await github.openPullRequest({
      title: "Tidy up",
      author: "maria",
      sameHeadAs: 1,
      baseBranch: "legacy",
    });
    await github.delivered();
    for (const number of [1, 2, 1]) {
      const said = github.comment(number, "maria", "/rescan");
      await github.waitUntil("the rocket", () => said.reactions.length === 2);
      expect(onlyRun(1).conclusion).toBe("failure");
    }
    expect(onlyRun(2).summary).toContain("#2");
  });

  it("fail in every order of their deliveries, also at once", async () => {
    const { github } = talk;
    github.holdDeliveries();
    for (const [first, second, apart] of [
      [0, 1, true],
      [1, 0, true],
      [0, 1, false],
      [1, 0, false],
    ] as const) {
      const world = await github.addRepository(`acme/${first}-${second}-${apart}`);
      await world.commitTo("main", removesTheFlag().base);
      await world.commitTo("legacy", WEAK);
      const { headSha } = await world.openPullRequest(removesTheFlag());
      const again = { title: "Again", author: "maria", sameHeadAs: 1, baseBranch: "legacy" };
      await world.openPullRequest(again);
      const told = github.deliveries.filter(({ event }) => event === "pull_request").slice(-2);
      await github.redeliver(told[first]!.guid);
      if (apart) await world.waitForCheckOn(headSha);
      await github.redeliver(told[second]!.guid);
      const { number } = [1, 2].map(world.pullRequest)[second]!;
      const run = await world.waitForCheck(number, ({ externalId }) =>
        externalId.startsWith(`cyclekey:${number}:`),
      );
      expect(run.conclusion).toBe("failure");
      expect(world.checkRuns(headSha)).toEqual([run]);
    }
  });

  it("are judged without the one that is closed", async () => {
    const { github } = talk;
    await github.openPullRequest(removesTheFlag());
    await until(1, "failure");
    await github.openPullRequest({ title: "Tidy up", author: "maria", sameHeadAs: 1 });
    await github.waitUntil("a look at both", () => onlyRun(2).externalId.startsWith("cyclekey:2:"));
    const said = github.comment(1, "maria", "/rescan");
    await github.waitUntil("the rocket", () => said.reactions.length === 2);
    expect(onlyRun(2).externalId).toMatch(/^cyclekey:1:/);
    github.closePullRequest(1);
    await github.waitUntil("the check of the other", () => {
      const { headSha, baseSha } = github.pullRequest(2);
      return onlyRun(2).externalId === `cyclekey:2:${baseSha}:${headSha}`;
    });
    await talk.finish();
  });
});

describe("a pull request whose head another one shared that was closed unheard", () => {
  it("is judged alone after the next sweep", async () => {
    const { github, bot } = talk;
    await openIntoStrictAndMain();
    await github.delivered();
    github.loseDeliveries();
    // Nothing but the end of the other one tells that its check is out of date.
    github.pullRequest(2).updatedAt = new Date(Date.now() - 60_000);
    github.closePullRequest(1);
    await bot.sweep();
    await until(2, "success");
  });
});

describe("a pull request whose head another one shares that goes elsewhere", () => {
  it("is judged anew", async () => {
    const { github } = talk;
    await openIntoStrictAndMain();
    const { headSha } = github.pullRequest(1);
    await github.retarget(1, "main");
    await until(2, "success");
    expect(github.pullRequest(1).headSha).toBe(headSha);
  });
});

describe("a pull request into a weak branch", () => {
  it("is held against the default branch too, before and after it is turned around", async () => {
    const { github } = talk;
    await github.openPullRequest({ ...removesTheFlag(), baseBranch: "legacy" });
    await until(1, "failure");
    await github.commitTo("old", WEAK);
    await github.retarget(1, "old");
    const { headSha } = github.pullRequest(1);
    await github.waitForCheck(1, (run) => run.externalId.includes(github.pullRequest(1).baseSha));
    expect(onlyRun(1).conclusion).toBe("failure");
    expect(onlyRun(1).summary).toContain("main");
    await github.retarget(1, "main");
    const { baseSha } = github.pullRequest(1);
    await github.waitForCheck(1, (run) => run.externalId === `cyclekey:1:${baseSha}:${headSha}`);
    await talk.finish();
    expect(onlyRun(1).conclusion).toBe("failure");
    expect(github.reviewComments(1)).toHaveLength(1);
  });
});
