import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RequestRecord } from "../../src/simulator/platform/request-log.js";
import { type BotUnderTest, startBotUnderTest } from "./bot-under-test.js";
import { commentsOf, createScenarios, runsOf, type Scenario } from "./crash-scenarios.js";

/** Where a process ended: around one request of a job, or before GitHub could deliver the event. */
interface Cut {
  readonly moment: "before" | "after" | "down";
  readonly index: number;
}

interface Row {
  readonly scenario: string;
  readonly request: number | "-";
  readonly route: string;
  readonly cut: Cut["moment"];
  /** Of the process after it, those of the sweep aside. */
  readonly requests: number;
  readonly duplicates: number;
  readonly openChecks: number;
}

let under: BotUnderTest;
const rows: Row[] = [];
beforeAll(async () => {
  under = await startBotUnderTest();
  under.world.setPermission("priya", "write");
});
afterAll(async () => {
  process.stdout.write(`\n${renderRows().join("\n")}\n`);
  await under.end();
});

function renderRows(): readonly string[] {
  const head =
    "scenario          | request                                | cut    | asked | doubled | open";
  const lines = rows.map(({ scenario, request, route, cut, requests, duplicates, openChecks }) =>
    [
      scenario.padEnd(17),
      `${request} ${route}`.padEnd(38),
      cut.padEnd(6),
      String(requests).padStart(5),
      String(duplicates).padStart(7),
      String(openChecks).padStart(4),
    ].join(" | "),
  );
  return [head, head.replace(/[^|]/g, "-"), ...lines];
}

/** The sweep and the tokens aside. */
function isOfJob({ path, body, tokenRequest }: RequestRecord): boolean {
  if (tokenRequest || path.startsWith("/app/") || path.startsWith("/installation/")) return false;
  return !body.includes("nodes(ids: $ids)");
}

function routeOf({ method, path, body }: RequestRecord): string {
  if (path !== "/graphql")
    return `${method} ${path.replace("/repos/acme/shop/", "").replace(/\d+/g, "{n}")}`;
  const [, mutation] = /mutation\([^{]*\{\s*(?:\\n)?\s*(\w+)\(/.exec(body) ?? [];
  return mutation === undefined ? "query" : `mutation ${mutation}`;
}

function requestsOfJobs(from: number): readonly RequestRecord[] {
  return under.world.requests.slice(from).filter(isOfJob);
}

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 30_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error("waited 30 s in vain");
    await sleep(20);
  }
}

/** Nothing is under way, and nothing was asked for a while. */
async function quiet(): Promise<void> {
  let seen = -1;
  while (seen !== under.world.requests.length) {
    seen = under.world.requests.length;
    await under.world.delivered();
    await sleep(400);
  }
}

/** Kills the bot around the n-th request of a job from now on; resolves with that request. */
function killAt({ moment, index }: Cut): Promise<RequestRecord> {
  const { world, bot } = under;
  let count = 0;
  return new Promise((resolve) => {
    world.faults[moment === "before" ? "beforeRequest" : "afterEffect"] = async (request) => {
      if (!isOfJob(request) || count++ !== index) return undefined;
      world.faults.beforeRequest = undefined;
      world.faults.afterEffect = undefined;
      await bot.kill();
      resolve(request);
      return "drop";
    };
  });
}

async function actAndDie(
  { prepare, act }: Scenario,
  cut: Cut,
): Promise<{ readonly number: number; readonly request: RequestRecord | undefined }> {
  const subject = await prepare(`Cut ${cut.moment} ${cut.index}`);
  if (cut.moment === "down") {
    await under.bot.kill();
    return { number: await act(subject), request: undefined };
  }
  const killed = killAt(cut);
  const number = await act(subject);
  return { number, request: await killed };
}

/** How many of ours stand twice: comments in one place, check runs on one commit. */
function countDuplicates(number: number): number {
  const { world } = under;
  const places = commentsOf(world, number).map(({ path }) => path);
  const commits = runsOf(world, number).map(({ headSha }) => headSha);
  return [places, commits].reduce((sum, all) => sum + all.length - new Set(all).size, 0);
}

async function die(scenario: Scenario, cut: Cut): Promise<Row> {
  const { world } = under;
  const { number, request } = await actAndDie(scenario, cut);
  await world.delivered();
  const event = world.deliveries.findLast(({ event, body }) => isAbout(event, body, number));
  const from = world.requests.length;
  await under.restart();
  await until(() => scenario.isDone(number));
  await quiet();
  scenario.expectEnd(number);
  // What was acknowledged comes no second time; what was not is asked for.
  const again = world.deliveries.filter(
    ({ guid, redelivery }) => redelivery && guid === event?.guid,
  );
  expect([event?.status, again.length]).toEqual(cut.moment === "down" ? [0, 1] : [202, 0]);
  // Quietly: the next rows are not about this one.
  world.pullRequest(number).state = "closed";
  return {
    scenario: scenario.name,
    request: cut.moment === "down" ? "-" : cut.index,
    route: request === undefined ? "delivery" : routeOf(request),
    cut: cut.moment,
    requests: requestsOfJobs(from).length,
    duplicates: countDuplicates(number),
    openChecks: runsOf(world, number).filter(({ status }) => status !== "completed").length,
  };
}

/** A delivery that a person caused on that pull request. */
function isAbout(event: string, body: string, number: number): boolean {
  if (event !== "pull_request" && event !== "pull_request_review_comment") return false;
  const payload = JSON.parse(body) as {
    readonly pull_request: { readonly number: number };
    readonly sender: { readonly type: string };
  };
  return payload.pull_request.number === number && payload.sender.type === "User";
}

describe("a bot that is killed and started again, with nothing delivered a second time", () => {
  it.each([0, 1, 2, 3])(
    "ends scenario %i as if it had never died, wherever that was",
    async (which) => {
      const scenario = createScenarios(under.world, quiet)[which]!;
      const subject = await scenario.prepare("Uncut");
      const from = under.world.requests.length;
      const number = await scenario.act(subject);
      await until(() => scenario.isDone(number));
      await quiet();
      scenario.expectEnd(number);
      const routes = requestsOfJobs(from).map(routeOf);
      under.world.pullRequest(number).state = "closed";
      const own: Row[] = [];
      for (let index = 0; index < routes.length; index++) {
        for (const moment of ["before", "after"] as const) {
          own.push(await die(scenario, { moment, index }));
        }
      }
      own.push(await die(scenario, { moment: "down", index: 0 }));
      rows.push(...own);
      expect(own.map(({ cut, route }) => `${cut} ${route}`)).toEqual([
        ...routes.flatMap((route) => [`before ${route}`, `after ${route}`]),
        "down delivery",
      ]);
      expect(own.filter(({ openChecks }) => openChecks > 0)).toEqual([]);
      expect(own.filter(({ duplicates }) => duplicates > 0)).toEqual([]);
    },
    400_000,
  );
});
