import { timestamp } from "../json/shapes.js";
import { findApp } from "../platform/forge.js";
import { nodeId } from "../platform/node-id.js";
import type { CheckRunRecord } from "../platform/store.js";
import type { Viewer } from "./access.js";
import { connect, type Paging } from "./connection.js";
import { repositoryNode } from "./repository.js";

interface RunFilter {
  readonly filterBy?: {
    readonly checkName?: string | null;
    readonly appId?: number | null;
    readonly checkType?: "ALL" | "LATEST" | null;
  } | null;
}

export function checkRunNode(viewer: Viewer, run: CheckRunRecord): object {
  return {
    __typename: "CheckRun",
    id: nodeId("CR", run.id),
    databaseId: run.id,
    name: run.name,
    status: run.status.toUpperCase(),
    conclusion: run.conclusion?.toUpperCase() ?? null,
    externalId: run.externalId,
    detailsUrl: run.detailsUrl ?? null,
    title: run.title ?? null,
    summary: run.summary ?? null,
    startedAt: timestamp(run.startedAt),
    completedAt: run.completedAt ? timestamp(run.completedAt) : null,
    annotations: (args: Paging) => connect("annotations", run.annotations, args),
    checkSuite: () => suiteNode(viewer, [run]),
    repository: () => repositoryNode(viewer),
  };
}

export function suiteNode(viewer: Viewer, runs: readonly CheckRunRecord[]): object {
  const { suiteId = 0, appId = 0 } = runs[0] ?? {};
  const app = findApp(viewer.forge, appId);
  return {
    __typename: "CheckSuite",
    id: nodeId("CS", suiteId),
    databaseId: suiteId,
    app: app && { id: nodeId("A", app.id), databaseId: app.id, name: app.slug, slug: app.slug },
    checkRuns: (args: Paging & RunFilter) => {
      const { checkName, checkType } = args.filterBy ?? {};
      const named = runs.filter((run) => !checkName || run.name === checkName);
      const shown = checkType === "ALL" ? named : latestByName(named);
      return connect(
        "checkRuns",
        shown.map((run) => checkRunNode(viewer, run)),
        args,
      );
    },
  };
}

function latestByName(runs: readonly CheckRunRecord[]): readonly CheckRunRecord[] {
  return [...new Map(runs.map((run) => [run.name, run])).values()];
}
