import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GitHubWorld } from "../../src/simulator/world.js";
import { type BotUnderTest, irrelevant, startBotUnderTest, twoFindings } from "./bot-under-test.js";

/** File list, query, check run, review, completed check run. The token is there from the sweep. */
const REQUESTS_OF_A_SCAN = 5;
/** File list, completed check run. */
const REQUESTS_OF_A_LOOK = 2;

let under: BotUnderTest;
beforeAll(async () => {
  under = await startBotUnderTest();
});
afterAll(() => under.end());

const points = Array.from({ length: REQUESTS_OF_A_SCAN }, (_, index) => index).flatMap((index) =>
  (["before", "after"] as const).map((moment) => ({ index, moment })),
);

/** Kills the bot at its n-th request from now, before or after that request had its effect. */
function killAt(under: BotUnderTest, index: number, moment: "before" | "after"): Promise<void> {
  const { world, bot } = under;
  const first = world.requests.length;
  return new Promise((resolve) => {
    world.faults[moment === "before" ? "beforeRequest" : "afterEffect"] = async (request) => {
      if (request.index !== first + index) return undefined;
      world.faults.beforeRequest = undefined;
      world.faults.afterEffect = undefined;
      await bot.kill();
      resolve();
      return "drop";
    };
  });
}

async function deliverAgain(world: GitHubWorld): Promise<void> {
  const last = world.deliveries.findLast(({ event }) => event === "pull_request")!;
  await world.redeliver(last.guid);
}

describe("a bot that is killed and started again", () => {
  it("makes as many requests in a scan as are cut here", async () => {
    const before = under.world.requests.length;
    const { number } = await under.world.openPullRequest(twoFindings("Uncut"));
    await under.world.waitForCheck(number);
    expect(under.world.requests).toHaveLength(before + REQUESTS_OF_A_SCAN);
  });

  it.each(points)(
    "$moment request $index leaves one comment for each finding and one completed check",
    async ({ index, moment }) => {
      const killed = killAt(under, index, moment);
      const pull = await under.world.openPullRequest(twoFindings(`Cut ${moment} ${index}`));
      await killed;
      await under.restart();
      await deliverAgain(under.world);
      const run = await under.world.waitForCheck(pull.number);
      await under.world.delivered();
      expect(run.conclusion).toBe("failure");
      expect(
        under.world
          .reviewComments(pull.number)
          .map(({ path }) => path)
          .sort(),
      ).toEqual(["accounts/views.py", "shop/settings.py"]);
      expect(under.world.checkRuns(run.headSha).map(({ status }) => status)).toEqual(["completed"]);
      await under.bot.kill();
      await under.restart();
    },
  );

  it("shows one completed check where nothing can matter, wherever it was cut", async () => {
    for (const { index, moment } of points.filter(({ index }) => index < REQUESTS_OF_A_LOOK)) {
      const killed = killAt(under, index, moment);
      const pull = await under.world.openPullRequest(irrelevant(`Cut off ${moment} ${index}`));
      await killed;
      await under.restart();
      await deliverAgain(under.world);
      const run = await under.world.waitForCheck(pull.number);
      expect(run.conclusion).toBe("success");
      await under.world.delivered();
      expect(under.world.checkRuns(run.headSha).map(({ status }) => status)).toEqual(["completed"]);
      await under.bot.kill();
      await under.restart();
    }
  });
}, 240_000);
