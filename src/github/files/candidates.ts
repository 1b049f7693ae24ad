import { CONFIGURATION_PATH } from "../../core/config/configuration-path.js";
import type { ChangedFile } from "../../core/model/change.js";
import type { Unscanned } from "../../core/model/unscanned.js";
import { mayMatter } from "../../core/relevance.js";
import type { Listing } from "./listing.js";

/** Files of one range that are read; one that changes more is named as not reviewed. */
export const MAX_CANDIDATES = 300;

/** The files that can matter, at most `MAX_CANDIDATES`, and what has to be said of the rest. */
export interface Candidates {
  readonly files: readonly ChangedFile[];
  readonly unscanned: readonly Unscanned[];
}

export function pickCandidates(listing: Listing): Candidates {
  const files = listing.files.filter(mayMatter);
  const unscanned: Unscanned[] = files.slice(MAX_CANDIDATES).map((file) => ({
    path: file.path,
    reason: "over-a-cap",
    detail: `More than ${MAX_CANDIDATES} files here could matter.`,
  }));
  if (listing.truncated !== undefined) {
    unscanned.push({ path: ".", reason: "over-a-cap", detail: listing.truncated });
  }
  return { files: files.slice(0, MAX_CANDIDATES), unscanned };
}

/** The configuration is read elsewhere, so a change of it takes effect later: that has to be said. */
export function changesConfiguration({ files }: Listing): boolean {
  return files.some((file) => [file.path, file.basePath].includes(CONFIGURATION_PATH));
}

/** Whether nothing in the listing can matter, and all of it is there to be seen. */
export function isIrrelevant(listing: Listing): boolean {
  const { files, unscanned } = pickCandidates(listing);
  if (listing.files.length === 0 || changesConfiguration(listing)) return false;
  return files.length === 0 && unscanned.length === 0;
}
