import { nodeId } from "../platform/node-id.js";
import type { CheckRunRecord } from "../platform/store.js";
import { associatedPullRequests } from "../pull-requests/associated.js";
import { requireAccess, type Viewer } from "./access.js";
import { suiteNode } from "./checks.js";
import { connect, type Paging } from "./connection.js";
import { fileNode } from "./objects.js";
import { pullRequestNode } from "./pull-request.js";

interface SuiteFilter {
  readonly filterBy?: { readonly appId?: number | null; readonly checkName?: string | null } | null;
}

/** A commit: its check suites, its pull requests, and its files. */
export function commitNode(viewer: Viewer, oid: string): object {
  return {
    __typename: "Commit",
    id: nodeId("C", oid),
    oid,
    file: ({ path }: { readonly path: string }) => fileNode(viewer, oid, path),
    history: async (args: Paging) => {
      requireAccess(viewer, "contents:read");
      const listed = await viewer.forge.repository.git("rev-list", oid);
      const commits = listed.toString().split("\n").slice(0, -1);
      return connect(
        "history",
        commits.map((one) => commitNode(viewer, one)),
        args,
      );
    },
    associatedPullRequests: async (args: Paging) => {
      requireAccess(viewer, "pull_requests:read");
      const pulls = await associatedPullRequests(viewer.forge, oid);
      return connect(
        "associatedPullRequests",
        pulls.map((pull) => pullRequestNode(viewer, pull)),
        args,
      );
    },
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
