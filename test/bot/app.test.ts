import type { Probot } from "probot";
import { beforeEach, describe, expect, it } from "vitest";
import { createApp } from "../../src/bot/app.js";
import { createCommandLimit } from "../../src/bot/command-limit.js";
import type { Job } from "../../src/jobs/job.js";
import { createOpenHeads, type OpenHeads } from "../../src/jobs/open-heads.js";
import { silentLog } from "../github/wire.js";

const sha = (digit: string) => digit.repeat(40);
const place = {
  installation: { id: 5 },
  repository: { name: "shop", node_id: "R_1", owner: { login: "octo" }, default_branch: "main" },
};

let jobs: Job[];
let swept: [number, readonly string[]][];
let openHeads: OpenHeads;
let deliver: (event: string, payload: object) => Promise<string>;

beforeEach(() => {
  jobs = [];
  swept = [];
  openHeads = createOpenHeads();
  type Handler = (delivery: { id: string; name: string; payload: unknown }) => void;
  let handle: Handler = () => undefined;
  const probot = {
    on: (_: unknown, handler: Handler) => {
      handle = handler;
    },
    receive: async (delivery: Parameters<Handler>[0]) => handle(delivery),
  } as unknown as Probot;
  const app = createApp(probot, {
    appId: 4711,
    queue: {
      add: (job) => jobs.push(job) > 0,
      hold: () => () => undefined,
      drain: async () => ({ unfinished: 0 }),
      size: () => jobs.length,
      has: () => false,
    } as Parameters<typeof createApp>[1]["queue"],
    openHeads,
    commandLimit: createCommandLimit(() => 0),
    sweepRepositories: (...asked) => void swept.push(asked),
    log: silentLog,
  });
  deliver = (event, payload) => app({ id: "d-1", event, payload: { ...payload } });
});

function pullRequest(action: string, number: number, head: string): object {
  return {
    ...place,
    action,
    pull_request: { number, head: { sha: sha(head) }, base: { sha: sha("b"), ref: "main" } },
  };
}

describe("a delivery", () => {
  it("of a head that is new is looked at at once, of one that was known with care", async () => {
    await deliver("pull_request", pullRequest("opened", 7, "a"));
    await deliver("pull_request", pullRequest("ready_for_review", 7, "a"));
    expect(jobs).toMatchObject([{ number: 7 }, { number: 7, careful: true }]);
    expect(jobs[0]).not.toHaveProperty("careful");
  });

  it("of a head that a sweep saw is looked at with care", async () => {
    openHeads.learn("R_1", [{ number: 7, headSha: sha("a") }]);
    await deliver("pull_request", pullRequest("opened", 7, "a"));
    expect(jobs).toMatchObject([{ careful: true }]);
  });

  it("of a push has those judged anew who shared the head before", async () => {
    for (const number of [7, 8]) await deliver("pull_request", pullRequest("opened", number, "a"));
    jobs.length = 0;
    await deliver("pull_request", pullRequest("synchronize", 7, "c"));
    expect(jobs).toMatchObject([{ number: 7 }, { number: 8, commands: [] }]);
  });

  it("of a closed pull request lets another one be alone with its head", async () => {
    openHeads.learn("R_1", []);
    for (const number of [7, 8]) await deliver("pull_request", pullRequest("opened", number, "a"));
    expect(openHeads.isAlone("R_1", 8, sha("a"))).toBe(false);
    await deliver("pull_request", pullRequest("closed", 7, "a"));
    expect(openHeads.isAlone("R_1", 8, sha("a"))).toBe(true);
    expect(jobs.at(-1)).toMatchObject({ number: 7, commands: [] });
  });

  it("of a new installation is a sweep", async () => {
    const repositories = [{ node_id: "R_1" }];
    await deliver("installation", { action: "created", installation: { id: 5 }, repositories });
    expect(swept).toEqual([[5, ["R_1"]]]);
    expect(jobs).toEqual([]);
  });
});
