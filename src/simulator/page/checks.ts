import { latestCheckRuns } from "../checks/check-runs.js";
import { type Forge, findApp } from "../platform/forge.js";
import type { CheckAnnotation, CheckRunRecord, PullRequestRecord } from "../platform/store.js";
import { time } from "./comment-box.js";
import { type Html, html } from "./html.js";
import { checkIcon } from "./icons.js";
import { renderMarkdown } from "./markdown.js";

function renderAnnotation(annotation: CheckAnnotation): Html {
  const { path, startLine, endLine, level, title, message } = annotation;
  const lines = startLine === endLine ? `L${startLine}` : `L${startLine}-L${endLine}`;
  return html`<li class="annotation annotation-${level}"><p><strong>${title ?? level}</strong>
<code>${path}#${lines}</code></p><pre>${message}</pre></li>`;
}

/** Only an App that listens can answer a re-run. */
function listens(forge: Forge, runs: readonly CheckRunRecord[], event: string): boolean {
  return runs.some((run) => findApp(forge, run.appId)?.events.includes(event));
}

function rerunForm(forge: Forge, pull: PullRequestRecord, run: CheckRunRecord): Html | undefined {
  if (!listens(forge, [run], "check_run")) return undefined;
  return html`<form method="post" action="/pull/${pull.number}/rerun/${run.id}"><button class="button">Re-run</button></form>`;
}

function renderRun(forge: Forge, pull: PullRequestRecord, run: CheckRunRecord): Html {
  const link =
    /^https?:/.test(run.detailsUrl ?? "") && html`<a href="${run.detailsUrl}">Details</a>`;
  const annotations = run.annotations.map(renderAnnotation);
  return html`<article class="check" aria-label="Check ${run.name}">
<header>${checkIcon(run)} <div><h2>${run.title ?? run.name}</h2>
<p class="muted">${run.name} · ${run.conclusion ?? run.status.replace("_", " ")} · <code>${run.headSha.slice(0, 7)}</code> · ${time(run.completedAt ?? run.startedAt)} ${link}</p></div>
${rerunForm(forge, pull, run)}</header>
<div class="markdown">${renderMarkdown(run.summary ?? "")}${run.text !== undefined && renderMarkdown(run.text)}</div>
${annotations.length > 0 && html`<section class="annotations"><h3>Annotations</h3><ul>${annotations}</ul></section>`}
</article>`;
}

export function checksTab(forge: Forge, pull: PullRequestRecord): Html {
  const runs = latestCheckRuns(forge.store.checkRuns, pull.headSha);
  if (runs.length === 0)
    return html`<p class="blank">No checks have reported on this commit yet.</p>`;
  const all =
    listens(forge, runs, "check_suite") &&
    html`<form class="rerun-all" method="post" action="/pull/${pull.number}/rerunall"><button class="button">Re-run all checks</button></form>`;
  return html`<div class="checks">${all}${runs.map((run) => renderRun(forge, pull, run))}</div>`;
}
