import type { Side } from "../../core/model/source.js";
import type { Files } from "../git/repository.js";

/** What is remembered of one repository besides git. Plain records, changed in place. */
export interface Store {
  readonly owner: string;
  name: string;
  /** `owner/name` of before, which lead here for as long as nobody else takes them. */
  readonly formerNames: string[];
  defaultBranch: string;
  readonly id: number;
  readonly users: Map<string, RepositoryRole>;
  readonly pullRequests: PullRequestRecord[];
  readonly reviews: ReviewRecord[];
  readonly reviewComments: ReviewCommentRecord[];
  readonly threads: ThreadRecord[];
  readonly issueComments: IssueCommentRecord[];
  readonly checkSuites: CheckSuiteRecord[];
  readonly checkRuns: CheckRunRecord[];
  readonly timeline: TimelineRecord[];
  readonly rules: BranchRule[];
  readonly queue: QueueEntry[];
  /** Shared by all repositories: an id names one thing of one GitHub. */
  readonly ids: Ids;
}

export interface Ids {
  last: number;
}

export type RepositoryRole = "admin" | "maintain" | "write" | "triage" | "read" | "none";

export interface Author {
  readonly login: string;
  readonly type: "User" | "Bot";
  /** Set when an App wrote it. */
  readonly appId?: number;
}

export interface PullRequestRecord {
  readonly id: number;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly author: Author;
  readonly headRef: string;
  /** Owner of the fork that the head branch stands in; undefined for a branch of the repository. */
  readonly fork: string | undefined;
  readonly createdAt: Date;
  updatedAt: Date;
  mergedAt: Date | undefined;
  baseRef: string;
  headSha: string;
  baseSha: string;
  draft: boolean;
  state: "open" | "closed";
  /** What its author has ready to push: the page offers it as a button. */
  fix: Files | undefined;
}

export interface ReviewRecord {
  readonly id: number;
  readonly pullRequest: number;
  readonly author: Author;
  readonly createdAt: Date;
  /** GitHub points it to the new head when the branch is rewritten. */
  commitId: string;
  body: string;
  state: "PENDING" | "COMMENTED" | "APPROVED" | "CHANGES_REQUESTED";
}

export interface ThreadRecord {
  readonly id: number;
  readonly pullRequest: number;
  resolved: boolean;
  /** Who resolved it; told only while it is. */
  resolvedBy: Author | undefined;
}

export interface ReviewCommentRecord {
  readonly id: number;
  readonly pullRequest: number;
  readonly threadId: number;
  readonly reviewId: number | undefined;
  readonly inReplyTo: number | undefined;
  readonly author: Author;
  readonly path: string;
  readonly side: Side;
  readonly line: number;
  readonly startLine: number | undefined;
  readonly startSide: Side | undefined;
  /** The commit, and its merge base, that `line` counts in. */
  readonly commitId: string;
  readonly mergeBase: string;
  readonly createdAt: Date;
  readonly reactions: ReactionRecord[];
  body: string;
  /** Who edited it last. */
  editor: Author | undefined;
  editedAt: Date | undefined;
  /** Why it is folded: `resolved`, `outdated`, ... */
  minimized: string | undefined;
  suggestionApplied: boolean;
}

export type ReactionContent =
  | "+1"
  | "-1"
  | "laugh"
  | "confused"
  | "heart"
  | "hooray"
  | "rocket"
  | "eyes";

export interface ReactionRecord {
  readonly id: number;
  readonly author: Author;
  readonly content: ReactionContent;
}

export interface IssueCommentRecord {
  readonly id: number;
  readonly pullRequest: number;
  readonly author: Author;
  readonly createdAt: Date;
  readonly reactions: ReactionRecord[];
  body: string;
  editedAt: Date | undefined;
}

export type CheckStatus = "queued" | "in_progress" | "completed";
export type CheckConclusion =
  | "action_required"
  | "cancelled"
  | "failure"
  | "neutral"
  | "success"
  | "skipped"
  | "timed_out";

export interface CheckAnnotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: "notice" | "warning" | "failure";
  readonly title: string | undefined;
  readonly message: string;
}

/** All runs of one App on one commit. */
export interface CheckSuiteRecord {
  readonly id: number;
  readonly appId: number;
  readonly headSha: string;
  /** Undefined for the head of a fork. */
  readonly headBranch: string | undefined;
  readonly createdAt: Date;
}

export interface CheckRunRecord {
  readonly id: number;
  readonly suiteId: number;
  readonly appId: number;
  readonly headSha: string;
  readonly annotations: CheckAnnotation[];
  name: string;
  status: CheckStatus;
  conclusion: CheckConclusion | undefined;
  externalId: string;
  detailsUrl: string | undefined;
  title: string | undefined;
  summary: string | undefined;
  text: string | undefined;
  startedAt: Date;
  completedAt: Date | undefined;
}

/** What happened to a pull request beside commits and words. */
export type TimelineRecord = {
  readonly id: number;
  readonly pullRequest: number;
  readonly actor: Author;
  readonly at: Date;
} & (
  | { readonly kind: "push"; readonly commit: string }
  | { readonly kind: "force-push"; readonly before: string; readonly after: string }
  | { readonly kind: "retarget"; readonly from: string; readonly to: string }
  | { readonly kind: "queued" }
  | { readonly kind: "unqueued"; readonly reason: "failed" | "removed" }
  | { readonly kind: "merged"; readonly commit: string; readonly into: string }
);

/** One rule of a ruleset on a branch, in the words of the API. */
export interface BranchRule {
  readonly branch: string;
  readonly type: string;
  readonly parameters: Readonly<Record<string, unknown>> | undefined;
}

/** A pull request in the merge queue, and the commit that would be merged. */
export interface QueueEntry {
  readonly pullRequest: number;
  readonly baseRef: string;
  /** Head of the pull request when it was queued. */
  readonly pullHead: string;
  readonly by: Author;
  readonly at: Date;
  baseSha: string;
  headSha: string;
  state: "waiting" | "merged" | "failed" | "removed";
}

export function createStore(owner: string, name: string, id: number, ids: Ids): Store {
  return {
    owner,
    name,
    formerNames: [],
    defaultBranch: "main",
    id,
    users: new Map(),
    pullRequests: [],
    reviews: [],
    reviewComments: [],
    threads: [],
    issueComments: [],
    checkSuites: [],
    checkRuns: [],
    timeline: [],
    rules: [],
    queue: [],
    ids,
  };
}

export function takeId({ ids }: { readonly ids: Ids }): number {
  ids.last += 1;
  return ids.last;
}
