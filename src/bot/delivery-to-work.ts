import { workFromCheckRun, workFromCheckSuite, workFromMergeGroup } from "./check-work.js";
import { workFromComment, workFromReply } from "./comment-work.js";
import { workFromInstallation } from "./installation-work.js";
import { workFromPullRequest } from "./pull-request-work.js";
import type { Work } from "./work.js";

/** Events that the bot listens to, with the actions that mean work. */
export const EVENTS = [
  "pull_request.opened",
  "pull_request.reopened",
  "pull_request.synchronize",
  "pull_request.ready_for_review",
  "pull_request.converted_to_draft",
  "pull_request.edited",
  "pull_request.closed",
  "issue_comment.created",
  "pull_request_review_comment.created",
  "check_run.rerequested",
  "check_suite.rerequested",
  "merge_group.checks_requested",
  "installation.created",
  "installation.unsuspend",
  "installation.new_permissions_accepted",
  "installation_repositories.added",
] as const;

/** What a delivery of one of these events asks for; undefined for nothing, or when it makes no sense. */
export function workFrom(
  event: string,
  payload: unknown,
  delivery: string,
  appId: number,
): Work | undefined {
  switch (event) {
    case "pull_request":
      return workFromPullRequest(payload, delivery);
    case "issue_comment":
      return workFromComment(payload, delivery);
    case "pull_request_review_comment":
      return workFromReply(payload, delivery);
    case "check_run":
      return workFromCheckRun(payload, delivery, appId);
    case "check_suite":
      return workFromCheckSuite(payload, delivery, appId);
    case "merge_group":
      return workFromMergeGroup(payload, delivery);
    default:
      return workFromInstallation(payload);
  }
}
