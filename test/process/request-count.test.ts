import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type BotUnderTest,
  irrelevant,
  noFinding,
  startBotUnderTest,
  twoFindings,
} from "./bot-under-test.js";

let under: BotUnderTest;
beforeAll(async () => {
  under = await startBotUnderTest();
});
afterAll(() => under.end());

/** What the bot asks of GitHub while `act` happens, without the token that it fetches once an hour. */
async function requestsDuring(act: () => Promise<unknown>): Promise<string[]> {
  const before = under.world.requests.length;
  await act();
  await under.world.delivered();
  await new Promise((resolve) => setTimeout(resolve, 300));
  return under.world.requests
    .slice(before)
    .filter(({ tokenRequest }) => !tokenRequest)
    .map(({ method, path }) => `${method} ${path.replace(/\d+/g, "N")}`);
}

async function reviewOf(pullRequest: Parameters<typeof under.world.openPullRequest>[0]) {
  const { number } = await under.world.openPullRequest(pullRequest);
  await under.world.waitForCheck(number);
}

describe("a pull request", () => {
  it("without anything that can matter costs 2 requests", async () => {
    expect(await requestsDuring(() => reviewOf(irrelevant("Lower the rate")))).toEqual([
      "GET /repos/acme/shop/pulls/N/files",
      "POST /graphql",
    ]);
  });

  it("that is relevant and clean costs 3", async () => {
    expect(await requestsDuring(() => reviewOf(noFinding("Name the cookie")))).toEqual([
      "GET /repos/acme/shop/pulls/N/files",
      "POST /graphql",
      "POST /repos/acme/shop/check-runs",
    ]);
  });

  it("with findings costs 5", async () => {
    expect(await requestsDuring(() => reviewOf(twoFindings("Let members sign in")))).toEqual([
      "GET /repos/acme/shop/pulls/N/files",
      "POST /graphql",
      "POST /graphql",
      "POST /repos/acme/shop/pulls/N/reviews",
      "PATCH /repos/acme/shop/check-runs/N",
    ]);
  });

  it("costs one more, a query, when a module decides that it does not change", async () => {
    const start = "from .base import *\n\nDEBUG = False\n";
    const secure = "SESSION_COOKIE_SECURE = True\n";
    const requests = await requestsDuring(() =>
      reviewOf({
        title: "Say it once",
        author: "maria",
        base: { "site/settings/base.py": secure, "site/settings/production.py": start + secure },
        head: { "site/settings/production.py": start },
      }),
    );
    expect(requests).toEqual([
      "GET /repos/acme/shop/pulls/N/files",
      "POST /graphql",
      "POST /graphql",
      "POST /repos/acme/shop/check-runs",
    ]);
  });

  it("costs 2 again for a push that cannot matter either", async () => {
    const { number } = await under.world.openPullRequest(irrelevant("Lower it more"));
    await under.world.waitForCheck(number);
    const requests = await requestsDuring(async () => {
      await under.world.push(number, { files: { "catalogue/prices.py": "RATE = 5\n" } });
      await under.world.waitForCheck(number);
    });
    expect(requests).toHaveLength(2);
  });

  it("is asked for one token in all", () => {
    expect(under.world.requests.filter(({ tokenRequest }) => tokenRequest)).toHaveLength(1);
  });
});
