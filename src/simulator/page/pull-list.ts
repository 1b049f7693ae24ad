import { latestCheckRuns } from "../checks/check-runs.js";
import type { Forge } from "../platform/forge.js";
import { time } from "./comment-box.js";
import { type Html, html } from "./html.js";
import { checkIcon, MERGE_ICON, PULL_REQUEST_ICON } from "./icons.js";

export function pullList(forge: Forge): Html {
  const { pullRequests, checkRuns, reviewComments } = forge.store;
  const rows = [...pullRequests].reverse().map((pull) => {
    const icons = latestCheckRuns(checkRuns, pull.headSha).map(checkIcon);
    const comments = reviewComments.filter((one) => one.pullRequest === pull.number).length;
    const said = comments === 1 ? "1 review comment" : `${comments} review comments`;
    const merged = pull.mergedAt !== undefined;
    const state = merged ? "merged" : pull.draft ? "draft" : pull.state;
    return html`<li><span class="icon-${state}">${merged ? MERGE_ICON : PULL_REQUEST_ICON}</span>
<div><a href="/pull/${pull.number}"><strong>${pull.title}</strong></a> ${icons}
<p class="muted">#${pull.number} opened ${time(pull.createdAt)} by ${pull.author.login} · into <code>${pull.baseRef}</code> · ${said}</p></div></li>`;
  });
  return html`<h1>Pull requests</h1><ul class="pulls">${rows}</ul>`;
}
