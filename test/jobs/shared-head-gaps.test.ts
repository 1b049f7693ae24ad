import { describe, expect, it } from "vitest";
import type { PullRequestJob } from "../../src/jobs/job.js";
import {
  BASE_SHA,
  blob,
  commitWith,
  createScript,
  expectToken,
  HEAD,
  listed,
  MERGE_BASE,
  NEXT_HEAD,
  queried,
  sibling,
  started,
  stateOf,
  TARGET,
  useWire,
} from "../github/wire.js";
import { runJob, sweptHeads } from "./job-runner.js";
import { PATHS } from "./wire-paths.js";

const JOB: PullRequestJob = { kind: "pull-request", installationId: 1, ...TARGET, commands: [] };
const README = listed("README.md", "@@ -1 +1 @@\n-a\n+b");
const SETTINGS = listed(
  "shop/settings.py",
  "@@ -1 +1 @@\n-SESSION_COOKIE_SECURE = True\n+SESSION_COOKIE_SECURE = False",
);
const WEAK = blob("SESSION_COOKIE_SECURE = False\n");
/** A commit that is not the head, though GitHub lists it last. */
const DATED_LATER = { oid: NEXT_HEAD, associatedPullRequests: { nodes: [] } };
const HEAD_UNSEEN = {
  tip: { nodes: [{ commit: DATED_LATER }] },
  commits: { nodes: [{ commit: commitWith(NEXT_HEAD, []) }] },
};

useWire();

describe("a pull request into another branch, whose sibling into the default branch closes meanwhile", () => {
  it("is judged against the default branch after all", async () => {
    expectToken();
    const script = createScript();
    const closed = { ...stateOf({ state: "CLOSED" }), number: 8 };
    script.on("GET", PATHS.files(), [200, [README]]);
    script.on("GET", PATHS.files(8), [200, [SETTINGS]]);
    script.on("GET", PATHS.compareMain, [
      200,
      { merge_base_commit: { sha: MERGE_BASE }, files: [SETTINGS] },
    ]);
    const files = (f0: unknown) => [200, { data: { repository: { id: "R_1", f0 } } }] as const;
    script.on(
      "POST",
      "/graphql",
      queried(stateOf({ baseRefName: "legacy", siblings: [sibling(8, "main")] })),
      queried(closed, [WEAK]),
      files(WEAK),
      files(null),
    );
    script.on("POST", PATHS.checks, [201, { id: 1 }]);
    await runJob(JOB);
    expect(script.sent.at(-1)?.body).toMatchObject({ conclusion: "failure" });
  });
});

describe("a head that is not the last commit by its date", () => {
  it("keeps the check that stands on it, and shares it with who has it too", async () => {
    expectToken();
    const script = createScript();
    script.on("GET", PATHS.files(), [200, [README]]);
    script.on("GET", PATHS.files(8), [200, [SETTINGS]]);
    script.on("GET", PATHS.ownRuns, [
      200,
      {
        check_runs: [
          {
            id: 5,
            app: { id: 4711 },
            status: "completed",
            conclusion: "success",
            external_id: `cyclekey:7:${BASE_SHA}:${HEAD}`,
          },
        ],
      },
    ]);
    const pull = (number: number) => ({
      number,
      state: "open",
      head: { sha: HEAD },
      base: { repo: { node_id: "R_1" } },
    });
    script.on("GET", PATHS.pulls, [200, [pull(7), pull(8)]]);
    script.on(
      "POST",
      "/graphql",
      queried({ ...stateOf({}), ...HEAD_UNSEEN }),
      queried({ ...stateOf({ siblings: [sibling(7, "main")] }), number: 8 }, [WEAK]),
    );
    script.on("PATCH", `${PATHS.checks}/5`, [200, {}]);
    await runJob(JOB);
    expect(script.sent.at(-1)?.body).toMatchObject({ conclusion: "failure" });
  });
});

describe("a pull request that seems to have nothing that matters", () => {
  const push: PullRequestJob = {
    ...JOB,
    hint: { headSha: HEAD, baseSha: BASE_SHA, ontoDefaultBranch: true },
  };

  it("does not pass when GitHub listed fewer files than it counts", async () => {
    expectToken();
    const script = createScript();
    const state = stateOf({ changedFiles: 2 });
    const repository = { defaultBranchRef: { name: "main" }, pullRequest: state };
    script.on("GET", PATHS.files(), [200, [README]]);
    script.on(
      "POST",
      "/graphql",
      [200, { data: { createCheckRun: { checkRun: { databaseId: 1, repository } } } }],
      queried(
        stateOf({
          changedFiles: 2,
          checks: [
            {
              databaseId: 1,
              status: "COMPLETED",
              conclusion: "SUCCESS",
              externalId: `cyclekey:7:${BASE_SHA}:${HEAD}`,
            },
          ],
        }),
      ),
    );
    script.on("PATCH", `${PATHS.checks}/1`, [200, {}]);
    await runJob(push, { openHeads: sweptHeads(HEAD) });
    expect(script.sent.at(-1)?.body).toMatchObject({ conclusion: "failure" });
  });
});

describe("a pull request that only removes files", () => {
  it("is reviewed also when GitHub lists them at another commit than the head", async () => {
    expectToken();
    const script = createScript();
    const gone = { status: "removed", contents_url: `https://x.test/a?ref=${BASE_SHA}` };
    const removed = listed("README.md", "@@ -1 +0,0 @@\n-a", gone);
    script.on("GET", PATHS.files(), [200, [removed]]);
    script.on("POST", "/graphql", queried(stateOf({ changedFiles: 1 })));
    script.on("GET", PATHS.compare(), [
      200,
      { merge_base_commit: { sha: MERGE_BASE }, files: [removed] },
    ]);
    script.on("POST", PATHS.checks, [201, { id: 1 }]);
    await runJob(JOB);
    expect(script.sent.at(-1)?.body).toMatchObject({ head_sha: HEAD, conclusion: "success" });
  });

  it("is reviewed by what its head has when that moved on meanwhile", async () => {
    expectToken();
    const script = createScript();
    const gone = { status: "removed", contents_url: `https://x.test/a?ref=${NEXT_HEAD}` };
    script.on("GET", PATHS.files(), [200, [listed("README.md", "@@ -1 +0,0 @@\n-a", gone)]]);
    script.on(
      "POST",
      "/graphql",
      queried(stateOf({ changedFiles: 1 })),
      [200, { data: { repository: { id: "R_1", f0: WEAK } } }],
      [200, { data: { repository: { id: "R_1", f0: null } } }],
      started(),
    );
    script.on("GET", PATHS.compare(), [
      200,
      { merge_base_commit: { sha: MERGE_BASE }, files: [SETTINGS] },
    ]);
    script.on("POST", PATHS.reviews, [200, { id: 2 }]);
    script.on("PATCH", `${PATHS.checks}/1`, [200, {}]);
    await runJob(JOB);
    expect(script.sent.at(-1)?.body).toMatchObject({ conclusion: "failure" });
  });
});
