import { announceCheckRun } from "../checks/check-runs.js";
import { announceSuite } from "../checks/check-suites.js";
import { notFound, unprocessable } from "../platform/errors.js";
import { type Forge, findApp, findPullRequest } from "../platform/forge.js";
import { inTurn } from "../platform/in-turn.js";
import type { Author, PullRequestRecord } from "../platform/store.js";
import { dequeue, enqueue } from "../pull-requests/merge-queue.js";
import { pushFix, retarget } from "../pull-requests/pull-requests.js";
import { addIssueComment } from "../reviews/issue-comments.js";
import { replyTo } from "../reviews/review-comments.js";
import { refuseBody } from "../reviews/reviews.js";
import { commitSuggestion } from "../reviews/suggestions.js";
import { setThreadResolved, threadOf } from "../reviews/threads.js";

/** What a person did on a page. `id` is what a button belongs to: a comment, a check run, a suite. */
export interface PageAction {
  readonly number: number;
  readonly verb: string;
  readonly id: number | undefined;
  readonly form: URLSearchParams;
}

interface Act {
  readonly forge: Forge;
  readonly pull: PullRequestRecord;
  readonly by: Author;
  readonly id: number | undefined;
  readonly form: URLSearchParams;
}

function readBody({ form }: Act): string {
  const body = form.get("body") ?? "";
  const reason = refuseBody(body);
  if (reason !== undefined) throw unprocessable(reason);
  return body;
}

function calledComment({ forge, pull, id }: Act) {
  const comment = forge.store.reviewComments.find(
    (one) => one.id === id && one.pullRequest === pull.number,
  );
  if (comment === undefined) throw notFound();
  return comment;
}

function rerun({ forge, by, id }: Act): void {
  const run = forge.store.checkRuns.find((one) => one.id === id);
  const app = run && findApp(forge, run.appId);
  if (run === undefined || app === undefined) throw notFound();
  announceCheckRun(forge, app, run, "rerequested", by);
}

function rerunAll({ forge, pull, by }: Act): void {
  for (const suite of forge.store.checkSuites) {
    if (suite.headSha === pull.headSha) announceSuite(forge, suite, "rerequested", by);
  }
}

function resolve(act: Act): void {
  const thread = threadOf(act.forge, calledComment(act));
  setThreadResolved(act.forge, thread, !thread.resolved, act.by);
}

const VERBS: Readonly<Record<string, (act: Act) => unknown>> = {
  comments: (act) => addIssueComment(act.forge, act.pull, act.by, readBody(act)),
  replies: (act) => replyTo(act.forge, act.pull, act.by, calledComment(act), readBody(act)),
  resolve,
  suggestions: (act) =>
    inTurn(act.forge, () => commitSuggestion(act.forge, calledComment(act), act.by)),
  fix: (act) => inTurn(act.forge, () => pushFix(act.forge, act.pull)),
  retarget: (act) =>
    inTurn(act.forge, () => retarget(act.forge, act.pull, act.form.get("base") ?? "", act.by)),
  rerun,
  rerunall: rerunAll,
  enqueue: (act) => enqueue(act.forge, act.pull, act.by),
  dequeue: (act) => dequeue(act.forge, act.pull),
};

/** Does it, as the author of the pull request unless the form names someone else. */
export async function perform(forge: Forge, action: PageAction): Promise<void> {
  const { id, form } = action;
  const pull = findPullRequest(forge, action.number);
  const verb = Object.hasOwn(VERBS, action.verb) ? VERBS[action.verb] : undefined;
  if (pull === undefined || verb === undefined) throw notFound();
  const by: Author = { login: form.get("author") ?? pull.author.login, type: "User" };
  await verb({ forge, pull, by, id, form });
}
