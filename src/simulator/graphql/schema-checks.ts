/** Check suites and runs, as `SCHEMA` has them. */
export const CHECKS_SCHEMA = `
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
  annotations(after: String, before: String, first: Int, last: Int): CheckAnnotationConnection
  checkSuite: CheckSuite!
  repository: Repository!
}

type CheckAnnotationConnection { nodes: [CheckAnnotation] pageInfo: PageInfo! totalCount: Int! }

type CheckAnnotation { path: String! message: String! title: String }

enum CheckStatusState { COMPLETED IN_PROGRESS PENDING QUEUED REQUESTED WAITING }
enum RequestableCheckStatusState { COMPLETED IN_PROGRESS PENDING QUEUED WAITING }
enum CheckConclusionState {
  ACTION_REQUIRED CANCELLED FAILURE NEUTRAL SKIPPED STALE STARTUP_FAILURE SUCCESS TIMED_OUT
}
enum CheckAnnotationLevel { FAILURE NOTICE WARNING }
`;
