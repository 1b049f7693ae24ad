import type { Annotation, CheckRunPlan } from "../../core/model/review.js";
import type { InstallationClient } from "../client/client.js";
import { Retryable } from "../client/errors.js";
import { type Repository, restName } from "../client/target.js";
import { array, at, integer, record, sha } from "../client/untrusted.js";
import { CHECK_NAME } from "../pull-request/own-checks.js";

const CREATE = "POST /repos/{owner}/{repo}/check-runs";
const UPDATE = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";
/** "No more than 50 items are allowed" in one request; GitHub appends those of the next. */
const ANNOTATIONS_PER_REQUEST = 50;

/**
 * Opens a check run again that had ended with another verdict: until the new one it opens no gate.
 * Returns the heads of pull requests that GitHub's answer names with it.
 */
export async function restartCheck(
  client: InstallationClient,
  repository: Repository,
  id: number,
  check: CheckRunPlan,
): Promise<ReadonlyMap<number, string>> {
  const answer = await client.write(UPDATE, {
    ...restName(repository),
    check_run_id: id,
    ...started(client, check),
  });
  return headsIn(answer);
}

/** Always in the base repository: a fork's head is there too. */
export async function createCompletedCheck(
  client: InstallationClient,
  repository: Repository,
  check: CheckRunPlan,
): Promise<void> {
  if (check.annotations.length > ANNOTATIONS_PER_REQUEST) {
    await completeCheck(client, repository, await openCheck(client, repository, check), check);
    return;
  }
  await client.write(CREATE, {
    ...restName(repository),
    name: CHECK_NAME,
    head_sha: check.headSha,
    ...completed(client, check, check.annotations),
  });
}

async function openCheck(
  client: InstallationClient,
  repository: Repository,
  check: CheckRunPlan,
): Promise<number> {
  const answer = await client.write(CREATE, {
    ...restName(repository),
    name: CHECK_NAME,
    head_sha: check.headSha,
    ...started(client, check),
  });
  const id = integer(record(answer)?.id);
  if (id === undefined) throw new Retryable("GitHub named no check run");
  return id;
}

/** Ends a check run, or rewrites one that had ended. GitHub appends annotations to those it has. */
export async function completeCheck(
  client: InstallationClient,
  repository: Repository,
  id: number,
  check: CheckRunPlan,
): Promise<void> {
  const { title, summary, annotations } = check;
  // The verdict comes with the last ones: who waits for it finds them all.
  const last = Math.max(0, annotations.length - ANNOTATIONS_PER_REQUEST);
  for (let from = 0; from < last; from += ANNOTATIONS_PER_REQUEST) {
    const page = annotations.slice(from, Math.min(from + ANNOTATIONS_PER_REQUEST, last));
    await client.write(UPDATE, {
      ...restName(repository),
      check_run_id: id,
      output: { title, summary, annotations: page.map(toRest) },
    });
  }
  await client.write(UPDATE, {
    ...restName(repository),
    check_run_id: id,
    ...completed(client, check, annotations.slice(last)),
  });
}

/**
 * Ends a check run that nobody will complete. Unlike neutral, cancelled passes no gate; and the run
 * says of no range any more that it was reviewed.
 */
export async function cancelCheck(
  client: InstallationClient,
  repository: Repository,
  id: number,
  output: { readonly title: string; readonly summary: string },
): Promise<void> {
  await client.write(UPDATE, {
    ...restName(repository),
    check_run_id: id,
    external_id: "cyclekey:cancelled",
    status: "completed",
    conclusion: "cancelled",
    completed_at: time(client),
    output,
  });
}

function started(client: InstallationClient, { externalId }: CheckRunPlan): object {
  return { external_id: externalId, status: "in_progress", started_at: time(client) };
}

function completed(
  client: InstallationClient,
  { externalId, detailsUrl, conclusion, title, summary }: CheckRunPlan,
  annotations: readonly Annotation[],
): object {
  return {
    external_id: externalId,
    ...(detailsUrl !== undefined && { details_url: detailsUrl }),
    status: "completed",
    conclusion,
    completed_at: time(client),
    output: { title, summary, annotations: annotations.map(toRest) },
  };
}

function toRest(annotation: Annotation): object {
  return {
    path: annotation.path,
    start_line: annotation.startLine,
    end_line: annotation.endLine,
    annotation_level: annotation.level,
    title: annotation.title,
    message: annotation.message,
  };
}

function time(client: InstallationClient): string {
  return new Date(client.now()).toISOString();
}

/** Pull requests of the head's branch, except for forks: free news, not to be relied on. */
function headsIn(answer: unknown): ReadonlyMap<number, string> {
  return new Map(
    array(record(answer)?.pull_requests).flatMap((entry) => {
      const number = integer(record(entry)?.number);
      const head = sha(at(entry, "head", "sha"));
      return number === undefined || head === undefined ? [] : [[number, head] as const];
    }),
  );
}
