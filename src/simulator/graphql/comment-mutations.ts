import { findPullRequest, tellChange } from "../forge.js";
import { type ReviewCommentRecord, readNodeId } from "../store.js";
import { notResolved, requireAccess, type Viewer } from "./access.js";
import { commentNode, threadNode } from "./threads.js";

interface SubjectInput {
  readonly clientMutationId?: string | null;
  readonly subjectId: string;
}

function subject(viewer: Viewer, id: string): ReviewCommentRecord {
  requireAccess(viewer, "pull_requests:write");
  const comment = viewer.forge.store.reviewComments.find(
    (one) => one.id === readNodeId("PRRC", id),
  );
  if (comment === undefined) throw notResolved(id);
  return comment;
}

export function minimizeComment(
  viewer: Viewer,
  input: SubjectInput & { readonly classifier: string },
): object {
  const comment = subject(viewer, input.subjectId);
  comment.minimized = input.classifier.toLowerCase().replace("_", "-");
  tellChange(viewer.forge);
  const { clientMutationId } = input;
  return { clientMutationId, minimizedComment: commentNode(viewer, comment) };
}

export function unminimizeComment(viewer: Viewer, input: SubjectInput): object {
  const comment = subject(viewer, input.subjectId);
  comment.minimized = undefined;
  tellChange(viewer.forge);
  const { clientMutationId } = input;
  return { clientMutationId, unminimizedComment: commentNode(viewer, comment) };
}

/** For an App, pull_requests:write is not enough to resolve a thread: GitHub wants contents:write. */
export function resolveReviewThread(
  viewer: Viewer,
  input: { readonly clientMutationId?: string | null; readonly threadId: string },
): object {
  requireAccess(viewer, "contents:write");
  const id = readNodeId("PRRT", input.threadId);
  const thread = viewer.forge.store.threads.find((one) => one.id === id);
  const pull = thread && findPullRequest(viewer.forge, thread.pullRequest);
  if (thread === undefined || pull === undefined) throw notResolved(input.threadId);
  thread.resolved = true;
  tellChange(viewer.forge);
  return {
    clientMutationId: input.clientMutationId,
    thread: threadNode(viewer, pull, thread),
  };
}
