import { at, record, sha, text } from "../github/client/untrusted.js";
import { positive, readPlace } from "./payload.js";
import type { Work } from "./work.js";

/** Work from a `pull_request` delivery; undefined when there is none, or it makes no sense. */
export function workFromPullRequest(payload: unknown, delivery: string): Work | undefined {
  const action = at(payload, "action");
  // Titles and texts are edited too; only another base changes the diff.
  if (action === "edited" && record(at(payload, "changes", "base")) === undefined) return undefined;
  const pullRequest = at(payload, "pull_request");
  const place = readPlace(payload);
  const number = positive(at(pullRequest, "number"));
  const headSha = sha(at(pullRequest, "head", "sha"));
  const baseSha = sha(at(pullRequest, "base", "sha"));
  if (place === undefined || number === undefined) return undefined;
  if (headSha === undefined || baseSha === undefined) return undefined;
  const job = { kind: "pull-request", ...place, number, commands: [], delivery } as const;
  // Who shared its head may come off better without it.
  if (action === "closed") return { job, closes: true };
  // It was here before, so its head may have a check of ours.
  const returns = action === "reopened" ? { careful: true as const } : {};
  const before = action === "synchronize" ? sha(at(payload, "before")) : undefined;
  const baseRef = text(at(pullRequest, "base", "ref"));
  const ontoDefaultBranch =
    baseRef !== undefined && baseRef === text(at(payload, "repository", "default_branch"));
  return {
    job: {
      ...job,
      ...returns,
      ...(before === undefined ? {} : { left: [before] }),
      hint: { headSha, baseSha, ...(ontoDefaultBranch ? { ontoDefaultBranch } : {}) },
    },
  };
}
