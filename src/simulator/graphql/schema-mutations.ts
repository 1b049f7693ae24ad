/** What mutations take and return, as `SCHEMA` has them. */
export const MUTATIONS_SCHEMA = `
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
input UnresolveReviewThreadInput { clientMutationId: String threadId: ID! }

type CreateCheckRunPayload { clientMutationId: String checkRun: CheckRun }
type UpdateCheckRunPayload { clientMutationId: String checkRun: CheckRun }
type MinimizeCommentPayload { clientMutationId: String minimizedComment: Minimizable }
type UnminimizeCommentPayload { clientMutationId: String unminimizedComment: Minimizable }
type ResolveReviewThreadPayload { clientMutationId: String thread: PullRequestReviewThread }
type UnresolveReviewThreadPayload { clientMutationId: String thread: PullRequestReviewThread }
`;
