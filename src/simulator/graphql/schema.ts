import { CHECKS_SCHEMA } from "./schema-checks.js";
import { MUTATIONS_SCHEMA } from "./schema-mutations.js";

/**
 * The part of GitHub's schema that is spoken here. Names, arguments and nullability are GitHub's;
 * what is missing is missing, so a query that leaves this part fails to validate.
 */
export const SCHEMA = `
scalar BigInt
scalar DateTime
scalar GitObjectID
scalar URI

type Query {
  node(id: ID!): Node
  nodes(ids: [ID!]!): [Node]!
  repository(owner: String!, name: String!, followRenames: Boolean = true): Repository
}

type Mutation {
  createCheckRun(input: CreateCheckRunInput!): CreateCheckRunPayload
  updateCheckRun(input: UpdateCheckRunInput!): UpdateCheckRunPayload
  minimizeComment(input: MinimizeCommentInput!): MinimizeCommentPayload
  unminimizeComment(input: UnminimizeCommentInput!): UnminimizeCommentPayload
  resolveReviewThread(input: ResolveReviewThreadInput!): ResolveReviewThreadPayload
  unresolveReviewThread(input: UnresolveReviewThreadInput!): UnresolveReviewThreadPayload
}

interface Node { id: ID! }
interface Actor { login: String! }
interface RepositoryOwner { id: ID! login: String! }
interface GitObject { id: ID! oid: GitObjectID! }
interface Minimizable { isMinimized: Boolean! minimizedReason: String }

type User implements Node & Actor { id: ID! login: String! }
type Bot implements Node & Actor { id: ID! login: String! databaseId: Int }
type Organization implements Node & RepositoryOwner & Actor { id: ID! login: String! }
type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }

type Repository implements Node {
  id: ID!
  databaseId: Int
  name: String!
  nameWithOwner: String!
  owner: RepositoryOwner!
  isArchived: Boolean!
  isDisabled: Boolean!
  defaultBranchRef: Ref
  ref(qualifiedName: String!): Ref
  refs(after: String, before: String, first: Int, last: Int, refPrefix: String!): RefConnection
  object(expression: String, oid: GitObjectID): GitObject
  pullRequest(number: Int!): PullRequest
  pullRequests(
    after: String
    baseRefName: String
    before: String
    first: Int
    headRefName: String
    last: Int
    orderBy: IssueOrder
    states: [PullRequestState!]
  ): PullRequestConnection!
}

enum OrderDirection { ASC DESC }
enum IssueOrderField { COMMENTS CREATED_AT UPDATED_AT }
input IssueOrder { field: IssueOrderField! direction: OrderDirection! }
enum PullRequestOrderField { CREATED_AT UPDATED_AT }
input PullRequestOrder { field: PullRequestOrderField! direction: OrderDirection! }

type Ref implements Node { id: ID! name: String! prefix: String! target: GitObject }
type RefConnection { nodes: [Ref] pageInfo: PageInfo! totalCount: Int! }
type PullRequestConnection { nodes: [PullRequest] pageInfo: PageInfo! totalCount: Int! }

type Blob implements Node & GitObject {
  id: ID!
  oid: GitObjectID!
  byteSize: Int!
  isBinary: Boolean
  isTruncated: Boolean!
  text: String
}

type Tree implements Node & GitObject { id: ID! oid: GitObjectID! entries: [TreeEntry!] }

type TreeEntry { name: String! path: String type: String! mode: Int! oid: GitObjectID! object: GitObject }

enum PullRequestState { CLOSED MERGED OPEN }

type PullRequest implements Node {
  id: ID!
  databaseId: Int
  fullDatabaseId: BigInt
  number: Int!
  title: String!
  state: PullRequestState!
  isDraft: Boolean!
  isCrossRepository: Boolean!
  merged: Boolean!
  headRefName: String!
  headRefOid: GitObjectID!
  headRepository: Repository
  baseRefName: String!
  baseRefOid: GitObjectID!
  baseRepository: Repository
  createdAt: DateTime!
  updatedAt: DateTime!
  changedFiles: Int!
  author: Actor
  url: URI!
  reviewThreads(after: String, before: String, first: Int, last: Int): PullRequestReviewThreadConnection!
  commits(after: String, before: String, first: Int, last: Int): PullRequestCommitConnection!
  reviews(
    after: String, before: String, first: Int, last: Int, states: [PullRequestReviewState!]
  ): PullRequestReviewConnection
  timelineItems(
    after: String
    before: String
    first: Int
    itemTypes: [PullRequestTimelineItemsItemType!]
    last: Int
  ): PullRequestTimelineItemsConnection!
}

enum PullRequestTimelineItemsItemType { BASE_REF_CHANGED_EVENT HEAD_REF_FORCE_PUSHED_EVENT }
union PullRequestTimelineItems = BaseRefChangedEvent | HeadRefForcePushedEvent

type PullRequestTimelineItemsConnection {
  nodes: [PullRequestTimelineItems]
  pageInfo: PageInfo!
  totalCount: Int!
}

type HeadRefForcePushedEvent implements Node {
  id: ID!
  actor: Actor
  createdAt: DateTime!
  beforeCommit: Commit
  afterCommit: Commit
}

type BaseRefChangedEvent implements Node {
  id: ID!
  actor: Actor
  createdAt: DateTime!
  previousRefName: String!
  currentRefName: String!
}

enum PullRequestReviewState { APPROVED CHANGES_REQUESTED COMMENTED DISMISSED PENDING }
type PullRequestReviewConnection { nodes: [PullRequestReview] pageInfo: PageInfo! totalCount: Int! }

type PullRequestReview implements Node {
  id: ID!
  databaseId: Int
  fullDatabaseId: BigInt
  state: PullRequestReviewState!
  body: String!
  author: Actor
  viewerDidAuthor: Boolean!
  createdAt: DateTime!
}

type PullRequestReviewThreadConnection {
  nodes: [PullRequestReviewThread]
  pageInfo: PageInfo!
  totalCount: Int!
}

enum DiffSide { LEFT RIGHT }

type PullRequestReviewThread implements Node {
  id: ID!
  isResolved: Boolean!
  isOutdated: Boolean!
  path: String!
  line: Int
  originalLine: Int
  diffSide: DiffSide!
  viewerCanResolve: Boolean!
  comments(after: String, before: String, first: Int, last: Int): PullRequestReviewCommentConnection!
}

type PullRequestReviewCommentConnection {
  nodes: [PullRequestReviewComment]
  pageInfo: PageInfo!
  totalCount: Int!
}

enum ReactionContent { CONFUSED EYES HEART HOORAY LAUGH ROCKET THUMBS_DOWN THUMBS_UP }
interface Reactable { id: ID! reactionGroups: [ReactionGroup!] }
union Reactor = Bot | Organization | User
type ReactorConnection { nodes: [Reactor] pageInfo: PageInfo! totalCount: Int! }

type ReactionGroup {
  content: ReactionContent!
  viewerHasReacted: Boolean!
  reactors(after: String, before: String, first: Int, last: Int): ReactorConnection!
}

type PullRequestReviewComment implements Node & Minimizable & Reactable {
  id: ID!
  databaseId: Int
  fullDatabaseId: BigInt
  body: String!
  path: String!
  author: Actor
  editor: Actor
  createdAt: DateTime!
  updatedAt: DateTime!
  lastEditedAt: DateTime
  url: URI!
  isMinimized: Boolean!
  minimizedReason: String
  viewerDidAuthor: Boolean!
  replyTo: PullRequestReviewComment
  reactionGroups: [ReactionGroup!]
}

type PullRequestCommitConnection {
  nodes: [PullRequestCommit]
  pageInfo: PageInfo!
  totalCount: Int!
}

type PullRequestCommit implements Node { id: ID! commit: Commit! }

type CommitHistoryConnection { nodes: [Commit] pageInfo: PageInfo! totalCount: Int! }

type Commit implements Node & GitObject {
  id: ID!
  oid: GitObjectID!
  history(after: String, before: String, first: Int, last: Int): CommitHistoryConnection!
  file(path: String!): TreeEntry
  associatedPullRequests(
    after: String
    before: String
    first: Int
    last: Int
    orderBy: PullRequestOrder
  ): PullRequestConnection
  checkSuites(after: String, before: String, filterBy: CheckSuiteFilter, first: Int, last: Int): CheckSuiteConnection
}

${CHECKS_SCHEMA}
${MUTATIONS_SCHEMA}`;
