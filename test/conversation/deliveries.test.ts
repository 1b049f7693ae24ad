import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { first } from "../../src/simulator/platform/faults.js";
import type { Delivery } from "../../src/simulator/platform/webhooks.js";
import type { RepositoryWorld } from "../../src/simulator/repository-world.js";
import { type Conversation, removesTheFlag, settings, startConversation } from "./conversation.js";

let talk: Conversation;
beforeAll(async () => {
  talk = await startConversation();
});
afterAll(() => talk.end());

let repositories = 0;

/** A repository of its own on an account of its own, of which nothing is delivered by itself. */
async function quietRepository(): Promise<RepositoryWorld> {
  repositories += 1;
  const world = await talk.github.addRepository(`team-${repositories}/shop`);
  await talk.github.delivered();
  talk.github.holdDeliveries();
  return world;
}

/** What GitHub tells of this repository while `happens`; nothing has arrived yet. */
async function told(world: RepositoryWorld, happens: () => unknown): Promise<readonly Delivery[]> {
  const before = talk.github.deliveries.length;
  await happens();
  return talk.github.deliveries.slice(before).filter(({ event, repositoryId }) => {
    return event === "pull_request" && repositoryId === world.forge.store.id;
  });
}

async function expectOneReview(world: RepositoryWorld, number: number): Promise<void> {
  const run = await world.waitForCheck(number);
  // What comes after the check, and what should not come.
  await talk.settled();
  expect(run.conclusion).toBe("failure");
  expect(world.reviews(number)).toHaveLength(1);
  expect(world.reviewComments(number)).toHaveLength(1);
  expect(world.checkRuns(run.headSha).map(({ status }) => status)).toEqual(["completed"]);
}

describe("a delivery", () => {
  it("that comes a hundred times at once is one review", async () => {
    const world = await quietRepository();
    const [opened] = await told(world, () => world.openPullRequest(removesTheFlag()));
    const again = Array.from({ length: 100 }, () => talk.github.redeliver(opened!.guid));
    const statuses = (await Promise.all(again)).map(({ status }) => status);
    // 0: this machine was too slow for the ten seconds that GitHub waits.
    expect(new Set(statuses.filter((status) => status !== 0))).toEqual(new Set([202]));
    await expectOneReview(world, 1);
  });

  it("that comes under two ids, as from two webhooks, is one review", async () => {
    const world = await quietRepository();
    const [opened] = await told(world, () => world.openPullRequest(removesTheFlag()));
    const { event, body } = opened!;
    const ids = [randomUUID(), randomUUID()];
    const statuses = await Promise.all(ids.map((id) => talk.deliver(event, body, id)));
    expect(statuses).toEqual([202, 202]);
    await expectOneReview(world, 1);
  });

  it("whose job came to nothing is worked off when it is sent again", async () => {
    const world = await quietRepository();
    const { github } = talk;
    const gone = { status: 404, body: { message: "Not Found" } };
    const path = `/repos/${world.forge.store.owner}/shop/pulls/1/files`;
    github.faults.beforeRequest = first(gone, (request) => request.path === path);
    const [opened] = await told(world, () => world.openPullRequest(removesTheFlag()));
    await github.redeliver(opened!.guid);
    await expect.poll(() => github.requests.some((one) => one.path === path)).toBe(true);
    await talk.settled();
    expect(world.checkRuns(world.pullRequest(1).headSha)).toEqual([]);
    await github.redeliver(opened!.guid);
    await expectOneReview(world, 1);
  });

  it("that is late names a pull request, which is reviewed as it is by then", async () => {
    const world = await quietRepository();
    const [opened] = await told(world, () => world.openPullRequest(removesTheFlag()));
    const headSha = await world.push(1, { files: { "shop/settings.py": settings() } });
    await talk.github.redeliver(opened!.guid);
    const run = await world.waitForCheck(1);
    expect(run).toMatchObject({ headSha, conclusion: "success" });
    expect(world.reviewComments(1)).toEqual([]);
  });

  it("that is late adds no check to a head which a job before it came upon", async () => {
    const world = await quietRepository();
    await talk.bot.sweep();
    const [opened] = await told(world, () =>
      world.openPullRequest({ title: "A note", author: "maria", head: { "README.md": "One.\n" } }),
    );
    const [pushed] = await told(world, () => world.push(1, { files: { "README.md": "Two.\n" } }));
    await talk.github.redeliver(opened!.guid);
    const { headSha } = await world.waitForCheck(1);
    await talk.github.redeliver(pushed!.guid);
    await talk.settled();
    expect(world.checkRuns(headSha)).toHaveLength(1);
  });

  it("that is late tells of heads that closed pull requests shared, and comes to an end", async () => {
    const world = await quietRepository();
    await world.openPullRequest(removesTheFlag());
    await world.openPullRequest({ ...removesTheFlag(), sameHeadAs: 1 });
    const late = await told(world, () => world.push(1, { files: { "README.md": "Two.\n" } }));
    expect(late).toHaveLength(2);
    world.closePullRequest(1);
    world.closePullRequest(2);
    for (const { guid } of late) await talk.github.redeliver(guid);
    await talk.settled();
    expect(world.checkRuns(world.pullRequest(1).headSha)).toEqual([]);
  });
});
