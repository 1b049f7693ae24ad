import { pullRequestDiff } from "../forge.js";
import { nodeId, type PullRequestRecord } from "../store.js";
import type { Viewer } from "./access.js";
import { commitNode } from "./checks.js";
import { connect, type Paging } from "./connection.js";
import { actorNode, threadNode, visibleThreads } from "./threads.js";

export function pullRequestNode(viewer: Viewer, pull: PullRequestRecord): object {
  const { forge } = viewer;
  return {
    __typename: "PullRequest",
    id: nodeId("PR", pull.id),
    databaseId: pull.id,
    fullDatabaseId: String(pull.id),
    number: pull.number,
    title: pull.title,
    state: pull.state.toUpperCase(),
    isDraft: pull.draft,
    headRefName: pull.headRef,
    headRefOid: pull.headSha,
    baseRefName: pull.baseRef,
    baseRefOid: pull.baseSha,
    changedFiles: async () => (await pullRequestDiff(forge, pull)).files.length,
    author: actorNode(pull.author),
    url: `${forge.url}/pull/${pull.number}`,
    reviewThreads: (args: Paging) =>
      connect(
        "reviewThreads",
        visibleThreads(viewer, pull).map((thread) => threadNode(viewer, pull, thread)),
        args,
      ),
    commits: async (args: Paging) => {
      const newestFirst = await forge.repository.commitsBetween(pull.baseSha, pull.headSha);
      const commits = [...newestFirst].reverse().map((oid) => ({
        id: nodeId("C", `${pull.number}:${oid}`),
        commit: commitNode(viewer, oid),
      }));
      return connect("commits", commits, args);
    },
  };
}
