import { findApp } from "../forge.js";
import { type CheckRunRecord, nodeId } from "../store.js";
import { requireAccess, type Viewer } from "./access.js";
import { connect, type Paging } from "./connection.js";
import { repositoryNode } from "./repository.js";

interface SuiteFilter {
  readonly filterBy?: { readonly appId?: number | null; readonly checkName?: string | null } | null;
}

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
    startedAt: run.startedAt.toISOString(),
    completedAt: run.completedAt?.toISOString() ?? null,
    checkSuite: () => suiteNode(viewer, [run]),
    repository: () => repositoryNode(viewer),
  };
}

function suiteNode(viewer: Viewer, runs: readonly CheckRunRecord[]): object {
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

/** A commit of a pull request: its check suites are what matters. */
export function commitNode(viewer: Viewer, oid: string): object {
  return {
    __typename: "Commit",
    id: nodeId("C", oid),
    oid,
    checkSuites: (args: Paging & SuiteFilter) => {
      requireAccess(viewer, "checks:read");
      const { appId, checkName } = args.filterBy ?? {};
      const suites = new Map<number, CheckRunRecord[]>();
      for (const run of viewer.forge.store.checkRuns) {
        if (run.headSha !== oid || (appId && run.appId !== appId)) continue;
        suites.set(run.suiteId, [...(suites.get(run.suiteId) ?? []), run]);
      }
      const shown = [...suites.values()].filter(
        (runs) => !checkName || runs.some((run) => run.name === checkName),
      );
      return connect(
        "checkSuites",
        shown.map((runs) => suiteNode(viewer, runs)),
        args,
      );
    },
  };
}
