import type { PullRequestState } from "../core/model/review.js";
import type { Answer } from "../core/repository/fetched.js";
import type { FetchWanted } from "../core/scan-in-rounds.js";
import type { InstallationClient } from "./client.js";
import { readMergeBase } from "./merge-base.js";
import { type Blob, queryObjects } from "./query-pull-request.js";
import { textOf } from "./read-file-change.js";
import type { Target } from "./target.js";

/**
 * Reads what a scan wants of the repository, each round in one query. The LEFT side is asked only
 * for what the pull request itself changes, and only then the merge base is looked up.
 */
export function wantedReader(
  client: InstallationClient,
  target: Target,
  { baseSha, headSha }: PullRequestState,
): FetchWanted {
  let base: Promise<string> | undefined;
  const revisionOf = async (side: "LEFT" | "RIGHT"): Promise<string> => {
    if (side === "RIGHT") return headSha;
    base ??= readMergeBase(client, target, baseSha, headSha);
    return base;
  };
  return async (wanted) => {
    const names = [];
    for (const { side, path } of wanted) names.push({ revision: await revisionOf(side), path });
    return (await queryObjects(client, target, names)).map(toAnswer);
  };
}

/** Nobody changed it: what cannot be read as text is as good as not there. */
function toAnswer(object: Blob | readonly string[] | undefined): Answer {
  if (object === undefined || "length" in object) return object ?? null;
  const read = textOf(object);
  return "text" in read ? read.text : null;
}
