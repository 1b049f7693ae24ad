import type { CheckRunPlan } from "../../core/model/review.js";
import type { InstallationClient } from "../client/client.js";
import type { Repository } from "../client/target.js";
import type { OwnCheck } from "../pull-request/own-checks.js";
import { completeCheck, createCompletedCheck } from "./check-runs.js";
import { findStanding, type Standing } from "./standing-check.js";

/** Brings the check of a head to what it should say, where there is nothing else to write. */
export async function applyCheck(
  client: InstallationClient,
  repository: Repository,
  checks: readonly OwnCheck[],
  check: CheckRunPlan,
  { again }: { readonly again: boolean },
): Promise<void> {
  const standing = findStanding(checks, check);
  if (standing.upToDate && !again) return;
  if (standing.run === undefined) await createCompletedCheck(client, repository, check);
  else await completeStanding(client, repository, standing.run.id, standing, check);
}

/** Completes the run of a head, and those that other runs of ours left open beside it. */
export async function completeStanding(
  client: InstallationClient,
  repository: Repository,
  id: number,
  standing: Standing,
  check: CheckRunPlan,
): Promise<void> {
  for (const other of standing.open) {
    if (other.id === id) continue;
    await completeCheck(client, repository, other.id, { ...check, annotations: [] });
  }
  // GitHub appends annotations and removes none: a run that has some gets them no second time.
  const annotated = standing.run?.id === id && standing.run.annotations > 0;
  const fresh = annotated ? { ...check, annotations: [] } : check;
  await completeCheck(client, repository, id, fresh);
}
