import { findPullRequest } from "../platform/forge.js";
import { nodeId, readNodeId } from "../platform/node-id.js";
import type { PullRequestRecord, ReviewCommentRecord, ThreadRecord } from "../platform/store.js";
import { type Caller, notResolved, type Viewer, viewersOf } from "./access.js";
import { checkRunNode } from "./checks.js";
import { pullRequestNode } from "./pull-request.js";
import { refById, repositoryNode } from "./repository.js";
import { commentNode, threadNode } from "./threads.js";

/** What `look` finds in the first repository that has it. */
function findIn<T>(
  caller: Caller,
  look: (viewer: Viewer) => T | undefined,
): { readonly viewer: Viewer; readonly found: T } | undefined {
  for (const viewer of viewersOf(caller)) {
    const found = look(viewer);
    if (found !== undefined) return { viewer, found };
  }
  return undefined;
}

export function findRepository(caller: Caller, id: string): Viewer {
  const found = viewersOf(caller).find(({ forge }) => id === nodeId("R", forge.store.id));
  if (found === undefined) throw notResolved(id);
  return found;
}

export function findComment(
  caller: Caller,
  id: string,
): { readonly viewer: Viewer; readonly found: ReviewCommentRecord } {
  const comment = findIn(caller, ({ forge }) =>
    forge.store.reviewComments.find((one) => one.id === readNodeId("PRRC", id)),
  );
  if (comment === undefined) throw notResolved(id);
  return comment;
}

export function findThread(
  caller: Caller,
  id: string,
): {
  readonly viewer: Viewer;
  readonly thread: ThreadRecord;
  readonly pull: PullRequestRecord;
} {
  const hit = findIn(caller, ({ forge }) =>
    forge.store.threads.find((one) => one.id === readNodeId("PRRT", id)),
  );
  const pull = hit && findPullRequest(hit.viewer.forge, hit.found.pullRequest);
  if (hit === undefined || pull === undefined) throw notResolved(id);
  return { viewer: hit.viewer, thread: hit.found, pull };
}

export function nodeById(caller: Caller, id: string): object {
  if (id.startsWith("R_")) return repositoryNode(findRepository(caller, id));
  if (id.startsWith("PRRC_")) {
    const { viewer, found } = findComment(caller, id);
    return commentNode(viewer, found);
  }
  if (id.startsWith("PRRT_")) {
    const { viewer, pull, thread } = findThread(caller, id);
    return threadNode(viewer, pull, thread);
  }
  const ref = refById(viewersOf(caller), id);
  if (ref !== undefined) return ref;
  const run = findIn(caller, ({ forge }) =>
    forge.store.checkRuns.find((one) => one.id === readNodeId("CR", id)),
  );
  if (run !== undefined) return checkRunNode(run.viewer, run.found);
  const pull = findIn(caller, ({ forge }) =>
    forge.store.pullRequests.find((one) => one.id === readNodeId("PR", id)),
  );
  if (pull !== undefined) return pullRequestNode(pull.viewer, pull.found);
  throw notResolved(id);
}
