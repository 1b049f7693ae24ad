import { isMadeFor, parseExternalId } from "../core/review/external-id.js";
import type { ListedPullRequest, OwnRuns } from "../github/app/open-pull-requests.js";

/**
 * What a sweep finds of a pull request. `unfinished`: its check is missing or not completed, so it
 * waits. `stale`: something happened that the completed check may not know of.
 */
export type Finding = "settled" | "stale" | "unfinished";

/**
 * An answer in a thread is asked for before the check is completed and given after it, so what was
 * cut off in between shows only by how close the two are.
 */
const ANSWERED_WITHIN = 60_000;

/** `sharing` others have its head: one that was closed unheard must not count in the verdict for ever. */
export function judgeChecks(
  pullRequest: ListedPullRequest,
  sharing: number,
  { runs, hasThreads }: OwnRuns,
): Finding {
  const { updatedAt } = pullRequest;
  const newest = runs.toSorted((a, b) => a.id - b.id).at(-1);
  if (newest === undefined || !newest.completed) return "unfinished";
  const isOfThisRange = runs.some(
    ({ externalId }) =>
      isMadeFor(externalId, pullRequest) && (parseExternalId(externalId)?.sharing ?? 0) === sharing,
  );
  // GitHub counts in seconds, so in the same one either may have been the first.
  const quietFor = (newest.completedAt ?? 0) - updatedAt;
  const isNewerThanAll = quietFor > (hasThreads ? ANSWERED_WITHIN : 0);
  return isOfThisRange && isNewerThanAll ? "settled" : "stale";
}
