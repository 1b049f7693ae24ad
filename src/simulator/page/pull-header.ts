import { latestCheckRuns } from "../checks/check-runs.js";
import { type Forge, pullRequestDiff } from "../platform/forge.js";
import type { PullRequestRecord } from "../platform/store.js";
import { type Html, html } from "./html.js";
import { MERGE_ICON, PULL_REQUEST_ICON } from "./icons.js";

export type Tab = "conversation" | "files" | "checks";

function stateLabel(pull: PullRequestRecord): Html {
  const merged = pull.mergedAt !== undefined;
  const state = merged
    ? "merged"
    : pull.state === "closed"
      ? "closed"
      : pull.draft
        ? "draft"
        : "open";
  const text = { merged: "Merged", closed: "Closed", draft: "Draft", open: "Open" }[state];
  return html`<span class="state state-${state}">${merged ? MERGE_ICON : PULL_REQUEST_ICON} ${text}</span>`;
}

/** Branches that an open pull request can be given as its base. */
async function baseChoices(forge: Forge, pull: PullRequestRecord): Promise<readonly string[]> {
  const listed = await forge.repository.git(
    "for-each-ref",
    "--format=%(refname:lstrip=2)",
    "refs/heads",
  );
  const heads = new Set(forge.store.pullRequests.map((one) => one.headRef));
  const names = listed.toString().trim().split("\n");
  return names.filter(
    (name) => name !== pull.baseRef && !heads.has(name) && !name.startsWith("gh-readonly-queue/"),
  );
}

async function baseBranch(forge: Forge, pull: PullRequestRecord): Promise<Html> {
  const name = html`<code class="branch">${pull.baseRef}</code>`;
  const choices = pull.state === "open" ? await baseChoices(forge, pull) : [];
  if (choices.length === 0) return name;
  const buttons = choices.map(
    (choice) => html`<button name="base" value="${choice}">${choice}</button>`,
  );
  return html`<details class="menu" id="base-menu"><summary aria-label="Change the base branch ${pull.baseRef}">${name}</summary>
<form method="post" action="/pull/${pull.number}/retarget"><p>Change the base branch</p>${buttons}</form></details>`;
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
  const head = pull.fork === undefined ? pull.headRef : `${pull.fork}:${pull.headRef}`;
  const many = commits.length === 1 ? "commit" : "commits";
  const merged = store.timeline.find(
    (one) => one.pullRequest === pull.number && one.kind === "merged",
  );
  const verb = merged === undefined ? "wants to merge" : "merged";
  return html`<div class="pull-header">
<h1>${pull.title} <span class="muted">#${pull.number}</span></h1>
<div class="branches">${stateLabel(pull)} <strong>${(merged?.actor ?? pull.author).login}</strong> ${verb} ${commits.length} ${many}
into ${await baseBranch(forge, pull)} from <code class="branch">${head}</code></div>
<nav class="tabs" aria-label="Pull request">
${tabLink(pull, tab === "conversation", "", "Conversation", comments)}
${tabLink(pull, tab === "checks", "/checks", "Checks", checks)}
${tabLink(pull, tab === "files", "/files", "Files changed", files.length)}
<span class="diffstat"><span class="plus">+${added}</span> <span class="minus">−${deleted}</span></span>
</nav>
</div>`;
}
