import type { Posted, PostedCheck, PostedComment, PullRequestState } from "../core/model/review.js";
import { Gone, Retryable } from "./errors.js";
import { array, at, integer, record, sha, text } from "./untrusted.js";

/** A check run of ours with what it ended in. */
export interface OwnCheck extends PostedCheck {
  /** Lower case, as in REST; undefined while it is not completed. */
  readonly conclusion: string | undefined;
}

export interface OwnPosted extends Posted {
  readonly checks: readonly OwnCheck[];
}

/** What a pull request is now and what of ours stands on it. */
export interface PullRequest extends PullRequestState {
  readonly open: boolean;
  /** Undefined when the account is deleted. */
  readonly author: string | undefined;
  readonly posted: OwnPosted;
  /** Where the next page of review threads starts, if there is one. */
  readonly moreThreads: string | undefined;
}

/** Variables: `$threads: String` (cursor). One page of threads, and our checks on the last commit. */
export const PULL_REQUEST_STATE = `
fragment PullRequestState on PullRequest {
  number
  state
  isDraft
  headRefOid
  baseRefOid
  author { login }
  reviewThreads(first: 100, after: $threads) {
    pageInfo { hasNextPage endCursor }
    nodes {
      id
      isResolved
      comments(first: 50) { nodes { id fullDatabaseId path body isMinimized viewerDidAuthor } }
    }
  }
  commits(last: 1) {
    nodes {
      commit {
        oid
        checkSuites(first: 10, filterBy: { checkName: "cyclekey" }) {
          nodes {
            app { databaseId }
            checkRuns(first: 20, filterBy: { checkName: "cyclekey" }) {
              nodes { databaseId name status conclusion externalId }
            }
          }
        }
      }
    }
  }
}`;

/** Reads what `PULL_REQUEST_STATE` asked for. */
export function readPullRequest(value: unknown, appId: number): PullRequest {
  const node = record(value);
  if (node === undefined) throw new Gone("there is no such pull request");
  const number = integer(node.number);
  const headSha = sha(node.headRefOid);
  const baseSha = sha(node.baseRefOid);
  if (number === undefined || headSha === undefined || baseSha === undefined) {
    throw new Retryable("GitHub's answer does not say what the pull request is");
  }
  const page = record(at(node, "reviewThreads", "pageInfo"));
  return {
    number,
    headSha,
    baseSha,
    draft: node.isDraft === true,
    open: node.state === "OPEN",
    author: text(at(node, "author", "login")),
    posted: {
      comments: array(at(node, "reviewThreads", "nodes")).flatMap(ownComments),
      checks: ownChecks(node, headSha, appId),
    },
    moreThreads: page?.hasNextPage === true ? text(page.endCursor) : undefined,
  };
}

/** Only `viewerDidAuthor` says that a comment is ours; a marker in its text can be anybody's. */
function ownComments(thread: unknown): readonly PostedComment[] {
  const comments = array(at(thread, "comments", "nodes"));
  const humanReply = comments.some((comment) => record(comment)?.viewerDidAuthor === false);
  return comments.flatMap((value) => {
    const comment = record(value);
    const id = integer(comment?.fullDatabaseId);
    const nodeId = text(comment?.id);
    if (comment?.viewerDidAuthor !== true || id === undefined || nodeId === undefined) return [];
    const path = text(comment.path);
    return [
      {
        id,
        nodeId,
        ...(path !== undefined && { path }),
        body: text(comment.body) ?? "",
        minimized: comment.isMinimized === true,
        humanReply,
        threadId: text(record(thread)?.id) ?? "",
        threadResolved: record(thread)?.isResolved === true,
        touched: false,
        replies: [],
      },
    ];
  });
}

/** Check runs of our own App on the head; another App may use the same name. */
function ownChecks(
  node: Readonly<Record<string, unknown>>,
  headSha: string,
  appId: number,
): readonly OwnCheck[] {
  const commit = record(at(array(at(node, "commits", "nodes"))[0], "commit"));
  if (commit === undefined || sha(commit.oid) !== headSha) return [];
  return array(at(commit, "checkSuites", "nodes"))
    .filter((suite) => integer(at(suite, "app", "databaseId")) === appId)
    .flatMap((suite) => array(at(suite, "checkRuns", "nodes")))
    .flatMap((run) => readCheck(run) ?? []);
}

function readCheck(value: unknown): OwnCheck | undefined {
  const run = record(value);
  const id = integer(run?.databaseId);
  if (run === undefined || id === undefined) return undefined;
  const status = text(run.status)?.toLowerCase();
  return {
    id,
    externalId: text(run.externalId) ?? "",
    status: status === "completed" || status === "in_progress" ? status : "queued",
    conclusion: text(run.conclusion)?.toLowerCase(),
  };
}
