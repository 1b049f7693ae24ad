import { at, integer, record, text } from "../github/client/untrusted.js";
import type { Place } from "../jobs/job.js";

/** The repository that a delivery is about; undefined when it makes no sense. */
export function readPlace(payload: unknown): Place | undefined {
  const installationId = readInstallation(payload);
  const repository = at(payload, "repository");
  const repositoryId = text(at(repository, "node_id"));
  const owner = segment(at(repository, "owner", "login"));
  const repo = segment(at(repository, "name"));
  if (installationId === undefined || repositoryId === undefined) return undefined;
  if (owner === undefined || repo === undefined) return undefined;
  return { installationId, owner, repo, repositoryId };
}

export function readInstallation(payload: unknown): number | undefined {
  return positive(at(payload, "installation", "id"));
}

export function positive(value: unknown): number | undefined {
  const number = integer(value);
  return number !== undefined && number > 0 ? number : undefined;
}

export function isBot(user: unknown): boolean {
  return record(user)?.type === "Bot";
}

/** A name that is one segment of a path and stays one. */
function segment(value: unknown): string | undefined {
  const name = text(value);
  return name !== undefined && /^(?!\.{1,2}$)[\w.-]{1,100}$/.test(name) ? name : undefined;
}
