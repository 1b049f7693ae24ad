import { announceCheckRun, latestCheckRuns } from "./checks/check-runs.js";
import { announceSuite, suiteOf } from "./checks/check-suites.js";
import { requireCheck } from "./checks/required-checks.js";
import type { Files } from "./git/repository.js";
import type { AppRecord } from "./platform/app-records.js";
import { type Forge, findPullRequest } from "./platform/forge.js";
import { inTurn } from "./platform/in-turn.js";
import { waitFor } from "./platform/news.js";
import { fullName } from "./platform/platform.js";
import type {
  Author,
  BranchRule,
  CheckRunRecord,
  IssueCommentRecord,
  PullRequestRecord,
  QueueEntry,
  RepositoryRole,
  ReviewCommentRecord,
  ReviewRecord,
} from "./platform/store.js";
import { deleteBranch, renameBranch } from "./pull-requests/branch-changes.js";
import { commitToBranch } from "./pull-requests/branches.js";
import { merge } from "./pull-requests/merge.js";
import { dequeue, enqueue } from "./pull-requests/merge-queue.js";
import {
  announce,
  type NewPullRequest,
  openPullRequest,
  type Push,
  pushFix,
  pushTo,
  reopen,
  retarget,
} from "./pull-requests/pull-requests.js";
import { addIssueComment, editIssueComment } from "./reviews/issue-comments.js";
import {
  createComment,
  deleteReviewComment,
  editReviewComment,
  replyTo,
} from "./reviews/review-comments.js";
import type { NewReviewComment } from "./reviews/reviews.js";
import { commitSuggestion } from "./reviews/suggestions.js";
import { setThreadResolved, threadOf } from "./reviews/threads.js";

/** What people do with one repository, and what there is to see. */
export interface RepositoryWorld {
  readonly forge: Forge;

  openPullRequest(pullRequest: NewPullRequest): Promise<PullRequestRecord>;
  push(number: number, push: Push): Promise<string>;
  forcePush(number: number, files: Files): Promise<string>;
  /** A force-push to a commit that is there already. */
  resetTo(number: number, commit: string): Promise<string>;
  /** A commit straight on a branch, which starts at `main` when it is not there. */
  commitTo(branch: string, files: Files, author?: string, message?: string): Promise<string>;
  /** The default branch, too; pull requests into it follow. */
  renameBranch(from: string, to: string): Promise<void>;
  /** Closes the pull requests into it and from it. */
  deleteBranch(name: string): Promise<void>;
  /** Gives the repository another name; the one before leads to it. */
  rename(name: string): void;
  closePullRequest(number: number): void;
  /** Rejects where its branch was rewritten while it was closed. */
  reopenPullRequest(number: number): Promise<void>;
  markReady(number: number): void;
  convertToDraft(number: number): void;
  /** Another base branch for an open pull request; the branch must exist. */
  retarget(number: number, baseBranch: string): Promise<void>;
  merge(number: number, by?: string): Promise<string>;
  /** Into the merge queue of its base branch, which must require a check. */
  enqueue(number: number, by?: string): Promise<QueueEntry>;
  dequeue(number: number): Promise<void>;
  comment(number: number, author: string, body: string): IssueCommentRecord;
  editComment(comment: IssueCommentRecord, body: string): void;
  /** A review comment by a person. */
  remark(number: number, author: string, comment: NewReviewComment): Promise<ReviewCommentRecord>;
  reply(to: ReviewCommentRecord, author: string, body: string): ReviewCommentRecord;
  /** By whoever wrote it unless told: a person with write permission may edit what an App wrote. */
  editReviewComment(comment: ReviewCommentRecord, body: string, by?: string): void;
  deleteComment(comment: ReviewCommentRecord, by?: string): void;
  setResolved(comment: ReviewCommentRecord, resolved: boolean, by?: string): void;
  /** Pushes what its author has ready. */
  pushFix(number: number): Promise<string>;
  commitSuggestion(comment: ReviewCommentRecord, by?: string): Promise<string>;
  rerunCheck(run: CheckRunRecord, by?: string): void;
  /** *Re-run all checks* on the head of a pull request. */
  rerunAllChecks(number: number, by?: string): void;
  setPermission(login: string, role: RepositoryRole): void;
  /** A ruleset that wants the check, of any App unless told. */
  requireCheck(branch: string, appId?: number, context?: string): void;
  addRuleset(rule: BranchRule): void;

  pullRequest(number: number): PullRequestRecord;
  reviews(number: number): readonly ReviewRecord[];
  reviewComments(number: number): readonly ReviewCommentRecord[];
  /** Every run on the commit, of any App, oldest first. */
  checkRuns(headSha: string): readonly CheckRunRecord[];
  /** The newest completed run of the App on the head that the pull request has then. */
  waitForCheck(
    number: number,
    wanted?: (run: CheckRunRecord) => boolean,
    timeout?: number,
  ): Promise<CheckRunRecord>;
  /** The same for any commit, such as the head of a merge group. */
  waitForCheckOn(headSha: string, timeout?: number): Promise<CheckRunRecord>;
}

function person(login: string): Author {
  return { login, type: "User" };
}

export function createRepositoryWorld(forge: Forge, app: AppRecord): RepositoryWorld {
  const { store } = forge;

  function find(number: number): PullRequestRecord {
    const pull = findPullRequest(forge, number);
    if (pull === undefined) throw new Error(`there is no pull request #${number}`);
    return pull;
  }

  function setDraft(number: number, draft: boolean, action: string): void {
    const pull = find(number);
    pull.draft = draft;
    announce(forge, pull, action, pull.author);
  }

  function actor(number: number, login: string | undefined): Author {
    return login === undefined ? find(number).author : person(login);
  }

  function completed(headSha: string): readonly CheckRunRecord[] {
    return latestCheckRuns(store.checkRuns, headSha).filter(
      (run) => run.appId === app.id && run.status === "completed",
    );
  }

  return {
    forge,
    openPullRequest: (wanted) => inTurn(forge, () => openPullRequest(forge, wanted)),
    push: (number, push) => inTurn(forge, () => pushTo(forge, find(number), push)),
    forcePush: (number, files) =>
      inTurn(forge, () => pushTo(forge, find(number), { files, force: true })),
    resetTo: (number, commit) =>
      inTurn(forge, () => pushTo(forge, find(number), { to: commit, force: true })),
    renameBranch: (from, to) =>
      inTurn(forge, () => renameBranch(forge, from, to, person(store.owner))),
    deleteBranch: (name) => inTurn(forge, () => deleteBranch(forge, name, person(store.owner))),
    rename(name) {
      store.formerNames.push(fullName(store));
      store.name = name;
    },
    commitTo: (branch, files, author = store.owner, message = undefined) =>
      inTurn(forge, () => commitToBranch(forge, branch, files, person(author), message)),
    closePullRequest(number) {
      const pull = find(number);
      pull.state = "closed";
      announce(forge, pull, "closed", pull.author);
    },
    reopenPullRequest: (number) => inTurn(forge, () => reopen(forge, find(number))),
    markReady: (number) => setDraft(number, false, "ready_for_review"),
    convertToDraft: (number) => setDraft(number, true, "converted_to_draft"),
    retarget: (number, branch) => inTurn(forge, () => retarget(forge, find(number), branch)),
    merge: (number, by) => inTurn(forge, () => merge(forge, find(number), actor(number, by))),
    enqueue: (number, by) => enqueue(forge, find(number), actor(number, by)),
    dequeue: (number) => dequeue(forge, find(number)),
    comment: (number, author, body) => addIssueComment(forge, find(number), person(author), body),
    editComment: (comment, body) =>
      editIssueComment(forge, find(comment.pullRequest), comment, body),
    remark: (number, author, comment) =>
      createComment(forge, find(number), person(author), comment, undefined),
    reply: (to, author, body) => replyTo(forge, find(to.pullRequest), person(author), to, body),
    editReviewComment(comment, body, by) {
      const editor = by === undefined ? comment.author : person(by);
      editReviewComment(forge, find(comment.pullRequest), comment, editor, body);
    },
    deleteComment(comment, by) {
      const deleter = by === undefined ? comment.author : person(by);
      deleteReviewComment(forge, find(comment.pullRequest), comment, deleter);
    },
    setResolved: (comment, resolved, by) =>
      setThreadResolved(forge, threadOf(forge, comment), resolved, actor(comment.pullRequest, by)),
    pushFix: (number) => inTurn(forge, () => pushFix(forge, find(number))),
    commitSuggestion: (comment, by) =>
      inTurn(forge, () => commitSuggestion(forge, comment, actor(comment.pullRequest, by))),
    rerunCheck: (run, by = "maria") => announceCheckRun(forge, app, run, "rerequested", person(by)),
    rerunAllChecks(number, by) {
      const suite = suiteOf(forge, app, find(number).headSha);
      announceSuite(forge, suite, "rerequested", actor(number, by));
    },
    setPermission(login, role) {
      store.users.set(login, role);
    },
    requireCheck(branch, appId, context = "cyclekey") {
      requireCheck(forge, branch, { context, appId });
    },
    addRuleset(rule) {
      store.rules.push(rule);
    },
    pullRequest: find,
    reviews: (number) => store.reviews.filter((review) => review.pullRequest === number),
    reviewComments: (number) =>
      store.reviewComments.filter((comment) => comment.pullRequest === number),
    checkRuns: (headSha) => store.checkRuns.filter((run) => run.headSha === headSha),
    waitForCheck: (number, wanted = () => true, timeout = undefined) =>
      waitFor(
        forge,
        `a completed check on #${number}`,
        () => completed(find(number).headSha).find(wanted),
        timeout,
      ),
    waitForCheckOn: (headSha, timeout) =>
      waitFor(forge, `a completed check on ${headSha}`, () => completed(headSha)[0], timeout),
  };
}
