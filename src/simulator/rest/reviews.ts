import type { Side } from "../../core/model/source.js";
import {
  type Body,
  type Call,
  paginate,
  type Route,
  readChoice,
  readInteger,
  readObjects,
  readText,
} from "../http/route.js";
import { reviewJson } from "../json/shapes.js";
import { appAuthor } from "../platform/app-records.js";
import { invalidRequest, notFound, unprocessable } from "../platform/errors.js";
import { tellChange } from "../platform/forge.js";
import type { ReviewRecord } from "../platform/store.js";
import { announceReview } from "../reviews/review-events.js";
import { createReview, type NewReviewComment } from "../reviews/reviews.js";
import { calledPullRequest } from "./pull-requests.js";

const SIDES: readonly Side[] = ["LEFT", "RIGHT"];
const EVENTS = ["APPROVE", "REQUEST_CHANGES", "COMMENT"] as const;

const STATES: Readonly<Record<(typeof EVENTS)[number], ReviewRecord["state"]>> = {
  APPROVE: "APPROVED",
  REQUEST_CHANGES: "CHANGES_REQUESTED",
  COMMENT: "COMMENTED",
};

/** Path, lines and text of a comment, as REST writes them. */
export function readComment(body: Body): NewReviewComment {
  const path = readText(body, "path");
  const text = readText(body, "body");
  const line = readInteger(body, "line");
  if (path === undefined) throw invalidRequest('"path" wasn\'t supplied.');
  if (text === undefined) throw invalidRequest('"body" wasn\'t supplied.');
  if (line === undefined) throw unprocessable("Line could not be resolved");
  return {
    path,
    body: text,
    line,
    side: readChoice(body, "side", SIDES) ?? "RIGHT",
    startLine: readInteger(body, "start_line"),
    startSide: readChoice(body, "start_side", SIDES),
  };
}

function readState(body: Body): ReviewRecord["state"] {
  const event = readChoice(body, "event", EVENTS);
  return event === undefined ? "PENDING" : STATES[event];
}

async function postReview(call: Call) {
  const { body, forge } = call;
  const review = await createReview(forge, calledPullRequest(call), appAuthor(call.app), {
    commitId: readText(body, "commit_id"),
    body: readText(body, "body") ?? "",
    state: readState(body),
    comments: readObjects(body, "comments").map(readComment),
  });
  return { status: 200, body: reviewJson(forge, review) };
}

function ownReview(call: Call): ReviewRecord {
  const pull = calledPullRequest(call);
  const { login } = appAuthor(call.app);
  const review = call.forge.store.reviews.find(
    (one) =>
      one.id === Number(call.at.review) &&
      one.pullRequest === pull.number &&
      one.author.login === login,
  );
  if (review === undefined) throw notFound();
  return review;
}

function listReviews(call: Call) {
  const pull = calledPullRequest(call);
  const { login } = appAuthor(call.app);
  const reviews = call.forge.store.reviews.filter(
    (review) =>
      review.pullRequest === pull.number &&
      (review.state !== "PENDING" || review.author.login === login),
  );
  return paginate(
    call,
    reviews.map((review) => reviewJson(call.forge, review)),
  );
}

function submitReview(call: Call) {
  const review = ownReview(call);
  if (review.state !== "PENDING") throw unprocessable("Could not submit a submitted review.");
  review.state = readState(call.body);
  if (review.state === "PENDING") throw invalidRequest('"event" wasn\'t supplied.');
  announceReview(call.forge, calledPullRequest(call), review);
  tellChange(call.forge);
  return { status: 200, body: reviewJson(call.forge, review) };
}

function deleteReview(call: Call) {
  const review = ownReview(call);
  if (review.state !== "PENDING")
    throw unprocessable("Can not delete a non-pending pull request review");
  const { reviews, reviewComments } = call.forge.store;
  reviews.splice(reviews.indexOf(review), 1);
  for (const comment of reviewComments.filter((one) => one.reviewId === review.id)) {
    reviewComments.splice(reviewComments.indexOf(comment), 1);
  }
  tellChange(call.forge);
  return { status: 200, body: reviewJson(call.forge, review) };
}

const REVIEWS = "/repos/{owner}/{repo}/pulls/{number}/reviews";

export const REVIEW_ROUTES: readonly Route[] = [
  { method: "GET", pattern: REVIEWS, need: "pull_requests:read", handle: listReviews },
  { method: "POST", pattern: REVIEWS, need: "pull_requests:write", handle: postReview },
  {
    method: "POST",
    pattern: `${REVIEWS}/{review}/events`,
    need: "pull_requests:write",
    handle: submitReview,
  },
  {
    method: "DELETE",
    pattern: `${REVIEWS}/{review}`,
    need: "pull_requests:write",
    handle: deleteReview,
  },
];
