import { type Forge, findApp } from "../platform/forge.js";
import { nodeId } from "../platform/node-id.js";
import type { CheckRunRecord, CheckSuiteRecord } from "../platform/store.js";
import { appJson } from "./app-shapes.js";
import { type Json, timestamp } from "./shapes.js";

/** Pull requests of forks are not among them: the run's branch is not one of the repository. */
function pullRequestsAt(forge: Forge, headSha: string): readonly Json[] {
  return forge.store.pullRequests
    .filter((pull) => pull.headSha === headSha && pull.state === "open" && pull.fork === undefined)
    .map((pull) => ({
      id: pull.id,
      number: pull.number,
      head: { ref: pull.headRef, sha: pull.headSha },
      base: { ref: pull.baseRef, sha: pull.baseSha },
    }));
}

export function checkSuiteJson(forge: Forge, suite: CheckSuiteRecord): Json {
  const app = findApp(forge, suite.appId);
  return {
    id: suite.id,
    node_id: nodeId("CS", suite.id),
    head_sha: suite.headSha,
    head_branch: suite.headBranch ?? null,
    app: app === undefined ? null : appJson(app),
    pull_requests: pullRequestsAt(forge, suite.headSha),
    created_at: timestamp(suite.createdAt),
    latest_check_runs_count: forge.store.checkRuns.filter((run) => run.suiteId === suite.id).length,
  };
}

export function checkRunJson(forge: Forge, run: CheckRunRecord): Json {
  const app = findApp(forge, run.appId);
  return {
    id: run.id,
    node_id: nodeId("CR", run.id),
    name: run.name,
    head_sha: run.headSha,
    external_id: run.externalId,
    status: run.status,
    conclusion: run.conclusion ?? null,
    started_at: timestamp(run.startedAt),
    completed_at: run.completedAt ? timestamp(run.completedAt) : null,
    details_url: run.detailsUrl ?? null,
    html_url: `${forge.url}/runs/${run.id}`,
    output: {
      title: run.title ?? null,
      summary: run.summary ?? null,
      text: run.text ?? null,
      annotations_count: run.annotations.length,
    },
    check_suite: { id: run.suiteId },
    app: app === undefined ? null : appJson(app),
    pull_requests: pullRequestsAt(forge, run.headSha),
  };
}
