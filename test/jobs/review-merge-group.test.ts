import { describe, expect, it } from "vitest";
import type { MergeGroupJob } from "../../src/jobs/job.js";
import { pullRequestIn } from "../../src/jobs/review-merge-group.js";
import {
  type Answer,
  BASE_SHA,
  blob,
  createScript,
  defaultBranch,
  expectToken,
  HEAD,
  listed,
  MERGE_BASE,
  queried,
  stateOf,
  TARGET,
  useWire,
} from "../github/wire.js";
import { runJob } from "./job-runner.js";
import { PATHS } from "./wire-paths.js";

const BRANCH = `gh-readonly-queue/main/pr-7-${BASE_SHA}`;
const JOB: MergeGroupJob = {
  kind: "merge-group",
  installationId: 1,
  ...TARGET,
  baseSha: BASE_SHA,
  headSha: HEAD,
  headRef: `refs/heads/${BRANCH}`,
};
const EXTERNAL_ID = `cyclekey:merge-group:${BASE_SHA}:${HEAD}`;
const README = listed("README.md", "@@ -1 +1 @@\n-a\n+b");
const SETTINGS = listed(
  "shop/settings.py",
  "@@ -1 +1 @@\n-SESSION_COOKIE_SECURE = True\n+SESSION_COOKIE_SECURE = False",
);

useWire();

function script(files: readonly object[], runs: readonly object[] = []) {
  expectToken();
  const made = createScript();
  made.on("GET", PATHS.compare(), [200, { merge_base_commit: { sha: MERGE_BASE }, files }]);
  made.on("GET", PATHS.ownRuns, [200, { check_runs: runs }]);
  return made;
}

function files(f0: unknown): Answer {
  return [200, { data: { repository: { id: "R_1", f0 } } }];
}

describe("a merge group", () => {
  it("in which nothing can matter passes at once", async () => {
    const made = script([README]);
    made.on("POST", PATHS.checks, [201, { id: 1 }]);
    await runJob(JOB);
    expect(made.sent.at(-1)?.body).toMatchObject({
      head_sha: HEAD,
      external_id: EXTERNAL_ID,
      status: "completed",
      conclusion: "success",
    });
  });

  it("is judged by its own range, with what is configured", async () => {
    const made = script([SETTINGS]);
    made.on(
      "POST",
      "/graphql",
      queried(stateOf({}), [], { repository: "fail-on: never" }),
      files(blob("SESSION_COOKIE_SECURE = False\n")),
      files(null),
    );
    made.on("POST", PATHS.checks, [201, { id: 1 }]);
    await runJob(JOB);
    expect(made.sent.at(-1)?.body).toMatchObject({ conclusion: "neutral" });
  });

  it("fails also when its pull request is not known", async () => {
    const made = script([SETTINGS]);
    const { headRef: _, ...unnamed } = JOB;
    made.on(
      "POST",
      "/graphql",
      [200, { data: { repository: { id: "R_1", defaultBranchRef: defaultBranch() } } }],
      files(blob("SESSION_COOKIE_SECURE = False\n")),
      files(null),
    );
    made.on("POST", PATHS.checks, [201, { id: 1 }]);
    await runJob(unnamed);
    expect(made.sent.at(-1)?.body).toMatchObject({ conclusion: "failure" });
  });

  it("is written once, and again when someone asks", async () => {
    const run = {
      id: 4,
      app: { id: 4711 },
      status: "completed",
      conclusion: "success",
      external_id: EXTERNAL_ID,
    };
    script([README], [run, { ...run, id: 5, app: { id: 666 } }]);
    await runJob(JOB);
    const again = script([README], [run]);
    again.on("PATCH", `${PATHS.checks}/4`, [200, {}]);
    await runJob({ ...JOB, again: true });
    expect(again.sent.at(-1)?.body).toMatchObject({ conclusion: "success" });
  });

  it("does not pass with more files than GitHub lists", async () => {
    const made = script(
      Array.from({ length: 300 }, (_, i) => listed(`a${i}.txt`, "@@ -1 +1 @@\n-a\n+b")),
    );
    made.on("POST", "/graphql", queried(stateOf({})));
    made.on("POST", PATHS.checks, [201, { id: 1 }]);
    await runJob(JOB);
    expect(made.sent.at(-1)?.body).toMatchObject({ conclusion: "failure" });
  });
});

describe("the branch of a merge group", () => {
  it.each([
    [BRANCH, 7],
    [`refs/heads/${BRANCH}`, 7],
    [`gh-readonly-queue/release/2.x/pr-12-${BASE_SHA}`, 12],
    [`gh-readonly-queue/main/pr-0-${BASE_SHA}`, undefined],
    ["gh-readonly-queue/main/pr-7-main", undefined],
    [`evil/gh-readonly-queue/main/pr-7-${BASE_SHA}`, undefined],
    [undefined, undefined],
  ])("%s names pull request %s", (branch, number) => {
    expect(pullRequestIn(branch)).toBe(number);
  });
});
