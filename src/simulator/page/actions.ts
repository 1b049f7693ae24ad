import { announceCheckRun } from "../check-runs.js";
import { notFound, unprocessable } from "../errors.js";
import { type Forge, findApp, findPullRequest } from "../forge.js";
import { addIssueComment } from "../issue-comments.js";
import { refuseBody } from "../reviews.js";
import { commitSuggestion } from "../suggestions.js";

/** What a person did on a page. `id` is the comment or the check run that a button belongs to. */
export interface PageAction {
  readonly number: number;
  readonly verb: string;
  readonly id: number | undefined;
  readonly form: URLSearchParams;
}

/** Does it, as the author of the pull request unless the form names someone else. */
export async function perform(forge: Forge, action: PageAction): Promise<void> {
  const pull = findPullRequest(forge, action.number);
  if (pull === undefined) throw notFound();
  const by = { login: action.form.get("author") ?? pull.author.login, type: "User" as const };
  if (action.verb === "comments") {
    const body = action.form.get("body") ?? "";
    const reason = refuseBody(body);
    if (reason !== undefined) throw unprocessable(reason);
    addIssueComment(forge, pull, by, body);
    return;
  }
  if (action.verb === "suggestions") {
    const comment = forge.store.reviewComments.find((one) => one.id === action.id);
    if (comment === undefined) throw notFound();
    await commitSuggestion(forge, comment, by);
    return;
  }
  const run = forge.store.checkRuns.find((one) => one.id === action.id);
  const app = run && findApp(forge, run.appId);
  if (action.verb !== "rerun" || run === undefined || app === undefined) throw notFound();
  announceCheckRun(forge, app, run, "rerequested", by);
}
