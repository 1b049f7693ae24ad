import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  badCredentials,
  type Fault,
  first,
  primaryLimit,
  secondaryLimit,
  serverError,
} from "../../src/simulator/platform/faults.js";
import type { RequestRecord } from "../../src/simulator/platform/request-log.js";
import { type Conversation, removesTheFlag, settings, startConversation } from "./conversation.js";
import { createHeldTimers } from "./held-timers.js";

let talk: Conversation;
beforeEach(async () => {
  talk = await startConversation();
});
afterEach(() => talk.end());

const isReview = ({ method, path }: RequestRecord) => method === "POST" && /\/reviews$/.test(path);
const isQuery = ({ path }: RequestRecord) => path === "/graphql";
const isList = (number: number) => (request: RequestRecord) =>
  request.path === `/repos/acme/shop/pulls/${number}/files`;

/** Milliseconds from the first request that was refused to the next one of its installation. */
function pauseAfter(refused: (request: RequestRecord) => boolean): number {
  const { requests } = talk.github;
  const at = requests.findIndex(refused);
  const { installationId } = requests[at]!;
  const next = requests.slice(at + 1).find((one) => one.installationId === installationId)!;
  return next.at.getTime() - requests[at]!.at.getTime();
}

/** Requests alone are no news to GitHub. */
async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 1_000 && !holds(); i++) await delay(20);
  expect(holds()).toBe(true);
}

async function expectOneReview(number: number): Promise<void> {
  const { github } = talk;
  const run = await github.waitForCheck(number, undefined, 100_000);
  await talk.finish();
  expect(run.conclusion).toBe("failure");
  expect(github.reviews(number)).toHaveLength(1);
  expect(github.reviewComments(number)).toHaveLength(1);
  expect(github.checkRuns(run.headSha).map(({ status }) => status)).toEqual(["completed"]);
}

describe("GitHub's secondary limit", () => {
  it("is waited for as long as it says, and everything is written once then", async () => {
    const { github } = talk;
    github.faults.beforeRequest = first(secondaryLimit(2), isReview);
    await github.openPullRequest(removesTheFlag());
    await expectOneReview(1);
    expect(pauseAfter(({ status }) => status === 403)).toBeGreaterThanOrEqual(2_000);
    expect(github.requests.filter(isReview)).toHaveLength(2);
  });
});

describe("GitHub's primary limit", () => {
  it("stops one installation until the reset and a second more, and no other", async () => {
    await talk.end();
    const timers = createHeldTimers();
    talk = await startConversation({ timers });
    const { github } = talk;
    const north = await github.addRepository("north/shop");
    await github.delivered();
    const reset = new Date(Math.ceil(timers.now() / 1_000) * 1_000 + 60_000);
    const isOurs = (one: RequestRecord) => one.installationId === github.installation.id;
    github.faults.beforeRequest = first(primaryLimit(reset), (one) => isQuery(one) && isOurs(one));
    await github.openPullRequest(removesTheFlag());
    await until(() => github.requests.some(({ status }) => status === 403));
    const asked = () => github.requests.filter(isOurs).length;
    const before = asked();
    // As long as it may take: the clock stands still.
    await north.openPullRequest(removesTheFlag());
    await north.waitForCheck(1);
    timers.advance(reset.getTime() + 900 - timers.now());
    await north.push(1, { files: { "shop/settings.py": settings() } });
    expect((await north.waitForCheck(1)).conclusion).toBe("success");
    expect(asked()).toBe(before);
    timers.advance(60_000);
    await expectOneReview(1);
  });
});

describe("a token that GitHub takes no more", () => {
  it("is replaced once in the middle of a review, which goes on", async () => {
    const { github } = talk;
    github.faults.beforeRequest = first(badCredentials(), isReview);
    const tokens = () => github.requests.filter(({ tokenRequest }) => tokenRequest).length;
    const before = tokens();
    await github.openPullRequest(removesTheFlag());
    await expectOneReview(1);
    expect(tokens()).toBe(before + 1);
    expect(talk.asked().filter((line) => line.endsWith("/files"))).toHaveLength(1);
  });
});

describe("an installation that is deleted in the middle of a review", () => {
  it("gets two more requests at most, and no other attempt", async () => {
    const { github } = talk;
    let from = 0;
    github.faults.beforeRequest = (request) => {
      if (!isReview(request) || from > 0) return undefined;
      from = request.index;
      github.uninstall(github.installation);
      return undefined;
    };
    await github.openPullRequest(removesTheFlag());
    await until(() => from > 0);
    await talk.settled();
    expect(github.requests.length - from).toBeLessThanOrEqual(2);
  });
});

describe("a pull request whose review always fails", () => {
  it("ends with a failing check and a correlation id after five attempts, and delays nobody", async () => {
    const { github } = talk;
    const refused: Fault = { status: 422, body: { message: "no" } };
    github.faults.beforeRequest = (request) => (isList(1)(request) ? refused : undefined);
    await github.openPullRequest(removesTheFlag());
    await until(() => github.requests.some(isList(1)));
    await github.openPullRequest({ ...removesTheFlag(), title: "The neighbour" });
    await github.waitForCheck(2);
    expect(github.requests.filter(isList(1)).length).toBeLessThan(5);
    const run = await github.waitForCheck(1, undefined, 100_000);
    await talk.finish();
    expect(github.requests.filter(isList(1))).toHaveLength(5);
    expect(run.conclusion).toBe("failure");
    expect(run.summary).toMatch(/[0-9a-f]{8}/);
  }, 120_000);
});

describe("a request that GitHub never answers", () => {
  it("is given up after 15 seconds and looked at again, so that nothing is written twice", async () => {
    const { github } = talk;
    github.faults.afterEffect = first("hang", isReview);
    await github.openPullRequest(removesTheFlag());
    await expectOneReview(1);
    expect(github.requests.filter(isReview)).toHaveLength(1);
  }, 60_000);
});

describe("an outage", () => {
  it("of one request in five lets every review end, and none be written twice", async () => {
    const { github } = talk;
    let seed = 7;
    const die = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % 5;
    };
    github.faults.beforeRequest = () => (die() === 0 ? serverError(502) : undefined);
    github.faults.afterEffect = () => (die() === 0 ? "bad-gateway" : undefined);
    for (let i = 1; i <= 8; i++) {
      await github.openPullRequest({ ...removesTheFlag(), title: `Tidy up ${i}` });
    }
    for (let i = 1; i <= 8; i++) {
      expect((await github.waitForCheck(i, undefined, 200_000)).conclusion).toBe("failure");
    }
    github.faults.beforeRequest = undefined;
    github.faults.afterEffect = undefined;
    await talk.finish();
    for (let i = 1; i <= 8; i++) {
      expect(github.reviewComments(i)).toHaveLength(1);
      const runs = github.checkRuns(github.pullRequest(i).headSha);
      expect(runs.map(({ status }) => status)).toEqual(["completed"]);
    }
  }, 240_000);

  it("that ends leaves the last word to what was pushed last", async () => {
    const { github } = talk;
    await github.openPullRequest(removesTheFlag());
    await github.waitForCheck(1);
    github.faults.beforeRequest = () => serverError(503);
    await github.push(1, { files: { "shop/settings.py": settings() } });
    await until(() => github.requests.at(-1)?.status === 503);
    github.faults.beforeRequest = undefined;
    expect((await github.waitForCheck(1, undefined, 60_000)).conclusion).toBe("success");
  }, 90_000);
});
