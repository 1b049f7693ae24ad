import type { CheckRunRecord } from "../platform/store.js";
import { type Html, trusted } from "./html.js";

function icon(name: string, label: string, drawing: string): Html {
  return trusted(
    `<svg class="icon icon-${name}" viewBox="0 0 16 16" width="16" height="16" role="img" aria-label="${label}">${drawing}</svg>`,
  );
}

const DISC = '<circle cx="8" cy="8" r="7.5"/>';

export const PULL_REQUEST_ICON = icon(
  "pull",
  "Pull request",
  '<g fill="none" stroke="currentColor" stroke-width="1.5"><circle cx="4" cy="3.5" r="1.75"/><circle cx="4" cy="12.5" r="1.75"/><circle cx="12" cy="12.5" r="1.75"/><path d="M4 5.3v5.4M12 10.7V6.5A2.5 2.5 0 0 0 9.5 4H8M9.8 2 7.7 4l2.1 2"/></g>',
);

export const COMMIT_ICON = icon(
  "commit",
  "Commit",
  '<g fill="none" stroke="currentColor" stroke-width="1.5"><circle cx="8" cy="8" r="3"/><path d="M0 8h5M11 8h5"/></g>',
);

export const BRANCH_ICON = icon(
  "branch",
  "Branch",
  '<g fill="none" stroke="currentColor" stroke-width="1.5"><circle cx="4.5" cy="3.5" r="1.75"/><circle cx="4.5" cy="12.5" r="1.75"/><circle cx="11.5" cy="3.5" r="1.75"/><path d="M4.5 5.3v5.4M11.5 5.3c0 2.7-3 3-7 3.7"/></g>',
);

export const MERGE_ICON = icon(
  "merge",
  "Merged",
  '<g fill="none" stroke="currentColor" stroke-width="1.5"><circle cx="4.5" cy="3.5" r="1.75"/><circle cx="4.5" cy="12.5" r="1.75"/><circle cx="12" cy="8.5" r="1.75"/><path d="M4.5 5.3v5.4M4.7 5.3c.6 2 2.5 3.2 5.4 3.2"/></g>',
);

export const QUEUE_ICON = icon(
  "queue",
  "Merge queue",
  '<g fill="none" stroke="currentColor" stroke-width="1.5"><circle cx="8" cy="2.9" r="1.6"/><circle cx="8" cy="8" r="1.6"/><circle cx="8" cy="13.1" r="1.6"/></g>',
);

export const CHECK_ICON = icon(
  "check",
  "Resolved",
  '<path d="m3 8.5 3.2 3.200L13 4.8" fill="none" stroke="currentColor" stroke-width="1.8"/>',
);

const SUCCESS = icon("success", "Success", `${DISC}<path d="M4.5 8.3 7 10.8l4.6-5" class="mark"/>`);
const FAILURE = icon(
  "failure",
  "Failure",
  `${DISC}<path d="m5.2 5.2 5.6 5.6M10.8 5.2l-5.6 5.6" class="mark"/>`,
);
const NEUTRAL = icon("neutral", "Neutral", `${DISC}<path d="M4.8 8h6.4" class="mark"/>`);
export const RUNNING_ICON = icon(
  "running",
  "In progress",
  '<circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="28 13"/>',
);

/** The sign of a check run: how it ended, or that it has not. */
export function checkIcon(run: CheckRunRecord): Html {
  if (run.status !== "completed") return RUNNING_ICON;
  if (run.conclusion === "success") return SUCCESS;
  return run.conclusion === "neutral" || run.conclusion === "skipped" ? NEUTRAL : FAILURE;
}
