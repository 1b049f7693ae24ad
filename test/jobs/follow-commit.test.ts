import { describe, expect, it } from "vitest";
import type { CommitJob } from "../../src/jobs/job.js";
import {
  BASE_SHA,
  createScript,
  expectToken,
  HEAD,
  NEXT_HEAD,
  TARGET,
  useWire,
} from "../github/wire.js";
import { runJob } from "./job-runner.js";
import { PATHS } from "./wire-paths.js";

const JOB: CommitJob = {
  kind: "commit",
  installationId: 1,
  ...TARGET,
  headSha: HEAD,
  headRef: "gh-readonly-queue/main/x",
  again: true,
};

useWire();

async function follow(runs: readonly object[], pulls: readonly object[]) {
  expectToken();
  const script = createScript();
  script.on("GET", PATHS.ownRuns, [200, { check_runs: runs }]);
  script.on("GET", PATHS.pulls, [200, pulls]);
  return (await runJob(JOB)).left;
}

function run(external_id: string, app = 4711): object {
  return { id: 1, app: { id: app }, status: "completed", external_id };
}

function pull(number: number, more: object = {}): object {
  return {
    number,
    state: "open",
    head: { sha: HEAD },
    base: { repo: { node_id: "R_1" } },
    ...more,
  };
}

describe("a commit whose checks are wanted again", () => {
  it("leaves a job for each thing that our runs on it were made for", async () => {
    const left = await follow(
      [
        run(`cyclekey:7:${BASE_SHA}:${HEAD}`),
        run(`cyclekey:merge-group:${BASE_SHA}:${HEAD}`),
        run("something else"),
        run(`cyclekey:9:${BASE_SHA}:${HEAD}`, 666),
      ],
      [],
    );
    expect(left).toMatchObject([
      { kind: "pull-request", number: 7, again: true },
      { kind: "merge-group", baseSha: BASE_SHA, headRef: JOB.headRef, again: true },
    ]);
  });

  it("leaves one for each open pull request of the repository whose head it is", async () => {
    const left = await follow(
      [],
      [
        pull(7),
        pull(8, { state: "closed" }),
        pull(9, { head: { sha: NEXT_HEAD } }),
        pull(10, { base: { repo: { node_id: "R_2" } } }),
      ],
    );
    expect(left).toMatchObject([{ kind: "pull-request", number: 7, again: true }]);
  });
});
