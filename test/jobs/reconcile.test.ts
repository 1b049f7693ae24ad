import { describe, expect, it } from "vitest";
import { createGiveUp } from "../../src/jobs/give-up.js";
import { createHeadLocks } from "../../src/jobs/head-locks.js";
import type { MergeGroupJob, PullRequestJob } from "../../src/jobs/job.js";
import {
  BASE_SHA,
  blob,
  commitWith,
  connect,
  createScript,
  expectToken,
  HEAD,
  listed,
  NEXT_HEAD,
  queried,
  sibling,
  silentLog,
  started,
  stateOf,
  TARGET,
  useWire,
} from "../github/wire.js";
import { NEVER, REVIEWER, runJob, sweptHeads } from "./job-runner.js";

const FILES = "/repos/octo/shop/pulls/7/files?per_page=100&page=1";
const CHECKS = "/repos/octo/shop/check-runs";
const OWN_RUNS = "check_name=cyclekey&app_id=4711&filter=all&per_page=100";
const REACTIONS = "/repos/octo/shop/issues/comments/31/reactions";
const EXTERNAL_ID = `cyclekey:7:${BASE_SHA}:${HEAD}`;
const README = listed("README.md", "@@ -1 +1 @@\n-a\n+b");
const SETTINGS = listed(
  "shop/settings.py",
  "@@ -1 +1 @@\n-SESSION_COOKIE_SECURE = True\n+SESSION_COOKIE_SECURE = False",
);

const push: PullRequestJob = {
  kind: "pull-request",
  installationId: 1,
  ...TARGET,
  hint: { headSha: HEAD, baseSha: BASE_SHA, ontoDefaultBranch: true },
  commands: [],
};
const { hint: _, ...look } = push;
const command = { commentId: 31, author: "bob", byPullRequestAuthor: false };
const rescan: PullRequestJob = { ...look, commands: [command], commandsOnly: true };
const alone = { openHeads: sweptHeads(HEAD) };
const locks = createHeadLocks();
await locks.hold(TARGET.repositoryId, HEAD, NEVER, async () => undefined);
const STANDS = {
  databaseId: 1,
  status: "COMPLETED",
  conclusion: "SUCCESS",
  externalId: EXTERNAL_ID,
};

useWire();

function created(state: object, branch = "main"): [number, unknown] {
  const repository = { defaultBranchRef: { name: branch }, pullRequest: state };
  return [200, { data: { createCheckRun: { checkRun: { databaseId: 1, repository } } } }];
}

describe("a pull request that cannot matter", () => {
  it("costs two requests", async () => {
    expectToken();
    const script = createScript();
    script.on("GET", FILES, [200, [README]]);
    script.on("POST", "/graphql", created(stateOf({})));
    await runJob(push, alone);
    expect(script.sent[1]?.body).toMatchObject({
      variables: { check: { externalId: EXTERNAL_ID, conclusion: "SUCCESS" } },
    });
  });

  it.each([
    ["another process may have written", { ...push, careful: true as const }, alone],
    ["an earlier run may have written", push, { ...alone, locks }],
    ["someone wants it again", { ...push, again: true as const }, alone],
    ["no delivery says what its base is", look, alone],
    [
      "its base is not the default branch",
      { ...push, hint: { headSha: HEAD, baseSha: BASE_SHA } },
      alone,
    ],
    ["nobody has seen yet who is open", push, {}],
    [
      "the delivery is out of date",
      {
        ...push,
        hint: { headSha: NEXT_HEAD, baseSha: BASE_SHA, ontoDefaultBranch: true as const },
      },
      alone,
    ],
  ])("is looked at first when %s", async (_, job, more) => {
    expectToken();
    const script = createScript();
    script.on("GET", FILES, [200, [README]]);
    script.on("POST", "/graphql", queried(stateOf({})));
    script.on("POST", CHECKS, [201, { id: 1 }]);
    await runJob(job, more);
    expect(String(script.sent[1]?.body.query)).toMatch(/^query/);
    expect(script.sent[2]?.body).toMatchObject({ status: "completed", conclusion: "success" });
  });

  it("gets no second check where one stands", async () => {
    expectToken();
    const script = createScript();
    script.on("GET", FILES, [200, [README]]);
    script.on("POST", "/graphql", queried(stateOf({ checks: [STANDS] })));
    await runJob({ ...push, careful: true }, alone);
  });

  it("has a check completed that a dead run left open", async () => {
    expectToken();
    const script = createScript();
    const open = { databaseId: 3, status: "IN_PROGRESS", externalId: EXTERNAL_ID };
    script.on("GET", FILES, [200, [README]]);
    script.on("POST", "/graphql", created(stateOf({ checks: [open] })));
    script.on("PATCH", `${CHECKS}/3`, [200, {}]);
    await runJob(push, alone);
    expect(script.sent[2]?.body).toMatchObject({ conclusion: "success" });
  });

  it("is judged in full when the answer shows that someone shares its head after all", async () => {
    expectToken();
    const script = createScript();
    script.on("GET", FILES, [200, [README]]);
    const state = stateOf({ siblings: [sibling(8, "legacy")], checks: [STANDS] });
    const eighth = { ...stateOf({ siblings: [sibling(7, "main")] }), number: 8 };
    script.on(
      "POST",
      "/graphql",
      created(state),
      queried(state),
      queried(eighth, [blob("SESSION_COOKIE_SECURE = False\n")]),
    );
    script.on("GET", FILES.replace("/7/", "/8/"), [200, [SETTINGS]]);
    script.on("PATCH", `${CHECKS}/1`, [200, {}]);
    await runJob(push, alone);
    expect(script.sent.at(-1)?.body).toMatchObject({ conclusion: "failure" });
  });
});

describe("a pull request that matters", () => {
  it("costs five requests with a finding, and the check fails", async () => {
    expectToken();
    const script = createScript();
    script.on("GET", FILES, [200, [SETTINGS]]);
    script.on("POST", "/graphql", queried(stateOf({}), [blob("SESSION_COOKIE_SECURE = False\n")]));
    script.on("POST", "/graphql", started());
    script.on("POST", "/repos/octo/shop/pulls/7/reviews", [200, { id: 2 }]);
    script.on("PATCH", `${CHECKS}/1`, [200, {}]);
    await runJob(push);
    expect(script.sent).toHaveLength(5);
    expect(script.sent[3]?.body).toMatchObject({
      comments: [{ path: "shop/settings.py", line: 1 }],
    });
    expect(script.sent[4]?.body).toMatchObject({ conclusion: "failure" });
  });

  it("has checks ended that were left open on heads before, and no others", async () => {
    expectToken();
    const script = createScript();
    const open = (databaseId: number, number: number, status = "IN_PROGRESS") => ({
      databaseId,
      status,
      externalId: `cyclekey:${number}:${BASE_SHA}:${NEXT_HEAD}`,
    });
    const held = "f".repeat(40);
    const earlier = [
      commitWith(NEXT_HEAD, [open(3, 7), open(4, 8), open(5, 7, "COMPLETED")]),
      commitWith(held, [open(6, 7)]),
    ];
    const locks = createHeadLocks();
    let release: () => void = () => undefined;
    const working = locks.hold("R_1", held, NEVER, () => new Promise<void>((r) => (release = r)));
    script.on("GET", FILES, [200, [SETTINGS]]);
    const state = stateOf({ earlier, state: "OPEN" });
    script.on("POST", "/graphql", queried(state, [blob("SESSION_COOKIE_SECURE = False\n")]));
    script.on("PATCH", `${CHECKS}/3`, [200, {}]);
    script.on("POST", "/graphql", started(9));
    script.on("POST", "/repos/octo/shop/pulls/7/reviews", [200, { id: 2 }]);
    script.on("PATCH", `${CHECKS}/9`, [200, {}]);
    await runJob(push, { locks });
    release();
    await working;
    expect(script.sent[2]?.body).toMatchObject({ status: "completed", conclusion: "cancelled" });
  });

  it("looks again when its head moved between two reads", async () => {
    expectToken();
    const script = createScript();
    const at = { contents_url: `https://api.github.com/x?ref=${NEXT_HEAD}` };
    const moved = stateOf({ headRefOid: NEXT_HEAD });
    script.on("GET", FILES, [200, [README]], [200, [{ ...README, ...at }]]);
    script.on("POST", "/graphql", queried(moved), queried(moved));
    script.on("POST", CHECKS, [201, { id: 1 }]);
    await runJob(look);
    expect(script.sent.at(-1)?.body).toMatchObject({ head_sha: NEXT_HEAD });
  });

  it("waits for who works at its head, also when the list of files does not name it", async () => {
    expectToken();
    const script = createScript();
    const locks = createHeadLocks();
    let release: () => void = () => undefined;
    const working = locks.hold("R_1", HEAD, NEVER, () => new Promise<void>((r) => (release = r)));
    script.on("GET", FILES, [200, []], [200, []]);
    script.on("POST", "/graphql", queried(stateOf({})));
    const running = runJob(look, { locks });
    while (script.sent.length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    // What the other one wrote meanwhile is seen.
    script.on("POST", "/graphql", queried(stateOf({ checks: [STANDS] })));
    release();
    await Promise.all([working, running]);
    expect(script.sent).toHaveLength(4);
  });

  it("is not called irrelevant when it changes the configuration", async () => {
    expectToken();
    const script = createScript();
    const change = listed(".github/cyclekey.yml", "@@ -0,0 +1 @@\n+fail-on: never", {
      status: "added",
    });
    script.on("GET", FILES, [200, [change]]);
    script.on("POST", "/graphql", queried(stateOf({})));
    script.on("POST", CHECKS, [201, { id: 1 }]);
    await runJob(push, alone);
    expect(JSON.stringify(script.sent[2]?.body)).not.toContain("Nothing here touches sessions");
  });
});

describe("a closed pull request", () => {
  it("is left alone", async () => {
    expectToken();
    const script = createScript();
    script.on("GET", FILES, [200, [SETTINGS]]);
    const state = stateOf({ state: "CLOSED", checks: [STANDS] });
    script.on("POST", "/graphql", queried(state, [blob("SESSION_COOKIE_SECURE = False\n")]));
    await expect(runJob(push)).resolves.toEqual({ left: [] });
  });

  it("has its check ended where it was under way", async () => {
    expectToken();
    const script = createScript();
    script.on("GET", FILES, [200, [README]]);
    const open = { databaseId: 3, status: "IN_PROGRESS", externalId: EXTERNAL_ID };
    script.on("POST", "/graphql", queried(stateOf({ state: "CLOSED", checks: [open] })));
    script.on("PATCH", `${CHECKS}/3`, [200, {}]);
    await runJob(look);
    expect(script.sent[2]?.body).toMatchObject({ conclusion: "cancelled" });
  });

  it("leaves those who shared its head to be judged without it", async () => {
    expectToken();
    const script = createScript();
    script.on("GET", FILES, [200, [README]]);
    const state = stateOf({ state: "CLOSED", siblings: [sibling(8, "legacy")] });
    script.on("POST", "/graphql", queried(state));
    const { left } = await runJob(look);
    expect(left).toMatchObject([{ kind: "pull-request", number: 8, repositoryId: "R_1" }]);
  });
});

describe("/rescan", () => {
  it("by a stranger is asked about once, refused by a reaction, and nothing else", async () => {
    expectToken();
    const script = createScript();
    script.on("GET", "/repos/octo/shop/collaborators/bob/permission", [
      200,
      { permission: "read" },
    ]);
    script.on("POST", REACTIONS, [201, {}]);
    await runJob(rescan);
    expect(script.sent[1]?.body).toMatchObject({ content: "confused" });
  });

  it("by the author needs no permission and rewrites the check", async () => {
    expectToken();
    const script = createScript();
    script.on("POST", REACTIONS, [201, {}], [201, {}]);
    script.on("GET", FILES, [200, [README]]);
    script.on("POST", "/graphql", queried(stateOf({ checks: [STANDS] })));
    script.on("PATCH", `${CHECKS}/1`, [200, {}]);
    await runJob({ ...rescan, commands: [{ ...command, byPullRequestAuthor: true }] });
    expect(script.sent.map(({ body }) => body.content).filter(Boolean)).toEqual(["eyes", "rocket"]);
  });

  it("finds a closed pull request, and says so", async () => {
    expectToken();
    const script = createScript();
    script.on("POST", REACTIONS, [201, {}], [201, {}]);
    script.on("GET", FILES, [200, [README]]);
    script.on("POST", "/graphql", queried(stateOf({ state: "CLOSED" })));
    await runJob({ ...rescan, commands: [{ ...command, byPullRequestAuthor: true }] });
    expect(script.sent.at(-1)?.body).toMatchObject({ content: "confused" });
  });
});

describe("a command of threads in the conversation", () => {
  it("is refused, whoever writes it", async () => {
    expectToken();
    const script = createScript();
    script.on("POST", REACTIONS, [201, {}]);
    const commands = [{ ...command, byPullRequestAuthor: true, misplaced: true as const }];
    await runJob({ ...rescan, commands });
    expect(script.sent[0]?.body).toMatchObject({ content: "confused" });
  });
});

describe("a job that is given up", () => {
  const group: MergeGroupJob = {
    kind: "merge-group",
    installationId: 1,
    ...TARGET,
    baseSha: BASE_SHA,
    headSha: HEAD,
  };

  async function giveUp(job: PullRequestJob | MergeGroupJob): Promise<void> {
    expectToken();
    const end = createGiveUp({
      github: connect(),
      reviewer: REVIEWER,
      log: silentLog,
      correlationId: () => "c0ffee11",
    });
    await end(job, new Error("bug with a secret"), { signal: NEVER, attempt: 1 });
  }

  it("ends its check as a failure with an id, and not with the error", async () => {
    const script = createScript();
    const open = { databaseId: 3, status: "IN_PROGRESS", externalId: EXTERNAL_ID };
    script.on("POST", "/graphql", queried(stateOf({ checks: [open] })));
    script.on("PATCH", `${CHECKS}/3`, [200, {}]);
    await giveUp(push);
    const body = JSON.stringify(script.sent[1]?.body);
    expect(script.sent[1]?.body).toMatchObject({ status: "completed", conclusion: "failure" });
    expect(body).toContain("c0ffee11");
    expect(body).not.toContain("secret");
  });

  it("leaves a verdict that stands for the same commits", async () => {
    createScript().on("POST", "/graphql", queried(stateOf({ checks: [STANDS] })));
    await giveUp(push);
  });

  it("replaces a cancelled check, which is no verdict", async () => {
    const script = createScript();
    const cancelled = { ...STANDS, conclusion: "CANCELLED", externalId: "cyclekey:cancelled" };
    script.on("POST", "/graphql", queried(stateOf({ checks: [cancelled] })));
    script.on("PATCH", `${CHECKS}/1`, [200, {}]);
    await giveUp(push);
    expect(script.sent[1]?.body).toMatchObject({ conclusion: "failure" });
  });

  it("ends the check of a merge group too, for which a queue waits", async () => {
    const script = createScript();
    script.on("POST", "/graphql", queried(null as never));
    script.on("GET", `/repos/octo/shop/commits/${HEAD}/check-runs?${OWN_RUNS}`, [
      200,
      { check_runs: [] },
    ]);
    script.on("POST", CHECKS, [201, { id: 1 }]);
    await giveUp(group);
    expect(script.sent[2]?.body).toMatchObject({
      head_sha: HEAD,
      conclusion: "failure",
      external_id: `cyclekey:merge-group:${BASE_SHA}:${HEAD}`,
    });
  });
});
