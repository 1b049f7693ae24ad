import type { DiffFile } from "../git/diff-files.js";
import { type Anchor, refuseAnchor } from "../git/review-anchors.js";
import { unprocessable } from "../platform/errors.js";
import { type Forge, pullRequestDiff, tellChange } from "../platform/forge.js";
import {
  type Author,
  type PullRequestRecord,
  type ReviewCommentRecord,
  type ReviewRecord,
  type Store,
  takeId,
} from "../platform/store.js";
import { addComment } from "./review-comments.js";
import { announceReview } from "./review-events.js";

export const MAX_BODY = 65_536;
/** Above this many comments in one review GitHub answers "was submitted too quickly". */
const MAX_COMMENTS = 32;

export interface NewReviewComment extends Anchor {
  readonly body: string;
}

export interface NewReview {
  readonly commitId: string | undefined;
  readonly body: string;
  readonly state: ReviewRecord["state"];
  readonly comments: readonly NewReviewComment[];
}

export function refuseBody(body: string): string | undefined {
  if (body.trim() === "") return "Body can't be blank";
  if (body.length > MAX_BODY) return `Body is too long (maximum is ${MAX_BODY} characters)`;
  return undefined;
}

/** The commit a comment counts its lines in; refused when the pull request has no such commit. */
export async function reviewedCommit(
  forge: Forge,
  pull: PullRequestRecord,
  commitId: string | undefined,
): Promise<string> {
  if (commitId === undefined || commitId === pull.headSha) return pull.headSha;
  const commits = await forge.repository.commitsBetween(pull.baseSha, pull.headSha);
  if (commits.includes(commitId)) return commitId;
  throw unprocessable("commit_id is not part of the pull request");
}

function refusePending(store: Store, pull: PullRequestRecord, author: Author): void {
  const pending = store.reviews.some(
    (review) =>
      review.pullRequest === pull.number &&
      review.state === "PENDING" &&
      review.author.login === author.login,
  );
  if (pending) throw unprocessable("User can only have one pending review per pull request");
}

/** Why GitHub would not take a comment; undefined when it would. */
export function refuseComment(
  forge: Forge,
  files: readonly DiffFile[],
  comment: NewReviewComment,
): string | undefined {
  if (forge.platform.faults.refuseComment?.(comment)) return "Line could not be resolved";
  return refuseAnchor(files, comment) ?? refuseBody(comment.body);
}

/** A review with its comments: all of them or, when one is refused, nothing. */
export async function createReview(
  forge: Forge,
  pull: PullRequestRecord,
  author: Author,
  wanted: NewReview,
): Promise<ReviewRecord> {
  const { store } = forge;
  const commitId = await reviewedCommit(forge, pull, wanted.commitId);
  const { mergeBase, files } = await pullRequestDiff(forge, pull, commitId);
  refusePending(store, pull, author);
  if (wanted.comments.length === 0 && wanted.body.trim() === "" && wanted.state === "COMMENTED") {
    throw unprocessable("Review Can not be blank");
  }
  if (wanted.body.length > MAX_BODY) throw unprocessable("Body is too long");
  if (wanted.comments.length > MAX_COMMENTS) throw unprocessable("was submitted too quickly");
  if (author.login === pull.author.login && !["PENDING", "COMMENTED"].includes(wanted.state)) {
    throw unprocessable("Review Can not approve or request changes on your own pull request");
  }
  const reasons = wanted.comments.flatMap((comment) => refuseComment(forge, files, comment) ?? []);
  if (reasons.length > 0) throw unprocessable(...new Set(reasons));

  const review: ReviewRecord = {
    id: takeId(store),
    pullRequest: pull.number,
    author,
    commitId,
    body: wanted.body,
    state: wanted.state,
    createdAt: new Date(),
  };
  store.reviews.push(review);
  for (const comment of wanted.comments) {
    addComment(forge, pull, author, comment, { commitId, mergeBase, reviewId: review.id });
  }
  if (review.state !== "PENDING") announceReview(forge, pull, review);
  tellChange(forge);
  return review;
}

/** A comment of a pending review is seen by nobody but its author. */
export function isPublished(store: Store, comment: ReviewCommentRecord): boolean {
  const review = store.reviews.find((one) => one.id === comment.reviewId);
  return review?.state !== "PENDING";
}
