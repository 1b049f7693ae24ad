import { unprocessable } from "../platform/errors.js";
import { type Forge, pullRequestDiff, tellChange } from "../platform/forge.js";
import {
  type Author,
  type PullRequestRecord,
  type ReviewCommentRecord,
  type ThreadRecord,
  takeId,
} from "../platform/store.js";
import { announceComment } from "./review-events.js";
import { type NewReviewComment, refuseBody, refuseComment, reviewedCommit } from "./reviews.js";

/** What a comment starts with. */
function untouched() {
  return {
    reactions: [],
    editor: undefined,
    editedAt: undefined,
    minimized: undefined,
    suggestionApplied: false,
  };
}

/** Opens a thread. */
export function addComment(
  forge: Forge,
  pull: PullRequestRecord,
  author: Author,
  comment: NewReviewComment,
  at: {
    readonly commitId: string;
    readonly mergeBase: string;
    readonly reviewId: number | undefined;
  },
): ReviewCommentRecord {
  const { store } = forge;
  const thread: ThreadRecord = {
    id: takeId(store),
    pullRequest: pull.number,
    resolved: false,
    resolvedBy: undefined,
  };
  store.threads.push(thread);
  const record: ReviewCommentRecord = {
    id: takeId(store),
    pullRequest: pull.number,
    threadId: thread.id,
    inReplyTo: undefined,
    author,
    path: comment.path,
    side: comment.side,
    line: comment.line,
    startLine: comment.startLine,
    startSide: comment.startLine === undefined ? undefined : (comment.startSide ?? comment.side),
    body: comment.body,
    createdAt: new Date(),
    ...untouched(),
    ...at,
  };
  store.reviewComments.push(record);
  return record;
}

/** One comment outside a review; its refusals are GitHub's of `POST pulls/comments`. */
export async function createComment(
  forge: Forge,
  pull: PullRequestRecord,
  author: Author,
  wanted: NewReviewComment,
  commit: string | undefined,
): Promise<ReviewCommentRecord> {
  const commitId = await reviewedCommit(forge, pull, commit);
  const { mergeBase, files } = await pullRequestDiff(forge, pull, commitId);
  const reason = refuseComment(forge, files, wanted);
  if (reason !== undefined) throw unprocessable(reason);
  const at = { commitId, mergeBase, reviewId: undefined };
  const record = addComment(forge, pull, author, wanted, at);
  announceComment(forge, pull, record, "created");
  tellChange(forge);
  return record;
}

/** A reply stands where its thread stands. */
export function replyTo(
  forge: Forge,
  pull: PullRequestRecord,
  author: Author,
  top: ReviewCommentRecord,
  body: string,
): ReviewCommentRecord {
  const reason = refuseBody(body);
  if (reason !== undefined) throw unprocessable(reason);
  const record: ReviewCommentRecord = {
    ...top,
    id: takeId(forge.store),
    inReplyTo: top.id,
    author,
    body,
    createdAt: new Date(),
    ...untouched(),
  };
  forge.store.reviewComments.push(record);
  announceComment(forge, pull, record, "created");
  tellChange(forge);
  return record;
}

export function editReviewComment(
  forge: Forge,
  pull: PullRequestRecord,
  comment: ReviewCommentRecord,
  by: Author,
  body: string,
): void {
  const reason = refuseBody(body);
  if (reason !== undefined) throw unprocessable(reason);
  comment.body = body;
  comment.editor = by;
  comment.editedAt = new Date();
  announceComment(forge, pull, comment, "edited", by);
  tellChange(forge);
}

/** A thread whose first comment goes is carried on by its replies; without any it is gone. */
export function deleteReviewComment(
  forge: Forge,
  pull: PullRequestRecord,
  comment: ReviewCommentRecord,
  by: Author,
): void {
  const { reviewComments, threads } = forge.store;
  reviewComments.splice(reviewComments.indexOf(comment), 1);
  const thread = threads.find((one) => one.id === comment.threadId);
  const kept = reviewComments.some((one) => one.threadId === comment.threadId);
  if (thread !== undefined && !kept) threads.splice(threads.indexOf(thread), 1);
  announceComment(forge, pull, comment, "deleted", by);
  tellChange(forge);
}
