import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { GITHUB_BUDGETS } from "../../src/simulator/platform/faults.js";
import { nodeId } from "../../src/simulator/platform/node-id.js";
import type { RequestRecord } from "../../src/simulator/platform/request-log.js";
import type { RepositoryWorld } from "../../src/simulator/repository-world.js";
import type { GitHubWorld } from "../../src/simulator/world.js";
import {
  type BotUnderTest,
  irrelevant,
  noFinding,
  startBotUnderTest,
  twoFindings,
} from "./bot-under-test.js";

const PULL_REQUESTS = 100;
/** Of ten pull requests. */
const KINDS = [
  ...Array.from({ length: 6 }, () => ({ open: irrelevant, most: 2, conclusion: "success" })),
  ...Array.from({ length: 2 }, () => ({ open: noFinding, most: 3, conclusion: "success" })),
  ...Array.from({ length: 2 }, () => ({ open: twoFindings, most: 5, conclusion: "failure" })),
];

/** Of which pull request a request is, `owner/name#number`; undefined for none. */
function subjectOf({ path, body }: RequestRecord, pulls: ReadonlyMap<string, string>) {
  const [, place, number] = /^\/repos\/([^/]+\/[^/]+)\/pulls\/(\d+)/.exec(path) ?? [];
  if (place !== undefined) return `${place}#${number}`;
  const range = /"(?:external_id|externalId)":"cyclekey:(\d+):[0-9a-f]+:([0-9a-f]+)"/.exec(body);
  const [, repository] = /^\/repos\/([^/]+\/[^/]+)\//.exec(path) ?? [];
  if (range !== null && repository !== undefined) return `${repository}#${range[1]}`;
  const repositoryId = /"repositoryId":"([^"]+)"/.exec(body)?.[1];
  if (range !== null && repositoryId !== undefined) return `${pulls.get(repositoryId)}#${range[1]}`;
  const [, owner, name] = /"owner":"([^"]+)","name":"([^"]+)"/.exec(body) ?? [];
  const asked = /"number":(\d+)/.exec(body)?.[1];
  return asked === undefined ? undefined : `${owner}/${name}#${asked}`;
}

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? 0;
}

function residentMegabytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]) / 1024;
}

interface Opened {
  readonly world: RepositoryWorld;
  readonly number: number;
  readonly kind: (typeof KINDS)[number];
}

/** Opens as many pull requests in each, of all kinds, and delivers them all at once. */
async function openAtOnce(world: GitHubWorld, repositories: readonly RepositoryWorld[]) {
  const before = world.deliveries.length;
  world.holdDeliveries();
  const opened: Opened[] = [];
  for (let index = 0; index < PULL_REQUESTS; index++) {
    const kind = KINDS[(index + Math.floor(index / repositories.length)) % KINDS.length]!;
    const repository = repositories[index % repositories.length]!;
    const { number } = await repository.openPullRequest(kind.open(`Change ${index}`));
    opened.push({ world: repository, number, kind });
  }
  const waiting = world.deliveries.slice(before).filter(({ event }) => event === "pull_request");
  expect(waiting).toHaveLength(PULL_REQUESTS);
  const from = world.requests.length;
  const started = Date.now();
  await Promise.all(waiting.map(({ guid }) => world.redeliver(guid)));
  return { opened, from, started };
}

/** Each is reviewed as it should be, and once; returns after how many milliseconds each was. */
async function expectReviews(opened: readonly Opened[], started: number) {
  const waits: number[] = [];
  for (const { world, number, kind } of opened) {
    const run = await world.waitForCheck(number, undefined, 200_000);
    waits.push((run.completedAt?.getTime() ?? Number.NaN) - started);
    expect(run.conclusion).toBe(kind.conclusion);
  }
  // What comes after the check, and what should not come.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  for (const { world, number, kind } of opened) {
    const runs = world.checkRuns(world.pullRequest(number).headSha);
    expect(runs.map(({ status }) => status)).toEqual(["completed"]);
    expect(world.reviews(number)).toHaveLength(kind.most === 5 ? 1 : 0);
    expect(world.reviewComments(number)).toHaveLength(kind.most === 5 ? 2 : 0);
  }
  return waits;
}

function tell(what: string, waits: readonly number[], requests: number, pid: number): void {
  const seconds = (share: number) => (percentile(waits, share) / 1_000).toFixed(1);
  const megabytes = Math.round(residentMegabytes(pid));
  process.stdout.write(
    `${what}: ${requests} requests; half done after ${seconds(0.5)} s, 95 % after ${seconds(0.95)} s, all after ${seconds(1)} s; ${megabytes} MB\n`,
  );
  expect(megabytes).toBeLessThan(512);
}

describe("100 pull requests at once", () => {
  let under: BotUnderTest;
  beforeEach(async () => {
    under = await startBotUnderTest();
    Object.assign(under.world.faults, GITHUB_BUDGETS);
  });
  afterEach(() => under.end());

  it.each([10, 100])(
    "on %i installations are reviewed at once, each in its budget",
    async (installations) => {
      const { world, bot } = under;
      const repositories: RepositoryWorld[] = [];
      for (let i = 0; i < installations; i++) {
        repositories.push(await world.addRepository(`team-${i}/shop`));
      }
      await bot.printed("repositories swept", installations);
      const { opened, from, started } = await openAtOnce(world, repositories);
      const waits = await expectReviews(opened, started);
      const requests = world.requests.slice(from).filter((one) => !one.tokenRequest);
      const names = new Map(
        repositories.map(({ forge }) => [nodeId("R", forge.store.id), nameOf(forge.store)]),
      );
      const counts = new Map<string, number>();
      for (const request of requests) {
        const subject = subjectOf(request, names) ?? "none";
        counts.set(subject, (counts.get(subject) ?? 0) + 1);
      }
      const expected = opened.map(({ world: { forge }, number, kind }) => [
        `${nameOf(forge.store)}#${number}`,
        kind.most,
      ]);
      expect(Object.fromEntries(counts)).toEqual(Object.fromEntries(expected));
      tell(`100 pull requests on ${installations} installations`, waits, requests.length, bot.pid);
      expect(Math.max(...waits)).toBeLessThan(60_000);
    },
    300_000,
  );

  it("on one installation are reviewed within its limits, which are never met", async () => {
    const { world, bot } = under;
    const repositories: RepositoryWorld[] = [];
    for (let i = 0; i < 10; i++) {
      repositories.push(await world.addRepository(`acme/shop-${i}`));
    }
    await bot.printed("repositories swept", repositories.length);
    const { opened, from, started } = await openAtOnce(world, repositories);
    const waits = await expectReviews(opened, started);
    const requests = world.requests.slice(from);
    expect(requests.filter(({ status }) => status === 403 || status === 429)).toEqual([]);
    tell("100 pull requests on one installation", waits, requests.length, bot.pid);
    expect(Math.max(...waits)).toBeLessThan(180_000);
  }, 300_000);
});

function nameOf({ owner, name }: { readonly owner: string; readonly name: string }): string {
  return `${owner}/${name}`;
}
