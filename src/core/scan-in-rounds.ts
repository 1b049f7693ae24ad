import type { ChangeSet } from "./model/change.js";
import type { Wanted } from "./model/repository.js";
import type { ScanResult } from "./model/scan-result.js";
import type { Unscanned } from "./model/unscanned.js";
import type { ParsePython } from "./python/parser.js";
import {
  type Answer,
  addRound,
  type Fetched,
  filesOf,
  NOTHING_YET,
  nextRound,
} from "./repository/fetched.js";
import { type ScanOptions, scan } from "./scan.js";

/** Fetches files and folders; answers in the order asked. */
export type FetchWanted = (wanted: readonly Wanted[]) => Promise<readonly Answer[]>;

export interface RoundsOptions extends Omit<ScanOptions, "repository"> {
  /** What is at hand already. */
  readonly before?: Fetched;
}

/**
 * Scans until nothing is wanted any more, or the limits of what one scan may fetch are reached: what
 * is wanted then could hold what changes the answer, so it counts as not reviewed. A change set that needs nothing is scanned
 * once and `fetch` is not called.
 */
export async function scanInRounds(
  changeSet: ChangeSet,
  parse: ParsePython,
  fetch: FetchWanted,
  { before = NOTHING_YET, ...options }: RoundsOptions = {},
): Promise<ScanResult> {
  let fetched = before;
  for (;;) {
    const result = scan(changeSet, parse, { ...options, repository: filesOf(fetched) });
    const round = nextRound(result.wanted, fetched);
    if (round.length === 0) return withUnread(result);
    fetched = addRound(fetched, round, await fetch(round));
  }
}

/** Else a value could be weakened unseen, behind one import more than a scan follows. */
function withUnread(result: ScanResult): ScanResult {
  const unread = result.wanted.map(
    ({ path, kind }): Unscanned => ({
      path: path === "" ? "." : path,
      reason: "over-a-cap",
      detail: `What changed here leads to this ${kind === "file" ? "file" : "folder"}, beyond what one review reads.`,
    }),
  );
  return unread.length === 0 ? result : { ...result, unscanned: [...result.unscanned, ...unread] };
}
