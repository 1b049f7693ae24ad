import type { Forge } from "./forge.js";
import { pullRequestJson, repositoryJson, reviewJson, userJson } from "./shapes.js";
import {
  nodeId,
  type PullRequestRecord,
  type ReviewCommentRecord,
  type ReviewRecord,
} from "./store.js";

/** The position now is for readers who ask later: a payload carries where the comment was written. */
export function announceComment(
  forge: Forge,
  pull: PullRequestRecord,
  comment: ReviewCommentRecord,
  action: "created" | "edited",
): void {
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
        user: userJson(comment.author),
      },
      pull_request: pullRequestJson(forge, pull),
      repository: repositoryJson(forge),
      sender: userJson(comment.author),
    },
  });
}

export function announceReview(forge: Forge, pull: PullRequestRecord, review: ReviewRecord): void {
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
