import { addedLines } from "../diff/anchors.js";
import type { LocatedEvidence } from "../evidence.js";
import type { FileChange } from "../model/change.js";
import type { Suppression } from "../model/finding.js";
import type { SuppressionProblem } from "../model/scan-result.js";
import type { PlacedSuppression } from "./read-suppressions.js";

/** What is known of the suppressions of one file. */
export interface SuppressionsSeen {
  readonly change: FileChange;
  readonly suppressions: readonly PlacedSuppression[];
  /** What the rules saw at head. */
  readonly head: readonly LocatedEvidence[];
  /** Whether the rules look at the code of a line at head. */
  readonly looksAt: (line: number) => boolean;
}

export interface RulesAsked {
  /** Ids of the whole catalogue. */
  readonly known: ReadonlySet<string>;
  /** Ids of those that looked. */
  readonly applied: ReadonlySet<string>;
}

/**
 * What is wrong with the suppressions that this change set added, or on whose code it worked: others
 * are not its business. One is unused when its rule sees nothing at all in its code, safe or not:
 * that a fact is no finding may only mean that it stood there before.
 */
export function suppressionProblems(
  { change, suppressions, head, looksAt }: SuppressionsSeen,
  { known, applied }: RulesAsked,
  used: ReadonlySet<Suppression>,
): readonly SuppressionProblem[] {
  const near = linesNearChanges(change);
  return suppressions.flatMap((suppression) => {
    const { rule, reason, line, alone } = suppression;
    const last = alone ? line + 1 : line;
    if (!near.has(line) && !near.has(last)) return [];
    const problem = (kind: SuppressionProblem["problem"]): readonly SuppressionProblem[] => [
      { path: change.path, line, rule, problem: kind },
    ];
    if (!known.has(rule)) return problem("unknown-rule");
    if (reason === "") return problem("no-reason");
    const canTell = applied.has(rule) && (looksAt(line) || looksAt(last));
    const sees = head.some((one) => one.rule.meta.id === rule && standsAt(one, line, last));
    return canTell && !sees && !used.has(suppression) ? problem("unused") : [];
  });
}

function standsAt({ evidence }: LocatedEvidence, first: number, last: number): boolean {
  return [evidence.span, ...evidence.guards].some(
    (span) => span !== undefined && span.startLine <= last && first <= span.endLine,
  );
}

/** The lines at head that the diff adds, and those between which it deletes something. */
function linesNearChanges({ hunks }: FileChange): ReadonlySet<number> {
  const near = new Set(addedLines(hunks));
  for (const { lines } of hunks) {
    for (const [index, line] of lines.entries()) {
      if (line.kind !== "deleted") continue;
      for (const beside of [lines[index - 1]?.head, lines[index + 1]?.head]) {
        if (beside !== undefined) near.add(beside);
      }
    }
  }
  return near;
}
