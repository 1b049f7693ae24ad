import { currentLine } from "../comment-position.js";
import { isPublished } from "../reviews.js";
import {
  type Author,
  nodeId,
  type PullRequestRecord,
  type ReviewCommentRecord,
  type ThreadRecord,
} from "../store.js";
import type { Viewer } from "./access.js";
import { connect, type Paging } from "./connection.js";

export function actorNode(author: Author): object {
  return {
    __typename: author.type === "Bot" ? "Bot" : "User",
    id: nodeId("U", author.login),
    // GraphQL leaves out the `[bot]` that REST shows.
    login: author.login.replace(/\[bot\]$/, ""),
  };
}

export function commentNode(viewer: Viewer, comment: ReviewCommentRecord): object {
  return {
    __typename: "PullRequestReviewComment",
    id: nodeId("PRRC", comment.id),
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    body: comment.body,
    path: comment.path,
    author: actorNode(comment.author),
    createdAt: comment.createdAt.toISOString(),
    url: `${viewer.forge.url}/pull/${comment.pullRequest}#discussion_r${comment.id}`,
    isMinimized: comment.minimized !== undefined,
    minimizedReason: comment.minimized ?? null,
    viewerDidAuthor: comment.author.appId === viewer.token.app.id,
  };
}

export function threadNode(viewer: Viewer, pull: PullRequestRecord, thread: ThreadRecord): object {
  const { store } = viewer.forge;
  const comments = store.reviewComments.filter(
    (one) => one.threadId === thread.id && isPublished(store, one),
  );
  const top = comments[0];
  const line = async () => (top && (await currentLine(viewer.forge, pull, top))) ?? null;
  return {
    __typename: "PullRequestReviewThread",
    id: nodeId("PRRT", thread.id),
    isResolved: thread.resolved,
    isOutdated: async () => (await line()) === null,
    path: top?.path ?? "",
    line,
    originalLine: top?.line ?? null,
    diffSide: top?.side ?? "RIGHT",
    viewerCanResolve: viewer.token.permissions.contents === "write",
    comments: (args: Paging) =>
      connect(
        "comments",
        comments.map((one) => commentNode(viewer, one)),
        args,
      ),
  };
}

/** Threads with something that everyone may see. */
export function visibleThreads(viewer: Viewer, pull: PullRequestRecord): readonly ThreadRecord[] {
  const { threads, reviewComments } = viewer.forge.store;
  return threads.filter(
    (thread) =>
      thread.pullRequest === pull.number &&
      reviewComments.some(
        (one) => one.threadId === thread.id && isPublished(viewer.forge.store, one),
      ),
  );
}
