import { type Call, paginate, type Route, readText } from "../http/route.js";
import { issueCommentJson, reactionJson } from "../json/shapes.js";
import { appAuthor } from "../platform/app-records.js";
import { forbidden, notFound, unprocessable } from "../platform/errors.js";
import { findPullRequest } from "../platform/forge.js";
import type { IssueCommentRecord } from "../platform/store.js";
import { addIssueComment, editIssueComment } from "../reviews/issue-comments.js";
import { refuseBody } from "../reviews/reviews.js";
import { calledPullRequest } from "./pull-requests.js";
import { reactWith } from "./reactions.js";

function calledComment(call: Call): IssueCommentRecord {
  const id = Number(call.at.comment);
  const comment = call.forge.store.issueComments.find((one) => one.id === id);
  if (comment === undefined) throw notFound();
  return comment;
}

function readBody(call: Call): string {
  const body = readText(call.body, "body") ?? "";
  const reason = refuseBody(body);
  if (reason !== undefined) throw unprocessable(reason);
  return body;
}

function postReaction(call: Call) {
  return reactWith(call, calledComment(call));
}

function patchComment(call: Call) {
  const comment = calledComment(call);
  const pull = findPullRequest(call.forge, comment.pullRequest);
  if (pull === undefined) throw notFound();
  if (comment.author.appId !== call.app.id) throw forbidden("pull_requests:write");
  editIssueComment(call.forge, pull, comment, readBody(call));
  return { status: 200, body: issueCommentJson(call.forge, comment) };
}

const COMMENT = "/repos/{owner}/{repo}/issues/comments/{comment}";
const COMMENTS = "/repos/{owner}/{repo}/issues/{number}/comments";
/** GitHub goes by the comment's parent: on a pull request, issues:write is not enough. */
const WRITE = "pull_requests:write";

export const ISSUE_COMMENT_ROUTES: readonly Route[] = [
  { method: "POST", pattern: `${COMMENT}/reactions`, need: WRITE, handle: postReaction },
  {
    method: "GET",
    pattern: `${COMMENT}/reactions`,
    need: "issues:read|pull_requests:read",
    handle: (call) => paginate(call, calledComment(call).reactions.map(reactionJson)),
  },
  { method: "PATCH", pattern: COMMENT, need: WRITE, handle: patchComment },
  {
    method: "GET",
    pattern: COMMENT,
    need: "issues:read|pull_requests:read",
    handle: (call) => ({ status: 200, body: issueCommentJson(call.forge, calledComment(call)) }),
  },
  {
    method: "POST",
    pattern: COMMENTS,
    need: WRITE,
    handle: (call) => {
      const pull = calledPullRequest(call);
      const comment = addIssueComment(call.forge, pull, appAuthor(call.app), readBody(call));
      return { status: 201, body: issueCommentJson(call.forge, comment) };
    },
  },
  {
    method: "GET",
    pattern: COMMENTS,
    need: "issues:read|pull_requests:read",
    handle: (call) => {
      const pull = calledPullRequest(call);
      const comments = call.forge.store.issueComments.filter(
        (one) => one.pullRequest === pull.number,
      );
      return paginate(
        call,
        comments.map((one) => issueCommentJson(call.forge, one)),
      );
    },
  },
];
