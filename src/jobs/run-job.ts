import { createFollowCommit } from "./follow-commit.js";
import type { Job } from "./job.js";
import type { RunContext } from "./queue.js";
import { createReconcile, type ReconcileOptions } from "./reconcile.js";
import { createReviewMergeGroup } from "./review-merge-group.js";

/** Runs a job of any kind. */
export function createRunJob(
  options: ReconcileOptions,
): (job: Job, context: RunContext) => Promise<void> {
  const reconcile = createReconcile(options);
  const reviewMergeGroup = createReviewMergeGroup(options);
  const followCommit = createFollowCommit(options);
  return (job, context) => {
    switch (job.kind) {
      case "pull-request":
        return reconcile(job, context);
      case "merge-group":
        return reviewMergeGroup(job, context);
      case "commit":
        return followCommit(job, context);
    }
  };
}
