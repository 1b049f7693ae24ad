import type { Finding } from "./finding.js";
import type { Severity } from "./severity.js";
import type { Side } from "./source.js";

/** The pull request as it is now, as far as a review depends on it. */
export interface PullRequestState {
  readonly number: number;
  readonly headSha: string;
  readonly baseSha: string;
  readonly draft: boolean;
}

/** A review comment that stands on the pull request and was written by our own App. */
export interface PostedComment {
  /** Database id, for REST. */
  readonly id: number;
  /** Node id, for GraphQL. */
  readonly nodeId: string;
  readonly body: string;
  readonly minimized: boolean;
  /** Someone else wrote in its thread: then it is edited, but neither minimised nor closed. */
  readonly humanReply: boolean;
  /** The file it stands on, by its path at head; absent when not known. */
  readonly path?: string;
  /** Node id of its thread. */
  readonly threadId: string;
  readonly threadResolved: boolean;
  /** Someone else edited it last: what it says of an acceptance is not ours. */
  readonly touched: boolean;
  /** What others wrote in its thread, oldest first. */
  readonly replies: readonly Reply[];
}

/** What someone else wrote in a thread of ours. */
export interface Reply {
  /** Database id, for REST. */
  readonly id: number;
  readonly nodeId: string;
  /** Login; empty when the account is deleted. */
  readonly author: string;
  readonly bot: boolean;
  readonly body: string;
  /** Our reaction on it: eyes, a rocket, or a confused face. */
  readonly answer: "none" | "seen" | "obeyed" | "refused";
}

/** What a reply in a thread of ours asks for. */
export interface RequestedChange {
  readonly kind: "accept" | "reopen";
  readonly comment: PostedComment;
  readonly reply: Reply;
  /** Why the finding is accepted, as written; empty where none was given. */
  readonly reason: string;
}

/** The findings of a comment, accepted by someone who may. */
export interface Acceptance {
  readonly commentId: number;
  /** The reply that asked for it. */
  readonly replyId: number;
  /** Login. */
  readonly by: string;
  readonly reason: string;
}

/** A check run of our own App on the head commit. */
export interface PostedCheck {
  readonly id: number;
  readonly externalId: string;
  readonly status: "queued" | "in_progress" | "completed";
}

/** What of ours stands on GitHub already. */
export interface Posted {
  readonly comments: readonly PostedComment[];
  readonly checks: readonly PostedCheck[];
}

/** A review comment to write. `startLine` is absent when the comment is on one line. */
export interface NewComment {
  readonly path: string;
  readonly side: Side;
  readonly line: number;
  readonly startLine?: number;
  readonly body: string;
}

/** A comment of ours to change; `stepsOf` says in which order. */
export interface CommentEdit {
  readonly id: number;
  readonly nodeId: string;
  readonly body: string;
  readonly visibility: "minimize" | "unminimize" | "keep";
  /** Its thread, by node id, to resolve or to open again; absent when it stays as it is. */
  readonly thread?: { readonly id: string; readonly resolve: boolean };
}

/** What a completed check run says; `neutral` satisfies a required check. */
export type Conclusion = "success" | "neutral" | "failure";

/** A note of the check run on lines of head; plain text. */
export interface Annotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: "failure" | "warning" | "notice";
  readonly title: string;
  readonly message: string;
}

/** The check run as it should stand when the review is done. */
export interface CheckRunPlan {
  readonly headSha: string;
  /** `cyclekey:<pull request>:<base sha>:<head sha>`. */
  readonly externalId: string;
  readonly conclusion: Conclusion;
  /** Where a reader learns more: the page of the gravest finding's rule. */
  readonly detailsUrl?: string | undefined;
  readonly title: string;
  readonly summary: string;
  readonly annotations: readonly Annotation[];
}

/** Everything to write, decided before anything is written. Plain data. */
export interface ReviewPlan {
  readonly comments: readonly NewComment[];
  readonly edits: readonly CommentEdit[];
  readonly check: CheckRunPlan;
  /** Ids of comments that were to be accepted or reopened and tell of nothing that still stands. */
  readonly withoutEffect: readonly number[];
}

/** A finding that someone answers for: it is told of and does not count. */
export interface AcceptedFinding {
  readonly finding: Finding;
  /** Login. */
  readonly by: string;
  readonly reason: string;
}

/** What a range comes to by itself. */
export interface Verdict {
  readonly conclusion: Conclusion;
  /** The findings that fail the check. */
  readonly failing: readonly Finding[];
  readonly accepted: readonly AcceptedFinding[];
}

/**
 * What another range, whose head is this head too, comes to. `unknown` when it could not be judged,
 * which fails the check as a failure does.
 */
export interface RangeVerdict {
  readonly label:
    | {
        readonly kind: "pull-request";
        readonly number: number;
        /** Undefined where only the number is known. */
        readonly baseRef: string | undefined;
      }
    | { readonly kind: "default-branch"; readonly name: string };
  readonly conclusion: Conclusion | "unknown";
  /** The findings that fail it. */
  readonly failing: readonly Finding[];
  /** Files that could matter and were not reviewed. */
  readonly unscanned: number;
}

/** What GitHub allows. */
export interface ReviewLimits {
  /** Characters of a comment, and of a check summary. */
  readonly body: number;
  readonly annotations: number;
}

/** The severity from which a finding fails the check; `never` for none. */
export type FailOn = Severity | "never";
