import { at, sha, text } from "../github/client/untrusted.js";
import { jobOfCheck } from "../jobs/job-of-check.js";
import { readPlace } from "./payload.js";
import type { Work } from "./work.js";

/**
 * Work from a `check_run` delivery: someone wants a check of ours again. Its `external_id` says of
 * what; `pull_requests` does not, as it is empty for forks.
 */
export function workFromCheckRun(
  payload: unknown,
  delivery: string,
  appId: number,
): Work | undefined {
  const run = at(payload, "check_run");
  if (at(run, "app", "id") !== appId) return undefined;
  const place = readPlace(payload);
  const headSha = sha(at(run, "head_sha"));
  if (place === undefined || headSha === undefined) return undefined;
  const headRef = text(at(run, "check_suite", "head_branch"));
  const check = { headSha, externalId: text(at(run, "external_id")) ?? "" };
  return { job: { ...jobOfCheck(place, check, headRef), delivery } };
}

/** Work from a `check_suite` delivery: someone wants all checks of ours on a commit again. */
export function workFromCheckSuite(
  payload: unknown,
  delivery: string,
  appId: number,
): Work | undefined {
  const suite = at(payload, "check_suite");
  if (at(suite, "app", "id") !== appId) return undefined;
  const place = readPlace(payload);
  const headSha = sha(at(suite, "head_sha"));
  if (place === undefined || headSha === undefined) return undefined;
  const headRef = text(at(suite, "head_branch"));
  return {
    job: {
      kind: "commit",
      ...place,
      headSha,
      ...(headRef === undefined ? {} : { headRef }),
      again: true,
      delivery,
    },
  };
}

/** Work from a `merge_group` delivery: a merge queue waits for the check. */
export function workFromMergeGroup(payload: unknown, delivery: string): Work | undefined {
  const group = at(payload, "merge_group");
  const place = readPlace(payload);
  const headSha = sha(at(group, "head_sha"));
  const baseSha = sha(at(group, "base_sha"));
  const headRef = text(at(group, "head_ref"));
  if (place === undefined || headSha === undefined || baseSha === undefined) return undefined;
  return {
    job: {
      kind: "merge-group",
      ...place,
      baseSha,
      headSha,
      ...(headRef === undefined ? {} : { headRef }),
      delivery,
    },
  };
}
