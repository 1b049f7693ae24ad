import type { KeyObject } from "node:crypto";
import type { Side } from "../core/model/source.js";

/** Everything the embedded GitHub remembers besides git. Plain records, changed in place. */
export interface Store {
  readonly owner: string;
  readonly name: string;
  readonly id: number;
  readonly apps: AppRecord[];
  readonly users: Map<string, RepositoryRole>;
  readonly pullRequests: PullRequestRecord[];
  readonly reviews: ReviewRecord[];
  readonly reviewComments: ReviewCommentRecord[];
  readonly threads: ThreadRecord[];
  readonly issueComments: IssueCommentRecord[];
  readonly checkRuns: CheckRunRecord[];
  readonly tokens: Map<string, TokenRecord>;
  lastId: number;
}

export type RepositoryRole = "admin" | "maintain" | "write" | "triage" | "read" | "none";

export type Access = "read" | "write";
export type Permissions = Readonly<Record<string, Access>>;

/** A GitHub App and its installation on the one repository. */
export interface AppRecord {
  readonly id: number;
  readonly slug: string;
  readonly installationId: number;
  readonly publicKey: KeyObject;
  permissions: Permissions;
  readonly events: readonly string[];
}

export interface TokenRecord {
  readonly app: AppRecord;
  readonly permissions: Permissions;
  readonly expiresAt: Date;
}

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
  readonly createdAt: Date;
  baseRef: string;
  headSha: string;
  baseSha: string;
  draft: boolean;
  state: "open" | "closed";
}

export interface ReviewRecord {
  readonly id: number;
  readonly pullRequest: number;
  readonly author: Author;
  readonly commitId: string;
  readonly createdAt: Date;
  body: string;
  state: "PENDING" | "COMMENTED" | "APPROVED" | "CHANGES_REQUESTED";
}

export interface ThreadRecord {
  readonly id: number;
  readonly pullRequest: number;
  resolved: boolean;
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
  body: string;
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

export function createStore(owner: string, name: string): Store {
  return {
    owner,
    name,
    id: 7001,
    apps: [],
    users: new Map(),
    pullRequests: [],
    reviews: [],
    reviewComments: [],
    threads: [],
    issueComments: [],
    checkRuns: [],
    tokens: new Map(),
    lastId: 9000,
  };
}

export function takeId(store: Store): number {
  store.lastId += 1;
  return store.lastId;
}

export type NodeKind =
  | "R"
  | "PR"
  | "PRR"
  | "PRRC"
  | "PRRT"
  | "IC"
  | "CR"
  | "CS"
  | "A"
  | "U"
  | "C"
  | "B";

/** GitHub's node ids are opaque; these are `<kind>_<base64url of the id>`. */
export function nodeId(kind: NodeKind, id: number | string): string {
  return `${kind}_${Buffer.from(String(id)).toString("base64url")}`;
}

/** The database id in a node id of that kind; undefined for anything else. */
export function readNodeId(kind: NodeKind, node: string): number | undefined {
  if (!node.startsWith(`${kind}_`)) return undefined;
  const id = Number(Buffer.from(node.slice(kind.length + 1), "base64url").toString());
  return Number.isSafeInteger(id) ? id : undefined;
}

export function appAuthor(app: AppRecord): Author {
  return { login: `${app.slug}[bot]`, type: "Bot", appId: app.id };
}
