import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BotUnderTest, irrelevant, startBotUnderTest, twoFindings } from "./bot-under-test.js";

const JOBS = 20;

let under: BotUnderTest;
beforeEach(async () => {
  under = await startBotUnderTest();
});
afterEach(() => under.end());

/** Opens pull requests and delivers them all at once. */
async function openAtOnce(): Promise<readonly number[]> {
  const { world } = under;
  const before = world.deliveries.length;
  world.holdDeliveries();
  const numbers: number[] = [];
  for (let i = 0; i < JOBS; i++) {
    const open = i % 2 === 0 ? twoFindings : irrelevant;
    numbers.push((await world.openPullRequest(open(`Change ${i}`))).number);
  }
  const waiting = world.deliveries.slice(before).filter(({ event }) => event === "pull_request");
  await Promise.all(waiting.map(({ guid }) => world.redeliver(guid)));
  expect(completed()).toBeLessThan(JOBS);
  return numbers;
}

function completed(): number {
  return under.world.forge.store.checkRuns.filter(({ status }) => status === "completed").length;
}

async function expectOnce(numbers: readonly number[]): Promise<void> {
  const { world } = under;
  for (const number of numbers) {
    const run = await world.waitForCheck(number, undefined, 60_000);
    expect(world.checkRuns(run.headSha).map(({ status }) => status)).toEqual(["completed"]);
    expect(world.reviewComments(number)).toHaveLength(run.conclusion === "failure" ? 2 : 0);
  }
}

describe("a bot that is told to stop with 20 reviews before it", () => {
  it("says at once that it is not ready, ends within 30 seconds and has lost nothing", async () => {
    const { world, bot } = under;
    // Slow enough for some to be unfinished.
    world.faults.beforeRequest = async () => {
      await delay(100);
      return undefined;
    };
    const numbers = await openAtOnce();
    const stopped = Date.now();
    process.kill(bot.pid, "SIGTERM");
    const ready = await waitForRefusal(new URL("/readyz", bot.webhookUrl));
    expect(ready - stopped).toBeLessThan(2_000);
    expect(await bot.exitCode).toBe(0);
    expect(Date.now() - stopped).toBeLessThan(30_000);
    world.faults.beforeRequest = undefined;
    await expectOnce(numbers);
  }, 120_000);

  it("leaves what it cannot end to the next one, when GitHub hangs", async () => {
    const { world, bot } = under;
    world.faults.beforeRequest = () => "hang";
    const numbers = await openAtOnce();
    const stopped = Date.now();
    process.kill(bot.pid, "SIGTERM");
    expect(await bot.exitCode).toBe(0);
    expect(Date.now() - stopped).toBeLessThan(30_000);
    world.faults.beforeRequest = undefined;
    await under.restart();
    await expectOnce(numbers);
  }, 120_000);
});

describe("a check that a killed bot left in progress", () => {
  it("is completed by the next one within a minute, without another delivery", async () => {
    const { world, bot } = under;
    const killed = new Promise<void>((resolve) => {
      world.faults.afterEffect = async ({ path, body }) => {
        const opens = path === "/graphql" && body.includes('"status":"IN_PROGRESS"');
        if (!opens) return undefined;
        world.faults.afterEffect = undefined;
        await bot.kill();
        resolve();
        return "drop";
      };
    });
    const { number, headSha } = await world.openPullRequest(twoFindings("Cut short"));
    await killed;
    await world.delivered();
    expect(world.checkRuns(headSha).map(({ status }) => status)).toEqual(["in_progress"]);
    world.loseDeliveries();
    const started = Date.now();
    await under.restart();
    const run = await world.waitForCheck(number, undefined, 60_000);
    expect(Date.now() - started).toBeLessThan(60_000);
    expect(run.conclusion).toBe("failure");
    expect(world.checkRuns(headSha)).toHaveLength(1);
    expect(world.reviewComments(number)).toHaveLength(2);
  }, 120_000);
});

/** When the bot no longer said that it is ready. */
async function waitForRefusal(url: URL): Promise<number> {
  for (let i = 0; i < 500; i++) {
    const status = await fetch(url).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status !== 200) return Date.now();
    await delay(10);
  }
  throw new Error("the bot stayed ready");
}
