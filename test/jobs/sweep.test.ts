import nock from "nock";
import { describe, expect, it, vi } from "vitest";
import { OPEN_PULL_REQUESTS, OWN_RUNS } from "../../src/github/app/open-pull-requests.js";
import type { Job } from "../../src/jobs/job.js";
import { createOpenHeads } from "../../src/jobs/open-heads.js";
import type { Queue } from "../../src/jobs/queue.js";
import { createSweep } from "../../src/jobs/sweep.js";
import { createVirtualTimers } from "../github/virtual-timers.js";
import {
  APP_ID,
  BASE,
  BASE_SHA,
  connect,
  createJumpingTimers,
  expectToken,
  HEAD,
  NEXT_HEAD,
  silentLog,
  useWire,
} from "../github/wire.js";

const MINUTE = 60_000;
const START = Date.parse("2026-11-22T12:00:00Z");
const at = (minutes: number) => new Date(START + minutes * MINUTE).toISOString();

const OTHER_HEAD = "e".repeat(40);

useWire();

function createQueue(more: { readonly full?: boolean; readonly busy?: readonly string[] } = {}) {
  const jobs: { readonly job: Job; readonly urgent: boolean | undefined }[] = [];
  const queue: Queue = {
    add(job, options) {
      if (more.full) return false;
      jobs.push({ job, urgent: options?.urgent });
      return true;
    },
    has: (key) => (more.busy ?? []).includes(key),
    hold: () => () => undefined,
    drain: async () => ({ unfinished: 0 }),
    size: () => jobs.length,
  };
  return { queue, jobs, numbers: () => jobs.map(({ job }) => "number" in job && job.number) };
}

function start(more: Parameters<typeof createQueue>[0] = {}) {
  const timers = createJumpingTimers(START);
  const openHeads = createOpenHeads();
  const logged: { readonly fields: object; readonly message: string }[] = [];
  const note = (fields: object, message: string) => void logged.push({ fields, message });
  const log = { ...silentLog, info: note, warn: note, error: note };
  const github = connect({ timers });
  const beside = createQueue(more);
  const sweep = createSweep({
    github,
    queue: beside.queue,
    openHeads,
    log,
    // Sleeps for ever between two sweeps.
    timers: { now: timers.now, sleep: () => new Promise(() => undefined) },
    random: () => 0.5,
  });
  return { ...beside, sweep, timers, github, openHeads, logged };
}

const DELIVERIES = "/app/hook/deliveries?per_page=100";
const INSTALLATIONS = "/app/installations?per_page=100";
const REPOSITORIES = "/installation/repositories?per_page=100";

function deliveries(...attempts: readonly object[]): void {
  nock(BASE).get(DELIVERIES).reply(200, attempts);
}

function installations(...ids: readonly number[]): void {
  const entries = ids.map((id) => ({
    id,
    account: { login: "octo" },
    suspended_at: null,
    permissions: { contents: "read" },
    events: ["pull_request"],
  }));
  nock(BASE).get(INSTALLATIONS).reply(200, entries);
}

const SHOP = { node_id: "R_1", full_name: "octo/shop", default_branch: "main" };

function repositories(...entries: readonly object[]): void {
  nock(BASE).get(REPOSITORIES).reply(200, { total_count: entries.length, repositories: entries });
}

interface Pull {
  readonly number: number;
  readonly head?: string;
  readonly updated?: string;
}

const node = ({ number, head = HEAD, updated = at(-60) }: Pull) => ({
  id: `PR_${number}`,
  number,
  headRefOid: head,
  baseRefOid: BASE_SHA,
  baseRefName: "main",
  updatedAt: updated,
});

function graphql(query: string, variables: object, data: object, errors?: readonly object[]): void {
  nock(BASE)
    .post("/graphql", (body: { query: string; variables: unknown }) => {
      if (body.query !== query) return false;
      expect(body.variables).toEqual(variables);
      return true;
    })
    .reply(200, { data, ...(errors === undefined ? {} : { errors }) });
}

function openPullRequests(...pulls: readonly Pull[]): void {
  const pullRequests = {
    pageInfo: { hasNextPage: false, endCursor: null },
    nodes: pulls.map(node),
  };
  const data = { nodes: [{ id: "R_1", pullRequests }] };
  const variables = { ids: ["R_1"], after: null, closed: expect.any(Boolean) };
  graphql(OPEN_PULL_REQUESTS, variables, data);
}

type Run = Readonly<Record<string, unknown>>;

const run = (number: number, more: Run = {}): Run => ({
  databaseId: 100 + number,
  name: "cyclekey",
  status: "COMPLETED",
  externalId: `cyclekey:${number}:${BASE_SHA}:${more.head ?? HEAD}`,
  completedAt: at(-50),
  ...more,
});

function ownRuns(...of: readonly (readonly [number, readonly Run[], string?, number?])[]): void {
  const nodes = of.map(([number, runs, head = HEAD, threads = 0]) => ({
    id: `PR_${number}`,
    headRefOid: head,
    reviewThreads: { totalCount: threads },
    commits: {
      nodes: [
        {
          commit: {
            oid: head,
            checkSuites: { nodes: [{ app: { databaseId: APP_ID }, checkRuns: { nodes: runs } }] },
          },
        },
      ],
    },
  }));
  const ids = of.map(([number]) => `PR_${number}`);
  graphql(OWN_RUNS, { ids, app: APP_ID }, { nodes });
}

describe("a sweep", () => {
  it("leaves a job for each pull request that has no check of ours, newest first", async () => {
    const { sweep, jobs, numbers, logged } = start();
    deliveries();
    installations(1);
    expectToken();
    repositories(SHOP);
    openPullRequests(
      { number: 7, updated: at(-30) },
      { number: 8, head: NEXT_HEAD, updated: at(-20) },
    );
    ownRuns([8, [], NEXT_HEAD], [7, []]);
    await sweep.start();
    expect(numbers()).toEqual([8, 7]);
    expect(jobs[1]).toMatchObject({
      urgent: false,
      job: {
        installationId: 1,
        owner: "octo",
        repo: "shop",
        repositoryId: "R_1",
        number: 7,
        hint: { headSha: HEAD, baseSha: BASE_SHA },
        careful: true,
      },
    });
    expect(logged).toMatchObject([
      {
        message: "sweep finished",
        fields: { installations: 1, repositories: 1, pullRequests: 2, jobs: 2, left: 0 },
      },
    ]);
    await sweep.stop();
  });

  const NOTHING_TO_DO = "has a completed check of this head and base, and nothing since";
  it.each([
    [NOTHING_TO_DO, [run(7)], at(-60), 0],
    [
      "has a check in progress that nobody works at",
      [run(7, { status: "IN_PROGRESS", completedAt: null })],
      at(-60),
      1,
    ],
    [
      "has a newer check in progress",
      [run(7), run(7, { databaseId: 900, status: "QUEUED", completedAt: null })],
      at(-60),
      1,
    ],
    [
      "has a check of another base only",
      [run(7, { externalId: `cyclekey:7:${NEXT_HEAD}:${HEAD}` })],
      at(-60),
      1,
    ],
    ["has the check of another pull request with its head only", [run(8)], at(-60), 1],
    ["was updated after its check was completed", [run(7)], at(-40), 1],
    ["was updated in the second in which its check was completed", [run(7)], at(-50), 1],
    ["was updated a second before", [run(7)], at(-50 - 1 / 60), 0],
    ["was updated a second before, and may hold an answer", [run(7)], at(-50 - 1 / 60), 1, 1],
    ["was updated long before, and may hold an answer", [run(7)], at(-60), 0, 1],
    [
      "has a check that counts another pull request, which is gone",
      [run(7, { externalId: `cyclekey:7:${BASE_SHA}:${HEAD}:1` })],
      at(-60),
      1,
    ],
    ["has only a check of another name", [run(7, { name: "other" })], at(-60), 1],
  ] as const)("when a pull request %s", async (_, runs, updated, expected, threads: number = 0) => {
    const { sweep, jobs } = start();
    deliveries();
    installations(1);
    expectToken();
    repositories(SHOP);
    openPullRequests({ number: 7, updated });
    ownRuns([7, runs, HEAD, threads]);
    await sweep.start();
    expect(jobs).toHaveLength(expected);
    await sweep.stop();
  });

  it("leaves a job for the one that is left, once, when who shares its head is closed unheard", async () => {
    const { sweep, numbers } = start();
    const shared = run(7, { externalId: `cyclekey:7:${BASE_SHA}:${HEAD}:1` });
    expectToken();
    repositories(SHOP);
    openPullRequests({ number: 7 }, { number: 8, head: HEAD });
    ownRuns([7, [shared]], [8, [shared]]);
    await sweep.sweepRepositories(1, []);
    expect(numbers()).toEqual([8]);
    for (const _ of ["the first time", "the second time"]) {
      repositories(SHOP);
      openPullRequests({ number: 7 });
      ownRuns([7, [shared]]);
      await sweep.sweepRepositories(1, []);
    }
    expect(numbers()).toEqual([8, 7]);
    await sweep.stop();
  });

  it("leaves a job for one that was closed unheard with an open check, when it first looks", async () => {
    const { sweep, numbers } = start();
    expectToken();
    const closed = {
      nodes: [
        node({ number: 7, updated: at(-5) }),
        node({ number: 8, updated: at(-10) }),
        node({ number: 9, updated: at(-61) }),
      ],
    };
    const pullRequests = { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] };
    for (const isFirst of [true, false]) {
      repositories(SHOP);
      graphql(
        OPEN_PULL_REQUESTS,
        { ids: ["R_1"], after: null, closed: isFirst },
        { nodes: [{ id: "R_1", pullRequests, ...(isFirst && { closed }) }] },
      );
      if (isFirst)
        ownRuns([7, [run(7, { status: "IN_PROGRESS", completedAt: null })]], [8, [run(8)]]);
      await sweep.sweepRepositories(1, []);
    }
    expect(numbers()).toEqual([7]);
    await sweep.stop();
  });

  it("looks again at what had changed within the second", async () => {
    const { sweep, jobs } = start();
    deliveries();
    installations(1);
    expectToken();
    for (const times of [1, 2]) {
      repositories(SHOP);
      openPullRequests({ number: 7, updated: at(0) });
      ownRuns([7, [run(7)]]);
      await (times === 1 ? sweep.start() : sweep.sweepRepositories(1, []));
    }
    expect(jobs).toHaveLength(2);
    await sweep.stop();
  });

  it("asks nothing about a pull request that the queue has already", async () => {
    const { sweep, jobs } = start({ busy: ["1/R_1/7"] });
    deliveries();
    installations(1);
    expectToken();
    repositories(SHOP);
    openPullRequests({ number: 7 });
    await sweep.start();
    expect(jobs).toEqual([]);
    await sweep.stop();
  });

  it("says what the queue did not take, for the next sweep", async () => {
    const { sweep, logged } = start({ full: true });
    deliveries();
    installations(1);
    expectToken();
    repositories(SHOP);
    openPullRequests({ number: 7 });
    ownRuns([7, []]);
    await sweep.start();
    expect(logged.at(-1)).toMatchObject({ fields: { jobs: 0, left: 1 } });
    await sweep.stop();
  });

  it("teaches which heads are open, and what the installation grants", async () => {
    const { sweep, github, openHeads } = start({ busy: ["1/R_1/7", "1/R_1/8"] });
    deliveries();
    nock(BASE)
      .get(INSTALLATIONS)
      .reply(200, [{ id: 1, permissions: { contents: "write" } }]);
    expectToken();
    repositories(SHOP);
    openPullRequests({ number: 7 }, { number: 8 });
    await sweep.start();
    expect(openHeads.isAlone("R_1", 7, HEAD)).toBe(false);
    expect(openHeads.isAlone("R_1", 7, NEXT_HEAD)).toBe(true);
    expect(github.forInstallation(1).threadResolver()).toBeDefined();
    await sweep.stop();
  });

  it("asks one question the next time, when nothing has changed", async () => {
    const { sweep, jobs } = start();
    const eight = { number: 8, head: NEXT_HEAD, updated: at(-10) };
    deliveries();
    installations(1);
    expectToken();
    repositories(SHOP);
    openPullRequests({ number: 7 }, eight);
    ownRuns([8, [run(8, { head: NEXT_HEAD })], NEXT_HEAD], [7, [run(7)]]);
    await sweep.start();
    expect(jobs).toHaveLength(1);
    // Of the one that was looked at, the check is asked for once more.
    openPullRequests({ number: 7 }, eight);
    ownRuns([8, [run(8, { head: NEXT_HEAD })], NEXT_HEAD]);
    repositories(SHOP);
    await sweep.sweepRepositories(1, []);
    openPullRequests({ number: 7 }, eight);
    repositories(SHOP);
    await sweep.sweepRepositories(1, []);
    expect(jobs).toHaveLength(1);
    // A push is news.
    openPullRequests({ number: 7, head: OTHER_HEAD, updated: at(1) });
    ownRuns([7, [], OTHER_HEAD]);
    repositories(SHOP);
    await sweep.sweepRepositories(1, ["R_1"]);
    expect(jobs).toHaveLength(2);
    await sweep.stop();
  });

  it("leaves one job for what its completed check may not know of, not one an hour", async () => {
    const { sweep, jobs, timers } = start();
    for (let hour = 0; hour < 4; hour++) {
      expectToken();
      repositories(SHOP);
      openPullRequests({ number: 8, updated: at(-10) });
      ownRuns([8, [run(8)]]);
      await sweep.sweepRepositories(1, []);
      await timers.sleep(61 * MINUTE);
    }
    expect(jobs).toHaveLength(1);
    await sweep.stop();
  });

  it("looks at repositories that were added, and at no others", async () => {
    const { sweep, numbers } = start();
    expectToken();
    repositories({ ...SHOP, node_id: "R_2", full_name: "octo/other" }, SHOP);
    openPullRequests({ number: 7 });
    ownRuns([7, []]);
    await sweep.sweepRepositories(1, ["R_1"]);
    expect(numbers()).toEqual([7]);
    await sweep.stop();
  });

  it("leaves a job for each merge group whose queue waits for its check", async () => {
    const { sweep, jobs } = start();
    expectToken();
    repositories(SHOP);
    const group = (number: number) => ({
      id: `REF_${number}`,
      name: `main/pr-${number}-${BASE_SHA}`,
      target: { oid: HEAD },
    });
    const refs = {
      nodes: [group(7), group(8), { id: "REF_9", name: "odd", target: { oid: HEAD } }],
    };
    graphql(
      OPEN_PULL_REQUESTS,
      { ids: ["R_1"], after: null, closed: true },
      { nodes: [{ id: "R_1", pullRequests: { nodes: [] }, refs }] },
    );
    const suites = { nodes: [{ app: { databaseId: APP_ID }, checkRuns: { nodes: [run(7)] } }] };
    graphql(
      OWN_RUNS,
      { ids: ["REF_7", "REF_8"], app: APP_ID },
      {
        nodes: [
          { id: "REF_7", target: { oid: HEAD, checkSuites: suites } },
          { id: "REF_8", target: { oid: HEAD, checkSuites: { nodes: [] } } },
        ],
      },
    );
    await sweep.sweepRepositories(1, []);
    expect(jobs.map(({ job }) => job)).toEqual([
      {
        kind: "merge-group",
        installationId: 1,
        owner: "octo",
        repo: "shop",
        repositoryId: "R_1",
        baseSha: BASE_SHA,
        headSha: HEAD,
        headRef: `gh-readonly-queue/main/pr-8-${BASE_SHA}`,
      },
    ]);
    await sweep.stop();
  });

  it("reads more than a hundred pull requests of a repository page by page", async () => {
    const { sweep, openHeads, logged } = start();
    expectToken();
    repositories(SHOP);
    const first = {
      pageInfo: { hasNextPage: true, endCursor: "C1" },
      nodes: [node({ number: 7 })],
    };
    const second = {
      pageInfo: { hasNextPage: false, endCursor: null },
      nodes: [node({ number: 8 })],
    };
    graphql(
      OPEN_PULL_REQUESTS,
      { ids: ["R_1"], after: null, closed: true },
      {
        nodes: [{ id: "R_1", pullRequests: first }],
      },
    );
    graphql(
      OPEN_PULL_REQUESTS,
      { ids: ["R_1"], after: "C1", closed: false },
      {
        nodes: [{ id: "R_1", pullRequests: second }],
      },
    );
    ownRuns([7, [run(7)]], [8, [run(8)]]);
    await sweep.sweepRepositories(1, []);
    expect(openHeads.isAlone("R_1", 7, HEAD)).toBe(false);
    expect(logged.at(-1)).toMatchObject({ fields: { pullRequests: 2 } });
    await sweep.stop();
  });

  it("passes over suspended installations, archived repositories and what is gone", async () => {
    const { sweep, jobs, logged } = start();
    deliveries();
    nock(BASE)
      .get(INSTALLATIONS)
      .reply(200, [{ id: 1 }, { id: 2, suspended_at: at(-99) }, { id: 3 }]);
    nock(BASE).post("/app/installations/3/access_tokens").reply(404, { message: "Not Found" });
    expectToken();
    repositories(SHOP, { ...SHOP, node_id: "R_2", full_name: "octo/old", archived: true });
    graphql(OPEN_PULL_REQUESTS, { ids: ["R_1"], after: null, closed: true }, { nodes: [null] }, [
      { type: "NOT_FOUND", path: ["nodes", 0], message: "no" },
    ]);
    await sweep.start();
    expect(jobs).toEqual([]);
    expect(logged).toMatchObject([
      { message: "sweep finished", fields: { installations: 2, skipped: 1, repositories: 1 } },
    ]);
    await sweep.stop();
  });

  it("goes on with the others when one installation is at its limit", async () => {
    const { sweep, numbers, logged } = start();
    deliveries();
    installations(1, 2);
    expectToken(2);
    nock(BASE)
      .post("/app/installations/1/access_tokens")
      .reply(201, { token: "limited", permissions: {} });
    nock(BASE, { reqheaders: { authorization: "token limited" } })
      .get(REPOSITORIES)
      .reply(403, { message: "secondary rate limit" }, { "retry-after": "300" });
    nock(BASE, { reqheaders: { authorization: "token t1" } })
      .get(REPOSITORIES)
      .reply(200, { repositories: [SHOP] });
    openPullRequests({ number: 7 });
    ownRuns([7, []]);
    await sweep.start();
    expect(numbers()).toEqual([7]);
    expect(logged.map(({ message }) => message)).toEqual([
      "sweep could not look",
      "sweep finished",
    ]);
    await sweep.stop();
  });

  it("ends quietly when GitHub does not answer at all", async () => {
    const { sweep, logged } = start();
    nock(BASE).get(DELIVERIES).times(3).reply(502);
    nock(BASE).get(INSTALLATIONS).times(3).reply(502);
    await sweep.start();
    expect(logged.at(-1)).toMatchObject({
      message: "sweep finished",
      fields: { installations: 0 },
    });
    await sweep.stop();
  });
});

describe("sweeps", () => {
  it("come every five minutes, give or take, until they are stopped", async () => {
    const timers = createVirtualTimers(START);
    const times: number[] = [];
    const log = { ...silentLog, info: () => void times.push(timers.now() - START) };
    const sweep = createSweep({
      github: connect({ timers }),
      queue: createQueue().queue,
      openHeads: createOpenHeads(),
      log,
      timers,
      random: () => 1,
    });
    for (let i = 0; i < 3; i++) {
      deliveries();
      installations();
    }
    await sweep.start();
    expect(times).toEqual([0]);
    for (const count of [2, 3]) {
      await timers.run(5 * MINUTE);
      expect(times).toHaveLength(count - 1);
      await timers.run(MINUTE / 2);
      await vi.waitFor(() => expect(times).toHaveLength(count), 5_000);
    }
    await sweep.stop();
    await timers.run(60 * MINUTE);
    expect(times).toHaveLength(3);
  });
});

describe("a delivery that did not arrive", () => {
  const attempt = (id: number, guid: string, status: number, minutes: number) => ({
    id,
    guid,
    delivered_at: at(minutes),
    redelivery: false,
    status: status === 200 ? "OK" : "failed",
    status_code: status,
    event: "issue_comment",
  });
  const again = (id: number) =>
    nock(BASE).post(`/app/hook/deliveries/${id}/attempts`).reply(202, {});

  it("is asked for once more, oldest first, and others are not", async () => {
    const { sweep, logged } = start();
    deliveries(
      attempt(9, "pending", 200, -1),
      attempt(8, "arrived-later", 202, -2),
      attempt(7, "timeout", 0, -3),
      attempt(6, "arrived-later", 502, -4),
      attempt(5, "unavailable", 503, -5),
      { ...attempt(4, "under-way", 0, 0), status_code: null },
      attempt(3, "too-old", 500, -73 * 60),
    );
    const order: number[] = [];
    for (const id of [5, 7]) again(id).on("request", () => order.push(id));
    installations();
    await sweep.start();
    expect(order).toEqual([5, 7]);
    expect(logged.at(-1)).toMatchObject({ fields: { redelivered: 2 } });
    await sweep.stop();
  });
});
