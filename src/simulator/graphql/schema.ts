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
  repository(owner: String!, name: String!, followRenames: Boolean = true): Repository
}

type Mutation {
  createCheckRun(input: CreateCheckRunInput!): CreateCheckRunPayload
  updateCheckRun(input: UpdateCheckRunInput!): UpdateCheckRunPayload
  minimizeComment(input: MinimizeCommentInput!): MinimizeCommentPayload
  unminimizeComment(input: UnminimizeCommentInput!): UnminimizeCommentPayload
  resolveReviewThread(input: ResolveReviewThreadInput!): ResolveReviewThreadPayload
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
  object(expression: String, oid: GitObjectID): GitObject
  pullRequest(number: Int!): PullRequest
}

type Blob implements Node & GitObject {
  id: ID!
  oid: GitObjectID!
  byteSize: Int!
  isBinary: Boolean
  isTruncated: Boolean!
  text: String
}

type Tree implements Node & GitObject { id: ID! oid: GitObjectID! entries: [TreeEntry!] }

type TreeEntry { name: String! type: String! mode: Int! oid: GitObjectID! }

enum PullRequestState { CLOSED MERGED OPEN }

type PullRequest implements Node {
  id: ID!
  databaseId: Int
  fullDatabaseId: BigInt
  number: Int!
  title: String!
  state: PullRequestState!
  isDraft: Boolean!
  headRefName: String!
  headRefOid: GitObjectID!
  baseRefName: String!
  baseRefOid: GitObjectID!
  changedFiles: Int!
  author: Actor
  url: URI!
  reviewThreads(after: String, before: String, first: Int, last: Int): PullRequestReviewThreadConnection!
  commits(after: String, before: String, first: Int, last: Int): PullRequestCommitConnection!
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

type PullRequestReviewComment implements Node & Minimizable {
  id: ID!
  databaseId: Int
  fullDatabaseId: BigInt
  body: String!
  path: String!
  author: Actor
  createdAt: DateTime!
  url: URI!
  isMinimized: Boolean!
  minimizedReason: String
  viewerDidAuthor: Boolean!
}

type PullRequestCommitConnection {
  nodes: [PullRequestCommit]
  pageInfo: PageInfo!
  totalCount: Int!
}

type PullRequestCommit implements Node { id: ID! commit: Commit! }

type Commit implements Node & GitObject {
  id: ID!
  oid: GitObjectID!
  checkSuites(after: String, before: String, filterBy: CheckSuiteFilter, first: Int, last: Int): CheckSuiteConnection
}

input CheckSuiteFilter { appId: Int checkName: String }

enum CheckRunType { ALL LATEST }

input CheckRunFilter {
  appId: Int
  checkName: String
  checkType: CheckRunType
  status: CheckStatusState
  statuses: [CheckStatusState!]
  conclusions: [CheckConclusionState!]
}

type CheckSuiteConnection { nodes: [CheckSuite] pageInfo: PageInfo! totalCount: Int! }

type CheckSuite implements Node {
  id: ID!
  databaseId: Int
  app: App
  checkRuns(after: String, before: String, filterBy: CheckRunFilter, first: Int, last: Int): CheckRunConnection
}

type App implements Node { id: ID! databaseId: Int name: String! slug: String! }

type CheckRunConnection { nodes: [CheckRun] pageInfo: PageInfo! totalCount: Int! }

type CheckRun implements Node {
  id: ID!
  databaseId: Int
  name: String!
  status: CheckStatusState!
  conclusion: CheckConclusionState
  externalId: String
  detailsUrl: URI
  title: String
  summary: String
  startedAt: DateTime
  completedAt: DateTime
  checkSuite: CheckSuite!
  repository: Repository!
}

enum CheckStatusState { COMPLETED IN_PROGRESS PENDING QUEUED REQUESTED WAITING }
enum RequestableCheckStatusState { COMPLETED IN_PROGRESS PENDING QUEUED WAITING }
enum CheckConclusionState {
  ACTION_REQUIRED CANCELLED FAILURE NEUTRAL SKIPPED STALE STARTUP_FAILURE SUCCESS TIMED_OUT
}
enum CheckAnnotationLevel { FAILURE NOTICE WARNING }
enum ReportedContentClassifiers { ABUSE DUPLICATE OFF_TOPIC OUTDATED RESOLVED SPAM }

input CheckAnnotationRange { startLine: Int! endLine: Int! startColumn: Int endColumn: Int }

input CheckAnnotationData {
  path: String!
  location: CheckAnnotationRange!
  annotationLevel: CheckAnnotationLevel!
  message: String!
  title: String
  rawDetails: String
}

input CheckRunOutput {
  title: String!
  summary: String!
  text: String
  annotations: [CheckAnnotationData!]
}

input CreateCheckRunInput {
  clientMutationId: String
  repositoryId: ID!
  name: String!
  headSha: GitObjectID!
  detailsUrl: URI
  externalId: String
  status: RequestableCheckStatusState
  startedAt: DateTime
  conclusion: CheckConclusionState
  completedAt: DateTime
  output: CheckRunOutput
}

input UpdateCheckRunInput {
  clientMutationId: String
  repositoryId: ID!
  checkRunId: ID!
  name: String
  detailsUrl: URI
  externalId: String
  status: RequestableCheckStatusState
  startedAt: DateTime
  conclusion: CheckConclusionState
  completedAt: DateTime
  output: CheckRunOutput
}

input MinimizeCommentInput {
  clientMutationId: String
  subjectId: ID!
  classifier: ReportedContentClassifiers!
}
input UnminimizeCommentInput { clientMutationId: String subjectId: ID! }
input ResolveReviewThreadInput { clientMutationId: String threadId: ID! }

type CreateCheckRunPayload { clientMutationId: String checkRun: CheckRun }
type UpdateCheckRunPayload { clientMutationId: String checkRun: CheckRun }
type MinimizeCommentPayload { clientMutationId: String minimizedComment: Minimizable }
type UnminimizeCommentPayload { clientMutationId: String unminimizedComment: Minimizable }
type ResolveReviewThreadPayload { clientMutationId: String thread: PullRequestReviewThread }
`;
