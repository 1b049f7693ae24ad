import type { CheckRunPlan } from "../core/model/review.js";
import { renderSuperseded } from "../core/review/plan-without-scan.js";
import type { InstallationClient } from "./client.js";
import { Retryable } from "./errors.js";
import type { Target } from "./target.js";
import { array, at, integer, record, sha } from "./untrusted.js";

export const CHECK_NAME = "cyclekey";

const CREATE = "POST /repos/{owner}/{repo}/check-runs";
const UPDATE = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";

/** A check run that was opened, and the head of the pull request if GitHub's answer says that it moved. */
export interface StartedCheck {
  readonly id: number;
  readonly movedTo: string | undefined;
}

/** Opens the check run of a head. Always in the base repository: a fork's head is there too. */
export async function startCheck(
  client: InstallationClient,
  target: Target,
  check: CheckRunPlan,
): Promise<StartedCheck> {
  const answer = await client.write(CREATE, {
    ...repository(target),
    name: CHECK_NAME,
    head_sha: check.headSha,
    external_id: check.externalId,
    status: "in_progress",
    started_at: time(client),
  });
  const id = integer(record(answer)?.id);
  if (id === undefined) throw new Retryable("GitHub named no check run");
  return { id, movedTo: movedTo(answer, target.number, check.headSha) };
}

export async function createCompletedCheck(
  client: InstallationClient,
  target: Target,
  check: CheckRunPlan,
): Promise<void> {
  await client.write(CREATE, {
    ...repository(target),
    name: CHECK_NAME,
    head_sha: check.headSha,
    ...completed(client, check),
  });
}

/** Ends a check run, or rewrites one that had ended. GitHub appends annotations to those it has. */
export async function completeCheck(
  client: InstallationClient,
  target: Target,
  id: number,
  check: CheckRunPlan,
): Promise<void> {
  await client.write(UPDATE, {
    ...repository(target),
    check_run_id: id,
    ...completed(client, check),
  });
}

/** Ends a check run of a head that the pull request has left. Unlike neutral, cancelled passes no gate. */
export async function cancelCheck(
  client: InstallationClient,
  target: Target,
  id: number,
  newHead: string,
): Promise<void> {
  await client.write(UPDATE, {
    ...repository(target),
    check_run_id: id,
    status: "completed",
    conclusion: "cancelled",
    completed_at: time(client),
    output: renderSuperseded(newHead),
  });
}

function completed(client: InstallationClient, check: CheckRunPlan): object {
  return {
    external_id: check.externalId,
    ...(check.detailsUrl !== undefined && { details_url: check.detailsUrl }),
    status: "completed",
    conclusion: check.conclusion,
    completed_at: time(client),
    output: {
      title: check.title,
      summary: check.summary,
      annotations: check.annotations.map((annotation) => ({
        path: annotation.path,
        start_line: annotation.startLine,
        end_line: annotation.endLine,
        annotation_level: annotation.level,
        title: annotation.title,
        message: annotation.message,
      })),
    },
  };
}

function repository({ owner, repo }: Target): { readonly owner: string; readonly repo: string } {
  return { owner, repo };
}

function time(client: InstallationClient): string {
  return new Date(client.now()).toISOString();
}

/** The answer lists pull requests of the head's branch, except for forks: free news, not to be relied on. */
function movedTo(answer: unknown, number: number, headSha: string): string | undefined {
  const ours = array(record(answer)?.pull_requests).find(
    (entry) => integer(record(entry)?.number) === number,
  );
  const head = sha(at(ours, "head", "sha"));
  return head === headSha ? undefined : head;
}
