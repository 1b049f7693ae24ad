import type { NewComment } from "../../core/model/review.js";
import type { InstallationClient } from "../client/client.js";
import { Gone, Refused, Retryable } from "../client/errors.js";
import { statusOf } from "../client/failure.js";
import type { Target } from "../client/target.js";
import type { PullRequest } from "../pull-request/pull-request-state.js";
import { queryPullRequest } from "../pull-request/query-pull-request.js";
import { createComment, createReview, isPosted } from "./comments.js";
import { deletePendingReviews } from "./pending-reviews.js";

/** GitHub answers "was submitted too quickly" above about 32 comments in one review. */
const COMMENTS_PER_REVIEW = 30;

/** Posts comments as one review, and returns those that GitHub did not take. */
export async function writeComments(
  client: InstallationClient,
  target: Target,
  headSha: string,
  comments: readonly NewComment[],
): Promise<readonly NewComment[]> {
  const dropped: NewComment[] = [];
  for (let from = 0; from < comments.length; from += COMMENTS_PER_REVIEW) {
    const page = comments.slice(from, from + COMMENTS_PER_REVIEW);
    dropped.push(...(await writeReview(client, target, headSha, page)));
  }
  return dropped;
}

async function writeReview(
  client: InstallationClient,
  target: Target,
  headSha: string,
  comments: readonly NewComment[],
): Promise<readonly NewComment[]> {
  try {
    await createReview(client, target, headSha, comments);
    return [];
  } catch (error) {
    if (isForbidden(error)) return await missingAfterForbidden(client, target, comments);
    if (!(error instanceof Refused)) throw error;
  }
  // 422 does not say which comment is off the diff, or that a review of ours that was never
  // submitted is in the way; and normally, not always, it keeps none of the comments.
  const { pullRequest: now } = await queryPullRequest(client, target);
  if (now.headSha !== headSha) throw new Retryable("the head moved while comments were written", 1);
  await deletePendingReviews(client, target);
  const dropped: NewComment[] = [];
  for (const comment of missingIn(now, comments)) {
    if (!(await createComment(client, target, headSha, comment))) dropped.push(comment);
  }
  return dropped;
}

/** An installation that is gone answers 401 or 404, and nothing more is to be asked there. */
function isForbidden(error: unknown): boolean {
  return error instanceof Gone && statusOf(error.cause) === 403;
}

/**
 * 403 where the pull request is still shown to us: its conversation is locked, or someone blocked
 * us. That keeps comments from being written, but no check from being completed.
 */
async function missingAfterForbidden(
  client: InstallationClient,
  target: Target,
  comments: readonly NewComment[],
): Promise<readonly NewComment[]> {
  const { pullRequest } = await queryPullRequest(client, target);
  return missingIn(pullRequest, comments);
}

function missingIn(
  { posted }: PullRequest,
  comments: readonly NewComment[],
): readonly NewComment[] {
  return comments.filter((comment) => !isPosted(comment, posted.comments));
}
