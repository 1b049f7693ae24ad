import { afterEach, describe, expect, it } from "vitest";
import { type Fetch, fetchSameOrigin } from "../../src/github/client/fetch.js";
import { serverError } from "../../src/simulator/platform/faults.js";
import type { Delivery } from "../../src/simulator/platform/webhooks.js";
import {
  type Asked,
  type Conversation,
  FLAG,
  REQUESTS,
  removesTheFlag,
  settings,
  startConversation,
} from "./conversation.js";
import { createHurriedTimers } from "./hurried-timers.js";

let talk: Conversation;
afterEach(() => talk.end());

const MINUTE = 60_000;

const isAboutPull = ({ event }: Delivery) => event === "pull_request";

async function expectOneReview(number: number): Promise<void> {
  const { github } = talk;
  const run = await github.waitForCheck(number, ({ title }) => title === "1 error");
  expect(github.reviewComments(number)).toHaveLength(1);
  expect(github.checkRuns(run.headSha).map(({ status }) => status)).toEqual(["completed"]);
}

describe("an outage of two hours", () => {
  it("is heard through, and what it held up is reviewed when it ends", async () => {
    const timers = createHurriedTimers(3_600);
    talk = await startConversation({ timers });
    const { github } = talk;
    const began = timers.now();
    github.faults.beforeRequest = () =>
      timers.now() - began < 120 * MINUTE ? serverError(503) : undefined;
    const numbers = [1, 2, 3, 4, 5, 6];
    for (const number of numbers) {
      await github.openPullRequest({ ...removesTheFlag(), title: `Tidy up ${number}` });
    }
    await github.push(1, { files: { "shop/settings.py": settings(FLAG, "USE_TZ = True") } });
    for (const number of numbers) await expectOneReview(number);
    expect(timers.now() - began).toBeGreaterThan(120 * MINUTE);
    for (const { status, milliseconds } of github.deliveries.filter(isAboutPull)) {
      expect(status).toBe(202);
      expect(milliseconds).toBeLessThan(1_000);
    }
  });
});

describe("deliveries that are all lost", () => {
  it("leave every open pull request with a completed check after five minutes", async () => {
    const timers = createHurriedTimers(200);
    talk = await startConversation({ timers });
    const { github } = talk;
    await github.openPullRequest(removesTheFlag());
    await expectOneReview(1);
    github.loseDeliveries();
    /** By number: how much had been asked when it happened. */
    const since = new Map<number, number>();
    await github.push(1, { files: { "shop/settings.py": settings() } });
    since.set(1, github.requests.length);
    await github.openPullRequest({ ...removesTheFlag(), title: "Draft", draft: true });
    since.set(2, github.requests.length);
    const greeting = { "shop/text.py": "GREETING = 'hi'\n" };
    await github.openPullRequest({ title: "Greet", author: "maria", head: greeting });
    since.set(3, github.requests.length);
    expect((await github.waitForCheck(1)).conclusion).toBe("success");
    expect((await github.waitForCheck(2)).conclusion).toBe("failure");
    expect((await github.waitForCheck(3)).conclusion).toBe("success");
    for (const [number, from] of since) {
      // The first sweep that began after it found it; they are five minutes apart, give or take.
      const paths = github.requests.slice(from).map(({ path }) => path);
      const found = paths.indexOf(`/repos/acme/shop/pulls/${number}/files`);
      const sweeps = paths.slice(0, found).filter((path) => path === "/app/installations");
      expect(found).toBeGreaterThan(-1);
      expect(sweeps.length).toBeLessThanOrEqual(1);
    }
  });
});

describe("an answer that never comes", () => {
  it("to any request of a review is given up, and nothing is written twice", async () => {
    let hangs: ((request: Asked) => boolean) | undefined;
    const fetch: Fetch = async (url, init) => {
      const answer = await fetchSameOrigin(url, init);
      const path = new URL(url).pathname.replace(/^\/api(\/v3)?/, "");
      if (!hangs?.({ path, body: String(init?.body ?? "") })) return answer;
      hangs = undefined;
      await answer.body?.cancel();
      throw new DOMException("The operation was aborted due to timeout", "TimeoutError");
    };
    talk = await startConversation({ fetch, timers: createHurriedTimers(20) });
    const { github } = talk;
    await github.commitTo("main", removesTheFlag().base);
    for (const [name, chosen] of REQUESTS) {
      hangs = chosen;
      const { head, author } = removesTheFlag();
      const { number } = await github.openPullRequest({ title: `Without ${name}`, head, author });
      await expectOneReview(number);
      expect(hangs).toBeUndefined();
    }
  });
});
