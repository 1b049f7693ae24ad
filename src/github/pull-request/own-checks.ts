import type { PostedCheck } from "../../core/model/review.js";
import { array, at, integer, record, sha, text } from "../client/untrusted.js";

export const CHECK_NAME = "cyclekey";

/** A check run of ours with its commit and what it ended in. */
export interface OwnCheck extends PostedCheck {
  readonly headSha: string;
  /** Lower case, as in REST; undefined while it is not completed. */
  readonly conclusion: string | undefined;
  /** How many annotations it has: GitHub adds to them and removes none. */
  readonly annotations: number;
}

/** Filtered by the App: whoever writes a workflow can fill a page with runs of the same name. */
const SUITES = `first: 3, filterBy: { appId: $app, checkName: "${CHECK_NAME}" }`;
const RUNS = `first: 20, filterBy: { checkName: "${CHECK_NAME}", checkType: ALL }`;
const RUN = "databaseId status conclusion externalId";

/** Variables: `$app: Int!`. */
export const OWN_CHECKS = `
fragment OwnChecks on Commit {
  oid
  checkSuites(${SUITES}) { nodes { app { databaseId } checkRuns(${RUNS}) { nodes { ${RUN} } } } }
}`;

/**
 * Of the head alone it matters how many annotations there are: GitHub counts a query by its lists,
 * and asking it of every commit costs more than all the rest.
 */
export const HEAD_CHECKS = `
fragment HeadChecks on Commit {
  oid
  checkSuites(${SUITES}) {
    nodes {
      app { databaseId }
      checkRuns(${RUNS}) { nodes { ${RUN} annotations(first: 1) { totalCount } } }
    }
  }
}`;

/** The same where a pull request has left the commit: what a run says matters there no more. */
export const LEFT_CHECKS = `
fragment LeftChecks on Commit {
  oid
  checkSuites(first: 5, filterBy: { checkName: "${CHECK_NAME}" }) {
    nodes {
      app { databaseId }
      checkRuns(first: 10, filterBy: { checkName: "${CHECK_NAME}", checkType: ALL }) {
        nodes { databaseId status conclusion externalId }
      }
    }
  }
}`;

/** Check runs of our own App on a commit, oldest first; another App may use the same name. */
export function readOwnChecks(commit: unknown, appId: number): readonly OwnCheck[] {
  const headSha = sha(at(commit, "oid"));
  if (headSha === undefined) return [];
  return array(at(commit, "checkSuites", "nodes"))
    .filter((suite) => integer(at(suite, "app", "databaseId")) === appId)
    .flatMap((suite) => array(at(suite, "checkRuns", "nodes")))
    .flatMap((run) => readCheck(run, headSha) ?? [])
    .toSorted((a, b) => a.id - b.id);
}

function readCheck(value: unknown, headSha: string): OwnCheck | undefined {
  const run = record(value);
  const id = integer(run?.databaseId);
  if (run === undefined || id === undefined) return undefined;
  const status = text(run.status)?.toLowerCase();
  return {
    id,
    headSha,
    externalId: text(run.externalId) ?? "",
    status: status === "completed" || status === "in_progress" ? status : "queued",
    conclusion: text(run.conclusion)?.toLowerCase(),
    annotations: integer(at(run, "annotations", "totalCount")) ?? 0,
  };
}
