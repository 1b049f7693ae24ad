import { timestamp } from "../json/shapes.js";
import { nodeId } from "../platform/node-id.js";
import type { PullRequestRecord, ReviewCommentRecord, ThreadRecord } from "../platform/store.js";
import { currentLine } from "../reviews/comment-position.js";
import { isPublished } from "../reviews/reviews.js";
import type { Viewer } from "./access.js";
import { actorNode } from "./actor.js";
import { connect, type Paging } from "./connection.js";
import { reactionGroups } from "./reaction-groups.js";

export function commentNode(viewer: Viewer, comment: ReviewCommentRecord): object {
  const { editor, editedAt, createdAt } = comment;
  return {
    __typename: "PullRequestReviewComment",
    id: nodeId("PRRC", comment.id),
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    body: comment.body,
    path: comment.path,
    author: actorNode(comment.author),
    editor: editor === undefined ? null : actorNode(editor),
    createdAt: timestamp(createdAt),
    updatedAt: timestamp(editedAt ?? createdAt),
    lastEditedAt: editedAt === undefined ? null : timestamp(editedAt),
    url: `${viewer.forge.url}/pull/${comment.pullRequest}#discussion_r${comment.id}`,
    isMinimized: comment.minimized !== undefined,
    minimizedReason: comment.minimized ?? null,
    viewerDidAuthor: comment.author.appId === viewer.app.id,
    replyTo: () => {
      const top = viewer.forge.store.reviewComments.find((one) => one.id === comment.inReplyTo);
      return top === undefined ? null : commentNode(viewer, top);
    },
    reactionGroups: () => reactionGroups(viewer, comment.reactions),
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
