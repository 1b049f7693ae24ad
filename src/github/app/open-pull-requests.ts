import type { InstallationClient } from "../client/client.js";
import { array, at, integer, record, sha, text } from "../client/untrusted.js";
import { CHECK_NAME } from "../pull-request/own-checks.js";

/** A pull request as a sweep sees it. */
export interface ListedPullRequest {
  /** Node id. */
  readonly id: string;
  readonly number: number;
  readonly headSha: string;
  readonly baseSha: string;
  readonly baseRef: string;
  /** Milliseconds since the epoch. */
  readonly updatedAt: number;
}

/** What a merge queue is about to merge. */
export interface MergeGroup {
  /** Node id of its branch. */
  readonly id: string;
  /** `gh-readonly-queue/<base>/pr-<number>-<base sha>`. */
  readonly headRef: string;
  readonly headSha: string;
  readonly baseSha: string;
}

/** What waits for a check in one repository. */
export interface OpenPullRequests {
  readonly repositoryId: string;
  readonly pullRequests: readonly ListedPullRequest[];
  /** Those that were closed and changed last, where they were asked for. */
  readonly closed: readonly ListedPullRequest[];
  readonly mergeGroups: readonly MergeGroup[];
  /** Where the next page starts, if there is one. */
  readonly after: string | undefined;
}

/** A check run of ours on the head. */
export interface OwnRun {
  readonly id: number;
  readonly externalId: string;
  readonly completed: boolean;
  /** Milliseconds since the epoch; undefined while it is not completed. */
  readonly completedAt: number | undefined;
}

/** What a sweep asks of a pull request whose state is news. */
export interface OwnRuns {
  /** On its head. */
  readonly runs: readonly OwnRun[];
  /** Someone wrote about lines of it, so that someone may have answered there. */
  readonly hasThreads: boolean;
}

export const REPOSITORIES_PER_QUERY = 20;
export const PULL_REQUESTS_PER_QUERY = 50;

/** Costs one point of GitHub's limit, however many pull requests there are. */
export const OPEN_PULL_REQUESTS = `query($ids: [ID!]!, $after: String, $closed: Boolean!) {
  nodes(ids: $ids) {
    ... on Repository {
      id
      pullRequests(states: OPEN, first: 100, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
        pageInfo { hasNextPage endCursor }
        nodes { ...Listed }
      }
      closed: pullRequests(states: [CLOSED, MERGED], first: 10, orderBy: { field: UPDATED_AT, direction: DESC }) @include(if: $closed) {
        nodes { ...Listed }
      }
      refs(refPrefix: "refs/heads/gh-readonly-queue/", first: 50) { nodes { id name target { oid } } }
    }
  }
}
fragment Listed on PullRequest { id number headRefOid baseRefOid baseRefName updatedAt }`;

/** Of pull requests and of branches. */
export const OWN_RUNS = `query($ids: [ID!]!, $app: Int!) {
  nodes(ids: $ids) {
    ... on PullRequest {
      id
      headRefOid
      reviewThreads(first: 1) { totalCount }
      commits(last: 1) { nodes { commit { oid ...OwnRuns } } }
    }
    ... on Ref { id target { oid ...OwnRuns } }
  }
}
fragment OwnRuns on Commit {
  checkSuites(first: 5, filterBy: { appId: $app, checkName: "${CHECK_NAME}" }) {
    nodes {
      app { databaseId }
      checkRuns(first: 20, filterBy: { checkName: "${CHECK_NAME}" }) {
        nodes { databaseId name status externalId completedAt }
      }
    }
  }
}`;

export interface ListOptions {
  /** Where the page starts; absent for the first one. */
  readonly after?: string;
  /** Also those that were closed last. */
  readonly closed: boolean;
}

/** The newest hundred of each repository; those that are not there any more are left out. */
export async function readOpenPullRequests(
  client: InstallationClient,
  repositoryIds: readonly string[],
  { after, closed }: ListOptions,
): Promise<readonly OpenPullRequests[]> {
  const answer = await client.query(
    OPEN_PULL_REQUESTS,
    { ids: repositoryIds, after: after ?? null, closed },
    ["nodes"],
  );
  return array(at(answer, "nodes")).flatMap((node) => {
    const repositoryId = text(record(node)?.id);
    if (repositoryId === undefined) return [];
    const page = record(at(node, "pullRequests", "pageInfo"));
    return [
      {
        repositoryId,
        pullRequests: readPullRequests(at(node, "pullRequests", "nodes")),
        closed: readPullRequests(at(node, "closed", "nodes")),
        mergeGroups: array(at(node, "refs", "nodes")).flatMap((ref) => readMergeGroup(ref) ?? []),
        after: page?.hasNextPage === true ? text(page.endCursor) : undefined,
      },
    ];
  });
}

/** Our check runs on the heads of pull requests and of branches, by their node ids. */
export async function readOwnRuns(
  client: InstallationClient,
  ids: readonly string[],
): Promise<ReadonlyMap<string, OwnRuns>> {
  const variables = { ids, app: client.appId };
  const answer = await client.query(OWN_RUNS, variables, ["nodes"]);
  const runs = new Map<string, OwnRuns>();
  for (const node of array(at(answer, "nodes"))) {
    const id = text(record(node)?.id);
    if (id === undefined) continue;
    const hasThreads = at(node, "reviewThreads", "totalCount") !== 0;
    runs.set(id, { runs: runsOf(node, client.appId), hasThreads });
  }
  return runs;
}

function runsOf(node: unknown, appId: number): readonly OwnRun[] {
  const ofPullRequest = array(at(node, "commits", "nodes"))
    .map((commit) => at(commit, "commit"))
    .filter((commit) => record(commit)?.oid === record(node)?.headRefOid);
  return [...ofPullRequest, at(node, "target")]
    .flatMap((commit) => array(at(commit, "checkSuites", "nodes")))
    .filter((suite) => at(suite, "app", "databaseId") === appId)
    .flatMap((suite) => array(at(suite, "checkRuns", "nodes")))
    .flatMap((run) => readRun(run) ?? []);
}

function readRun(value: unknown): OwnRun | undefined {
  const run = record(value);
  const id = integer(run?.databaseId);
  if (id === undefined || run?.name !== CHECK_NAME) return undefined;
  return {
    id,
    externalId: text(run.externalId) ?? "",
    completed: run.status === "COMPLETED",
    completedAt: time(run.completedAt),
  };
}

/** The name of the branch, which only GitHub makes, says what the group is built on. */
function readMergeGroup(ref: unknown): MergeGroup | undefined {
  const id = text(record(ref)?.id);
  const name = text(record(ref)?.name) ?? "";
  const headSha = sha(at(ref, "target", "oid"));
  const baseSha = sha(/\/pr-\d{1,15}-([0-9a-f]{40,64})$/.exec(name)?.[1]);
  if (id === undefined || headSha === undefined || baseSha === undefined) return undefined;
  return { id, headRef: `gh-readonly-queue/${name}`, headSha, baseSha };
}

function readPullRequests(nodes: unknown): readonly ListedPullRequest[] {
  return array(nodes).flatMap((entry) => readPullRequest(entry) ?? []);
}

function readPullRequest(entry: unknown): ListedPullRequest | undefined {
  const fields = record(entry);
  const id = text(fields?.id);
  const number = integer(fields?.number);
  const headSha = sha(fields?.headRefOid);
  const baseSha = sha(fields?.baseRefOid);
  const baseRef = text(fields?.baseRefName);
  const updatedAt = time(fields?.updatedAt);
  if (id === undefined || number === undefined || headSha === undefined) return undefined;
  if (baseSha === undefined || baseRef === undefined || updatedAt === undefined) return undefined;
  return { id, number, headSha, baseSha, baseRef, updatedAt };
}

function time(value: unknown): number | undefined {
  const milliseconds = Date.parse(text(value) ?? "");
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}
