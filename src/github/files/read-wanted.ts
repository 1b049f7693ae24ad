import type { Answer } from "../../core/repository/fetched.js";
import type { FetchWanted } from "../../core/scan-in-rounds.js";
import type { InstallationClient } from "../client/client.js";
import type { Repository } from "../client/target.js";
import { type Blob, queryObjects } from "./blobs.js";
import { readMergeBase } from "./compare-commits.js";
import { textOf } from "./read-file-change.js";
import type { Range } from "./read-range.js";

/**
 * Reads what a scan wants of the repository, each round in one query. The LEFT side is asked only
 * for what the range itself changes, and only then the merge base is looked up.
 */
export function wantedReader(
  client: InstallationClient,
  repository: Repository,
  { baseSha, headSha, mergeBase }: Range,
): FetchWanted {
  let base = mergeBase === undefined ? undefined : Promise.resolve(mergeBase);
  const revisionOf = async (side: "LEFT" | "RIGHT"): Promise<string> => {
    if (side === "RIGHT") return headSha;
    base ??= readMergeBase(client, repository, baseSha, headSha);
    return base;
  };
  return async (wanted) => {
    const names = [];
    for (const { side, path } of wanted) names.push({ revision: await revisionOf(side), path });
    return (await queryObjects(client, repository, names)).map(toAnswer);
  };
}

/** Nobody changed it: what cannot be read as text is as good as not there. */
export function toAnswer(object: Blob | readonly string[] | undefined): Answer {
  if (object === undefined || "length" in object) return object ?? null;
  const read = textOf(object);
  return "text" in read ? read.text : null;
}
