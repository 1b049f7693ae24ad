import type { InstallationClient } from "./client.js";
import { array, at, integer, record, sha, text } from "./untrusted.js";

/** An open pull request as a sweep sees it. */
export interface OpenPullRequest {
  /** Node id. */
  readonly id: string;
  readonly number: number;
  readonly headSha: string;
  readonly baseSha: string;
  readonly baseRef: string;
  /** Milliseconds since the epoch. */
  readonly updatedAt: number;
}

export interface OpenPullRequests {
  readonly repositoryId: string;
  readonly pullRequests: readonly OpenPullRequest[];
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

export const REPOSITORIES_PER_QUERY = 20;
export const PULL_REQUESTS_PER_QUERY = 50;

/** Costs one point of GitHub's limit, however many pull requests there are. */
export const OPEN_PULL_REQUESTS = `query($ids: [ID!]!, $after: String) {
  nodes(ids: $ids) {
    ... on Repository {
      id
      pullRequests(states: OPEN, first: 100, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
        pageInfo { hasNextPage endCursor }
        nodes { id number headRefOid baseRefOid baseRefName updatedAt }
      }
    }
  }
}`;

export const OWN_RUNS = `query($ids: [ID!]!, $app: Int!) {
  nodes(ids: $ids) {
    ... on PullRequest {
      id
      headRefOid
      commits(last: 1) {
        nodes {
          commit {
            oid
            checkSuites(first: 5, filterBy: { appId: $app, checkName: "cyclekey" }) {
              nodes {
                app { databaseId }
                checkRuns(first: 20, filterBy: { checkName: "cyclekey" }) {
                  nodes { databaseId name status externalId completedAt }
                }
              }
            }
          }
        }
      }
    }
  }
}`;

/** The newest hundred of each repository; those that are not there any more are left out. */
export async function readOpenPullRequests(
  client: InstallationClient,
  repositoryIds: readonly string[],
  after?: string,
): Promise<readonly OpenPullRequests[]> {
  const answer = await client.query(
    OPEN_PULL_REQUESTS,
    { ids: repositoryIds, after: after ?? null },
    ["nodes"],
  );
  return array(at(answer, "nodes")).flatMap((node) => {
    const repositoryId = text(record(node)?.id);
    if (repositoryId === undefined) return [];
    const page = record(at(node, "pullRequests", "pageInfo"));
    return [
      {
        repositoryId,
        pullRequests: array(at(node, "pullRequests", "nodes")).flatMap(
          (entry) => readPullRequest(entry) ?? [],
        ),
        after: page?.hasNextPage === true ? text(page.endCursor) : undefined,
      },
    ];
  });
}

/** Our check runs on the heads of pull requests, by their node ids. */
export async function readOwnRuns(
  client: InstallationClient,
  pullRequestIds: readonly string[],
): Promise<ReadonlyMap<string, readonly OwnRun[]>> {
  const variables = { ids: pullRequestIds, app: client.appId };
  const answer = await client.query(OWN_RUNS, variables, ["nodes"]);
  const runs = new Map<string, readonly OwnRun[]>();
  for (const node of array(at(answer, "nodes"))) {
    const id = text(record(node)?.id);
    if (id !== undefined) runs.set(id, runsOf(node, client.appId));
  }
  return runs;
}

function runsOf(pullRequest: unknown, appId: number): readonly OwnRun[] {
  return array(at(pullRequest, "commits", "nodes"))
    .map((node) => at(node, "commit"))
    .filter((commit) => record(commit)?.oid === record(pullRequest)?.headRefOid)
    .flatMap((commit) => array(at(commit, "checkSuites", "nodes")))
    .filter((suite) => at(suite, "app", "databaseId") === appId)
    .flatMap((suite) => array(at(suite, "checkRuns", "nodes")))
    .flatMap((run) => readRun(run) ?? []);
}

function readRun(value: unknown): OwnRun | undefined {
  const run = record(value);
  const id = integer(run?.databaseId);
  if (id === undefined || run?.name !== "cyclekey") return undefined;
  return {
    id,
    externalId: text(run.externalId) ?? "",
    completed: run.status === "COMPLETED",
    completedAt: time(run.completedAt),
  };
}

function readPullRequest(entry: unknown): OpenPullRequest | undefined {
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
