import {
  pullRequestJson,
  repositoryJson,
  reviewJson,
  timestamp,
  userJson,
} from "../json/shapes.js";
import type { Forge } from "../platform/forge.js";
import { nodeId } from "../platform/node-id.js";
import type { PullRequestRecord, ReviewCommentRecord, ReviewRecord } from "../platform/store.js";

/** The position now is for readers who ask later: a payload carries where the comment was written. */
export function announceComment(
  forge: Forge,
  pull: PullRequestRecord,
  comment: ReviewCommentRecord,
  action: "created" | "edited" | "deleted",
  sender = comment.author,
): void {
  pull.updatedAt = new Date();
  forge.send({
    event: "pull_request_review_comment",
    payload: {
      action,
      comment: {
        id: comment.id,
        node_id: nodeId("PRRC", comment.id),
        body: comment.body,
        path: comment.path,
        side: comment.side,
        line: comment.line,
        in_reply_to_id: comment.inReplyTo,
        commit_id: comment.commitId,
        pull_request_review_id: comment.reviewId ?? null,
        user: userJson(comment.author),
        author_association: "NONE",
        created_at: timestamp(comment.createdAt),
        updated_at: timestamp(comment.editedAt ?? comment.createdAt),
      },
      pull_request: pullRequestJson(forge, pull),
      repository: repositoryJson(forge),
      sender: userJson(sender),
    },
  });
}

export function announceReview(forge: Forge, pull: PullRequestRecord, review: ReviewRecord): void {
  pull.updatedAt = new Date();
  forge.send({
    event: "pull_request_review",
    payload: {
      action: "submitted",
      review: reviewJson(forge, review),
      pull_request: pullRequestJson(forge, pull),
      repository: repositoryJson(forge),
      sender: userJson(review.author),
    },
  });
}
