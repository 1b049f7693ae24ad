import { latestCheckRuns } from "../check-runs.js";
import { type Forge, pullRequestDiff } from "../forge.js";
import type { PullRequestRecord } from "../store.js";
import { type Html, html } from "./html.js";
import { PULL_REQUEST_ICON } from "./icons.js";

export type Tab = "conversation" | "files" | "checks";

function stateLabel(pull: PullRequestRecord): Html {
  const state = pull.state === "closed" ? "closed" : pull.draft ? "draft" : "open";
  const text = { closed: "Closed", draft: "Draft", open: "Open" }[state];
  return html`<span class="state state-${state}">${PULL_REQUEST_ICON} ${text}</span>`;
}

function tabLink(
  pull: PullRequestRecord,
  here: boolean,
  path: string,
  text: string,
  count: number,
) {
  return html`<a href="/pull/${pull.number}${path}" ${here && html`aria-current="page"`}>${text} <span class="count">${count}</span></a>`;
}

/** Title, state, branches and the three tabs. */
export async function pullHeader(forge: Forge, pull: PullRequestRecord, tab: Tab): Promise<Html> {
  const { store, repository } = forge;
  const { files } = await pullRequestDiff(forge, pull);
  const commits = await repository.commitsBetween(pull.baseSha, pull.headSha);
  const said = [...store.reviewComments, ...store.issueComments];
  const comments = said.filter((one) => one.pullRequest === pull.number).length;
  const checks = latestCheckRuns(store.checkRuns, pull.headSha).length;
  const added = files.reduce((sum, file) => sum + file.additions, 0);
  const deleted = files.reduce((sum, file) => sum + file.deletions, 0);
  return html`<div class="pull-header">
<h1>${pull.title} <span class="muted">#${pull.number}</span></h1>
<p>${stateLabel(pull)} <strong>${pull.author.login}</strong> wants to merge ${commits.length} ${commits.length === 1 ? "commit" : "commits"}
into <code class="branch">${pull.baseRef}</code> from <code class="branch">${pull.headRef}</code></p>
<nav class="tabs" aria-label="Pull request">
${tabLink(pull, tab === "conversation", "", "Conversation", comments)}
${tabLink(pull, tab === "checks", "/checks", "Checks", checks)}
${tabLink(pull, tab === "files", "/files", "Files changed", files.length)}
<span class="diffstat"><span class="plus">+${added}</span> <span class="minus">−${deleted}</span></span>
</nav>
</div>`;
}
