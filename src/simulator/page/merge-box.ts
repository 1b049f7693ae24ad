import { latestCheckRuns } from "../checks/check-runs.js";
import { requirementsOf, verdictOf } from "../checks/required-checks.js";
import type { Forge } from "../platform/forge.js";
import type { CheckRunRecord, PullRequestRecord, QueueEntry } from "../platform/store.js";
import { type Html, html } from "./html.js";
import { checkIcon, RUNNING_ICON } from "./icons.js";

interface Standing {
  readonly word: "running" | "success" | "failure" | "merged";
  readonly text: string;
  readonly detail: string;
}

/** What the checks make of it: neutral and skipped satisfy, as on GitHub. */
function standing(runs: readonly CheckRunRecord[]): Standing {
  const open = runs.filter((run) => run.status !== "completed").length;
  if (runs.length === 0 || open > 0) {
    return {
      word: "running",
      text: "Some checks haven’t completed yet",
      detail: runs.length === 0 ? "Waiting for checks" : `${open} in progress`,
    };
  }
  const passing = ["success", "neutral", "skipped"];
  const failed = runs.filter((run) => !passing.includes(run.conclusion ?? "")).length;
  if (failed > 0) {
    const detail = `${failed} failing ${failed === 1 ? "check" : "checks"}`;
    return { word: "failure", text: "Some checks were not successful", detail };
  }
  const detail = `${runs.length} successful ${runs.length === 1 ? "check" : "checks"}`;
  return { word: "success", text: "All checks have passed", detail };
}

function runRow(pull: PullRequestRecord, run: CheckRunRecord, required: boolean): Html {
  const label = required && html`<span class="label">Required</span>`;
  return html`<li>${checkIcon(run)} <strong>${run.name}</strong> <span class="muted">${run.title ?? run.status.replace("_", " ")}</span>
<span class="tail">${label} <a href="/pull/${pull.number}/checks">Details</a></span></li>`;
}

function button(pull: PullRequestRecord, verb: string, text: string, enabled = true): Html {
  const disabled = !enabled && html` disabled`;
  const look = verb === "enqueue" ? "button primary" : "button";
  return html`<form method="post" action="/pull/${pull.number}/${verb}"><button class="${look}"${disabled}>${text}</button></form>`;
}

/** The line of a pull request that waits in the queue, with the check of its group. */
function queueRow(forge: Forge, pull: PullRequestRecord, entry: QueueEntry): Html {
  const runs = latestCheckRuns(forge.store.checkRuns, entry.headSha);
  const icons = runs.length === 0 ? [RUNNING_ICON] : runs.map(checkIcon);
  const said = runs[0]?.title ?? "Waiting for the checks of the merge group";
  return html`<li class="queued">${icons} <strong>Queued to merge…</strong>
<span class="muted">${said} · <code>${entry.headSha.slice(0, 7)}</code></span>
<span class="tail">${button(pull, "dequeue", "Remove from queue")}</span></li>`;
}

function foot(forge: Forge, pull: PullRequestRecord): Html | undefined {
  const entry = forge.store.queue.findLast(
    (one) => one.pullRequest === pull.number && one.state === "waiting",
  );
  if (entry !== undefined) return html`<ul>${queueRow(forge, pull, entry)}</ul>`;
  const fix = pull.fix !== undefined && button(pull, "fix", "Push the fix");
  const queues = requirementsOf(forge, pull.baseRef).length > 0;
  if (!queues && !fix) return undefined;
  const passed = queues && verdictOf(forge, pull.baseRef, pull.headSha) === "passed";
  const why = passed
    ? "Merging goes through the merge queue."
    : "Merging is blocked until the required check has passed.";
  return html`<div class="merge-foot">${queues && button(pull, "enqueue", "Merge when ready", passed && !pull.draft)}
<span class="muted">${queues && why}</span> ${fix}</div>`;
}

export function mergeBox(forge: Forge, pull: PullRequestRecord): Html {
  const runs = latestCheckRuns(forge.store.checkRuns, pull.headSha);
  if (pull.mergedAt !== undefined) {
    return html`<section class="merge merge-merged" aria-label="Merged"><h2>Pull request successfully merged and closed</h2></section>`;
  }
  const { word, text, detail } = standing(runs);
  const required = requirementsOf(forge, pull.baseRef).map(({ context }) => context);
  const rows = runs.map((run) => runRow(pull, run, required.includes(run.name)));
  return html`<section class="merge merge-${word}" aria-label="Checks"><header><h2>${text}</h2><p class="muted">${detail}</p></header><ul>${rows}</ul>
${pull.state === "open" && foot(forge, pull)}</section>`;
}
