import { type Call, paginate, type Route, readInteger, readText } from "../http/route.js";
import { pullRequestJson, reactionJson, timestamp, userJson } from "../json/shapes.js";
import { appAuthor } from "../platform/app-records.js";
import { forbidden, invalidRequest, notFound } from "../platform/errors.js";
import { type Forge, findPullRequest } from "../platform/forge.js";
import { nodeId } from "../platform/node-id.js";
import type { PullRequestRecord, ReviewCommentRecord } from "../platform/store.js";
import { currentLine } from "../reviews/comment-position.js";
import {
  createComment,
  deleteReviewComment,
  editReviewComment,
  replyTo,
} from "../reviews/review-comments.js";
import { isPublished } from "../reviews/reviews.js";
import { calledPullRequest } from "./pull-requests.js";
import { reactWith } from "./reactions.js";
import { readComment } from "./reviews.js";

/** `line` is null once the comment is outdated; `original_line` stays. */
async function commentJson(forge: Forge, pull: PullRequestRecord, comment: ReviewCommentRecord) {
  const line = await currentLine(forge, pull, comment);
  const span = comment.startLine === undefined ? undefined : comment.line - comment.startLine;
  return {
    id: comment.id,
    node_id: nodeId("PRRC", comment.id),
    pull_request_review_id: comment.reviewId ?? null,
    in_reply_to_id: comment.inReplyTo,
    path: comment.path,
    side: comment.side,
    line: line ?? null,
    original_line: comment.line,
    start_line: line === undefined || span === undefined ? null : line - span,
    original_start_line: comment.startLine ?? null,
    start_side: comment.startSide ?? null,
    commit_id: line === undefined ? comment.commitId : pull.headSha,
    original_commit_id: comment.commitId,
    body: comment.body,
    user: userJson(comment.author),
    author_association: "NONE",
    created_at: timestamp(comment.createdAt),
    updated_at: timestamp(comment.editedAt ?? comment.createdAt),
    html_url: `${forge.url}/pull/${pull.number}#discussion_r${comment.id}`,
    pull_request_url: pullRequestJson(forge, pull).url,
  };
}

function calledComment(call: Call): {
  readonly comment: ReviewCommentRecord;
  readonly pull: PullRequestRecord;
} {
  const id = Number(call.at.comment);
  const comment = call.forge.store.reviewComments.find((one) => one.id === id);
  const pull = comment && findPullRequest(call.forge, comment.pullRequest);
  if (comment === undefined || pull === undefined) throw notFound();
  return { comment, pull };
}

async function listComments(call: Call) {
  const pull = calledPullRequest(call);
  const comments = call.forge.store.reviewComments.filter(
    (one) => one.pullRequest === pull.number && isPublished(call.forge.store, one),
  );
  const shown = await Promise.all(comments.map((one) => commentJson(call.forge, pull, one)));
  return paginate(call, shown);
}

function reply(call: Call, pull: PullRequestRecord, to: number, body: string) {
  const top = call.forge.store.reviewComments.find(
    (one) => one.id === to && one.pullRequest === pull.number && one.inReplyTo === undefined,
  );
  if (top === undefined) throw notFound();
  return replyTo(call.forge, pull, appAuthor(call.app), top, body);
}

async function postComment(call: Call) {
  const pull = calledPullRequest(call);
  const to = readInteger(call.body, "in_reply_to");
  const comment =
    to === undefined
      ? await createComment(
          call.forge,
          pull,
          appAuthor(call.app),
          readComment(call.body),
          readText(call.body, "commit_id"),
        )
      : reply(call, pull, to, readText(call.body, "body") ?? "");
  return { status: 201, body: await commentJson(call.forge, pull, comment) };
}

async function postReply(call: Call) {
  const pull = calledPullRequest(call);
  const body = readText(call.body, "body") ?? "";
  const comment = reply(call, pull, Number(call.at.comment), body);
  return { status: 201, body: await commentJson(call.forge, pull, comment) };
}

async function patchComment(call: Call) {
  const { comment, pull } = calledComment(call);
  if (comment.author.appId !== call.app.id) throw forbidden("pull_requests:write");
  const body = readText(call.body, "body");
  if (body === undefined) throw invalidRequest('"body" wasn\'t supplied.');
  editReviewComment(call.forge, pull, comment, appAuthor(call.app), body);
  return { status: 200, body: await commentJson(call.forge, pull, comment) };
}

function deleteComment(call: Call) {
  const { comment, pull } = calledComment(call);
  if (comment.author.appId !== call.app.id) throw forbidden("pull_requests:write");
  deleteReviewComment(call.forge, pull, comment, appAuthor(call.app));
  return { status: 204, body: undefined };
}

function postReaction(call: Call) {
  return reactWith(call, calledComment(call).comment);
}

function listReactions(call: Call) {
  return paginate(call, calledComment(call).comment.reactions.map(reactionJson));
}

const COMMENT = "/repos/{owner}/{repo}/pulls/comments/{comment}";
const COMMENTS = "/repos/{owner}/{repo}/pulls/{number}/comments";

export const REVIEW_COMMENT_ROUTES: readonly Route[] = [
  { method: "PATCH", pattern: COMMENT, need: "pull_requests:write", handle: patchComment },
  { method: "DELETE", pattern: COMMENT, need: "pull_requests:write", handle: deleteComment },
  {
    method: "POST",
    pattern: `${COMMENT}/reactions`,
    need: "pull_requests:write",
    handle: postReaction,
  },
  {
    method: "GET",
    pattern: `${COMMENT}/reactions`,
    need: "pull_requests:read",
    handle: listReactions,
  },
  {
    method: "GET",
    pattern: COMMENT,
    need: "pull_requests:read",
    handle: async (call) => {
      const { comment, pull } = calledComment(call);
      return { status: 200, body: await commentJson(call.forge, pull, comment) };
    },
  },
  { method: "GET", pattern: COMMENTS, need: "pull_requests:read", handle: listComments },
  { method: "POST", pattern: COMMENTS, need: "pull_requests:write", handle: postComment },
  {
    method: "POST",
    pattern: `${COMMENTS}/{comment}/replies`,
    need: "pull_requests:write",
    handle: postReply,
  },
];
