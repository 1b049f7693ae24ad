import { beforeAll, describe, expect, it } from "vitest";
import type { ParsePython } from "../../src/core/python/parser.js";
import { GITHUB_LIMITS } from "../../src/core/review/limits.js";
import { RULES } from "../../src/core/rules/index.js";
import { loadPython } from "../../src/grammar/node.js";
import { createGiveUp } from "../../src/jobs/give-up.js";
import type { Job } from "../../src/jobs/job.js";
import { createReconcile } from "../../src/jobs/reconcile.js";
import { createRunMemory, type RunMemory } from "../../src/jobs/run-memory.js";
import {
  BASE_SHA,
  blob,
  connect,
  createScript,
  expectToken,
  HEAD,
  listed,
  NEXT_HEAD,
  silentLog,
  stateOf,
  TARGET,
  useWire,
} from "../github/wire.js";

const FILES = "/repos/octo/shop/pulls/7/files?per_page=100&page=1";
const CHECKS = "/repos/octo/shop/check-runs";
const REACTIONS = "/repos/octo/shop/issues/comments/31/reactions";
const EXTERNAL_ID = `cyclekey:7:${BASE_SHA}:${HEAD}`;
const README = listed("README.md", "@@ -1 +1 @@\n-a\n+b");
const SETTINGS = listed(
  "shop/settings.py",
  "@@ -1 +1 @@\n-SESSION_COOKIE_SECURE = True\n+SESSION_COOKIE_SECURE = False",
);

const push: Job = {
  installationId: 1,
  ...TARGET,
  hint: { headSha: HEAD, baseSha: BASE_SHA },
  commands: [],
};
const command = { commentId: 31, author: "bob", byPullRequestAuthor: false };
const { hint: _, ...withoutHint } = push;
const rescan: Job = { ...withoutHint, commands: [command] };

let parse: ParsePython;

useWire();
beforeAll(async () => {
  parse = await loadPython();
});

async function reconcile(job: Job, memory: RunMemory = createRunMemory()): Promise<void> {
  const run = createReconcile({
    github: connect(),
    parse,
    rules: RULES,
    limits: GITHUB_LIMITS,
    memory,
    log: silentLog,
  });
  await run(job, { signal: new AbortController().signal, attempt: 1 });
}

function created(state: object): [number, unknown] {
  const checkRun = { databaseId: 1, repository: { pullRequest: state } };
  return [200, { data: { createCheckRun: { checkRun } } }];
}

function queried(state: object, ...blobs: readonly object[]): [number, unknown] {
  const aliases = Object.fromEntries(blobs.map((value, index) => [`f${index}`, value]));
  return [200, { data: { repository: { id: "R_1", pullRequest: state, ...aliases } } }];
}

describe("a pull request that cannot matter", () => {
  it("costs two requests", async () => {
    expectToken();
    const script = createScript();
    script.on("GET", FILES, [200, [README]]);
    script.on("POST", "/graphql", created(stateOf({})));
    await reconcile(push);
    expect(script.sent[1]?.body).toMatchObject({
      variables: { check: { externalId: EXTERNAL_ID, conclusion: "SUCCESS" } },
    });
  });

  it("gets no second check when the same push is delivered again", async () => {
    const memory = createRunMemory();
    expectToken();
    const script = createScript();
    script.on("GET", FILES, [200, [README]]);
    script.on("POST", "/graphql", created(stateOf({})));
    await reconcile(push, memory);
    const stands = stateOf({
      checks: [
        { databaseId: 1, status: "COMPLETED", conclusion: "SUCCESS", externalId: EXTERNAL_ID },
      ],
    });
    expectToken();
    script.on("GET", FILES, [200, [README]]);
    script.on("POST", "/graphql", queried(stands));
    await reconcile(push, memory);
    expect(String(script.sent[3]?.body.query)).toMatch(/^query/);
  });

  it("is looked at first when an earlier run may have written", async () => {
    expectToken();
    const script = createScript();
    script.on("GET", FILES, [200, [README]]);
    script.on("POST", "/graphql", queried(stateOf({})));
    script.on("POST", CHECKS, [201, { id: 1 }]);
    await reconcile({ ...push, careful: true });
    expect(script.sent[2]?.body).toMatchObject({ status: "completed", conclusion: "success" });
  });

  it("has a check completed that a dead run left open", async () => {
    expectToken();
    const script = createScript();
    const open = { databaseId: 3, status: "IN_PROGRESS", externalId: EXTERNAL_ID };
    script.on("GET", FILES, [200, [README]]);
    script.on("POST", "/graphql", created(stateOf({ checks: [open] })));
    script.on("PATCH", `${CHECKS}/3`, [200, {}]);
    await reconcile(push);
    expect(script.sent[2]?.body).toMatchObject({ conclusion: "success" });
  });

  it("is not settled on a hint that is out of date", async () => {
    expectToken();
    const script = createScript();
    script.on("GET", FILES, [200, [README]]);
    script.on("POST", "/graphql", queried(stateOf({})));
    script.on("POST", CHECKS, [201, { id: 1 }]);
    await reconcile({ ...push, hint: { headSha: NEXT_HEAD, baseSha: BASE_SHA } });
  });
});

describe("a pull request that matters", () => {
  it("costs five requests with a finding, and the check fails", async () => {
    expectToken();
    const script = createScript();
    script.on("GET", FILES, [200, [SETTINGS]]);
    script.on("POST", "/graphql", queried(stateOf({}), blob("SESSION_COOKIE_SECURE = False\n")));
    script.on("POST", CHECKS, [201, { id: 1 }]);
    script.on("POST", "/repos/octo/shop/pulls/7/reviews", [200, { id: 2 }]);
    script.on("PATCH", `${CHECKS}/1`, [200, {}]);
    await reconcile(push);
    expect(script.sent).toHaveLength(5);
    expect(script.sent[3]?.body).toMatchObject({
      comments: [{ path: "shop/settings.py", line: 1 }],
    });
    expect(script.sent[4]?.body).toMatchObject({ conclusion: "failure" });
  });

  it("has the check of a head it left behind cancelled", async () => {
    const memory = createRunMemory();
    memory.open("1/R_1/7", { id: 3, headSha: NEXT_HEAD });
    expectToken();
    const script = createScript();
    const head = "SESSION_COOKIE_SECURE = True\n";
    script.on("GET", FILES, [200, [SETTINGS]]);
    script.on(
      "POST",
      "/graphql",
      queried(stateOf({}), blob(head)),
      queried(stateOf({}), blob(head)),
    );
    script.on("GET", `/repos/octo/shop/compare/${BASE_SHA}...${HEAD}?per_page=1`, [
      200,
      { merge_base_commit: { sha: BASE_SHA } },
    ]);
    script.on("PATCH", `${CHECKS}/3`, [200, {}]);
    script.on("POST", CHECKS, [201, { id: 4 }]);
    await reconcile(push, memory);
    expect(script.sent.find(({ method }) => method === "PATCH")?.body).toMatchObject({
      conclusion: "cancelled",
    });
    expect(memory.leftOpen("1/R_1/7", HEAD)).toEqual([]);
  });

  it("is left alone when it is closed", async () => {
    expectToken();
    const script = createScript();
    script.on("GET", FILES, [200, [SETTINGS]]);
    script.on(
      "POST",
      "/graphql",
      queried(stateOf({ state: "CLOSED" }), blob("SESSION_COOKIE_SECURE = False\n")),
    );
    await reconcile(push);
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
    await reconcile(rescan);
    expect(script.sent[1]?.body).toMatchObject({ content: "confused" });
  });

  it("by the author needs no permission and rewrites the check", async () => {
    expectToken();
    const script = createScript();
    const stands = stateOf({
      checks: [
        { databaseId: 1, status: "COMPLETED", conclusion: "SUCCESS", externalId: EXTERNAL_ID },
      ],
    });
    script.on("POST", REACTIONS, [201, {}], [201, {}]);
    script.on("GET", FILES, [200, [README]]);
    script.on("POST", "/graphql", queried(stands));
    script.on("PATCH", `${CHECKS}/1`, [200, {}]);
    await reconcile({ ...rescan, commands: [{ ...command, byPullRequestAuthor: true }] });
    expect(script.sent.map(({ body }) => body.content).filter(Boolean)).toEqual(["eyes", "rocket"]);
  });
});

describe("a job that is given up", () => {
  async function giveUp(state: object): Promise<void> {
    expectToken();
    const end = createGiveUp({
      github: connect(),
      memory: createRunMemory(),
      log: silentLog,
      correlationId: () => "c0ffee11",
    });
    createScript().on("POST", "/graphql", queried(state));
    const signal = new AbortController().signal;
    await end(push, new Error("bug with a secret"), { signal, attempt: 1 });
  }

  it("ends its check as a failure with an id, and not with the error", async () => {
    const script = createScript();
    const open = { databaseId: 3, status: "IN_PROGRESS", externalId: EXTERNAL_ID };
    script.on("PATCH", `${CHECKS}/3`, [200, {}]);
    await giveUp(stateOf({ checks: [open] }));
    const body = JSON.stringify(script.sent[0]?.body);
    expect(script.sent[0]?.body).toMatchObject({ status: "completed", conclusion: "failure" });
    expect(body).toContain("c0ffee11");
    expect(body).not.toContain("secret");
  });

  it("leaves a verdict that stands for the same commits", async () => {
    await giveUp(
      stateOf({
        checks: [
          { databaseId: 3, status: "COMPLETED", conclusion: "SUCCESS", externalId: EXTERNAL_ID },
        ],
      }),
    );
  });
});
