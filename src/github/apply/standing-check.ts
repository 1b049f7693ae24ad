import type { CheckRunPlan } from "../../core/model/review.js";
import { parseExternalId } from "../../core/review/external-id.js";
import type { OwnCheck } from "../pull-request/own-checks.js";

/** What of ours stands on a head, held against what is to stand there. */
export interface Standing {
  /** The run to write: there is one for a head, whatever pull request it was made for. */
  readonly run: OwnCheck | undefined;
  /** It is under way, for the same range. */
  readonly isOpen: boolean;
  /** It says already what is to be said. */
  readonly upToDate: boolean;
  /** All runs that are under way. */
  readonly open: readonly OwnCheck[];
}

export function findStanding(checks: readonly OwnCheck[], check: CheckRunPlan): Standing {
  const open = checks.filter((one) => one.status !== "completed");
  // The newest one is what GitHub shows.
  const run = open.at(-1) ?? checks.at(-1);
  const sameRange = run?.externalId === check.externalId;
  return {
    run,
    isOpen: run?.status === "in_progress" && sameRange,
    upToDate: run?.status === "completed" && sameRange && run.conclusion === check.conclusion,
    open,
  };
}

/** Whether a run was made for the pull request. */
export function isCheckOf(run: OwnCheck, pullRequest: number): boolean {
  return parseExternalId(run.externalId)?.number === pullRequest;
}
