import { latestCheckRuns } from "../check-runs.js";
import type { Forge } from "../forge.js";
import type { CheckRunRecord, PullRequestRecord } from "../store.js";
import { type Html, html } from "./html.js";
import { checkIcon } from "./icons.js";

/** What a required check makes of it: neutral and skipped satisfy, as on GitHub. */
function verdict(runs: readonly CheckRunRecord[]): {
  readonly word: string;
  readonly text: string;
} {
  if (runs.length === 0) return { word: "running", text: "Waiting for checks" };
  if (runs.some((run) => run.status !== "completed")) {
    return { word: "running", text: "Some checks haven’t completed yet" };
  }
  const passing = ["success", "neutral", "skipped"];
  const failed = runs.some((run) => !passing.includes(run.conclusion ?? ""));
  return failed
    ? { word: "failure", text: "Some checks were not successful" }
    : { word: "success", text: "All checks have passed" };
}

export function mergeBox(forge: Forge, pull: PullRequestRecord): Html {
  const runs = latestCheckRuns(forge.store.checkRuns, pull.headSha);
  const { word, text } = verdict(runs);
  const rows = runs.map(
    (
      run,
    ) => html`<li>${checkIcon(run)} <strong>${run.name}</strong> <span class="muted">${run.title ?? run.status}</span>
<span class="label">Required</span> <a href="/pull/${pull.number}/checks">Details</a></li>`,
  );
  return html`<section class="merge merge-${word}" aria-label="Checks"><h2>${text}</h2><ul>${rows}</ul></section>`;
}
