import type { Posted, PullRequestState } from "../../core/model/review.js";
import { Gone, Retryable } from "../client/errors.js";
import { array, at, integer, record, sha, text } from "../client/untrusted.js";
import {
  HEAD_CHECKS,
  LEFT_CHECKS,
  OWN_CHECKS,
  type OwnCheck,
  readOwnChecks,
} from "./own-checks.js";
import { REVIEW_THREAD, readOwnComments } from "./review-threads.js";
import { readSiblings, SIBLINGS, type Sibling } from "./siblings.js";

export interface OwnPosted extends Posted {
  readonly checks: readonly OwnCheck[];
}

/** What a pull request is now and what of ours stands on it. */
export interface PullRequest extends PullRequestState {
  readonly open: boolean;
  readonly baseRef: string;
  /** Undefined when the account is deleted. */
  readonly author: string | undefined;
  readonly changedFiles: number | undefined;
  readonly posted: OwnPosted;
  /** Our checks on commits that were its head before, as far as GitHub tells. */
  readonly earlierChecks: readonly OwnCheck[];
  /** The commits that GitHub told of, whether they have checks of ours or not. */
  readonly toldCommits: readonly string[];
  /** Other open pull requests with the same head: a check belongs to the commit. */
  readonly siblings: readonly Sibling[];
  /** GitHub may know more of them than it listed. */
  readonly moreSiblings: boolean;
  /**
   * The head was among the commits that GitHub listed last. They are in the order of their dates,
   * which are the author's to choose; where it was not, neither its checks nor its siblings are known.
   */
  readonly headSeen: boolean;
  /** Where the next page of review threads starts, if there is one. */
  readonly moreThreads: string | undefined;
}

/**
 * Variables: `$threads: String` (cursor), `$app: Int!`. A commit that stood at the head before is among the last
 * commits, or among those that a force-push left: the branch may have grown more than once before.
 */
export const PULL_REQUEST_STATE = `
fragment PullRequestState on PullRequest {
  number
  state
  isDraft
  headRefOid
  baseRefOid
  baseRefName
  changedFiles
  author { login }
  reviewThreads(first: 100, after: $threads) {
    pageInfo { hasNextPage endCursor }
    nodes { ...ReviewThread }
  }
  tip: commits(last: 1) { nodes { commit { ...Siblings ...HeadChecks } } }
  commits(last: 20) { nodes { commit { ...OwnChecks } } }
  timelineItems(last: 3, itemTypes: [HEAD_REF_FORCE_PUSHED_EVENT]) {
    nodes {
      ... on HeadRefForcePushedEvent {
        beforeCommit { history(first: 5) { nodes { ...LeftChecks } } }
      }
    }
  }
}${REVIEW_THREAD}${SIBLINGS}${HEAD_CHECKS}${OWN_CHECKS}${LEFT_CHECKS}`;

/** Reads what `PULL_REQUEST_STATE` asked for. */
export function readPullRequest(value: unknown, appId: number, repositoryId: string): PullRequest {
  const node = record(value);
  if (node === undefined) throw new Gone("there is no such pull request");
  const number = integer(node.number);
  const headSha = sha(node.headRefOid);
  const baseSha = sha(node.baseRefOid);
  const baseRef = text(node.baseRefName);
  if (number === undefined || headSha === undefined || baseSha === undefined || !baseRef) {
    throw new Retryable("GitHub's answer does not say what the pull request is");
  }
  const page = record(at(node, "reviewThreads", "pageInfo"));
  const threads = array(at(node, "reviewThreads", "nodes"));
  const commits = [
    ...array(at(node, "commits", "nodes")).map((one) => at(one, "commit")),
    ...array(at(node, "timelineItems", "nodes")).flatMap((one) =>
      array(at(one, "beforeCommit", "history", "nodes")),
    ),
  ];
  const earlier = commits.flatMap((commit) => readOwnChecks(commit, appId));
  const tip = at(array(at(node, "tip", "nodes"))[0], "commit");
  return {
    number,
    headSha,
    baseSha,
    baseRef,
    draft: node.isDraft === true,
    open: node.state === "OPEN",
    author: text(at(node, "author", "login")),
    changedFiles: integer(node.changedFiles),
    posted: {
      comments: threads.flatMap(readOwnComments),
      checks: readOwnChecks(tip, appId).filter((check) => check.headSha === headSha),
    },
    earlierChecks: earlier.filter((check) => check.headSha !== headSha),
    toldCommits: commits.flatMap((commit) => sha(at(commit, "oid")) ?? []),
    ...readSiblings(tip, { number, headSha, repositoryId }),
    headSeen: at(tip, "oid") === headSha,
    moreThreads: page?.hasNextPage === true ? text(page.endCursor) : undefined,
  };
}
