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

/**
 * A comment of ours to rewrite. The visibility is to be changed before the body: the body tells the
 * next run what is done.
 */
export interface CommentEdit {
  readonly id: number;
  readonly nodeId: string;
  readonly body: string;
  readonly visibility: "minimize" | "unminimize" | "keep";
}

export type Conclusion = "success" | "neutral" | "failure";

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
  readonly title: string;
  readonly summary: string;
  readonly annotations: readonly Annotation[];
}

/** Everything to write, decided before anything is written. Plain data. */
export interface ReviewPlan {
  readonly comments: readonly NewComment[];
  readonly edits: readonly CommentEdit[];
  readonly check: CheckRunPlan;
}

/** What GitHub, and our manners, allow. */
export interface ReviewLimits {
  /** Live comments of ours on one pull request. */
  readonly comments: number;
  /** Characters of a comment, and of a check summary. */
  readonly body: number;
  readonly annotations: number;
}

/** The severity from which a finding fails the check; `never` for none. */
export type FailOn = Severity | "never";
