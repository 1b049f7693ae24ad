import { parseExternalId } from "../core/review/external-id.js";
import type { OpenPullRequest, OwnRun } from "../github/open-pull-requests.js";

/**
 * What a sweep finds of a pull request. `unfinished`: its check is missing or not completed, so it
 * waits. `stale`: something happened that the completed check may not know of.
 */
export type Finding = "settled" | "stale" | "unfinished";

export function judgeChecks(pullRequest: OpenPullRequest, runs: readonly OwnRun[]): Finding {
  const newest = runs.toSorted((a, b) => a.id - b.id).at(-1);
  if (newest === undefined || !newest.completed) return "unfinished";
  const { number, headSha, baseSha, updatedAt } = pullRequest;
  const isOfThisRange = runs.some((run) => {
    const range = parseExternalId(run.externalId);
    return range?.number === number && range.headSha === headSha && range.baseSha === baseSha;
  });
  const isNewerThanAll = updatedAt <= (newest.completedAt ?? 0);
  return isOfThisRange && isNewerThanAll ? "settled" : "stale";
}
