import { parseExternalId } from "../core/review/external-id.js";
import type { Job, Place } from "./job.js";

/** A check run of ours, as far as it says what it was made for. */
export interface NamedCheck {
  readonly headSha: string;
  readonly externalId: string;
}

/** The job that writes a check of ours again. Where its `external_id` says nothing, its commit does. */
export function jobOfCheck(
  place: Place,
  { headSha, externalId }: NamedCheck,
  headRef: string | undefined,
): Job {
  const range = parseExternalId(externalId);
  const branch = headRef === undefined ? {} : { headRef };
  if (range === undefined) return { kind: "commit", ...place, headSha, ...branch, again: true };
  const { number, baseSha } = range;
  return number === "merge-group"
    ? { kind: "merge-group", ...place, baseSha, headSha, ...branch, again: true }
    : { kind: "pull-request", ...place, number, commands: [], again: true };
}
