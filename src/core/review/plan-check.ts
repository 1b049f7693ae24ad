import type { FileChange } from "../model/change.js";
import type { ConfigurationProblem } from "../model/configuration.js";
import type { CheckRunPlan, RangeVerdict, ReviewLimits, Verdict } from "../model/review.js";
import type { ScanResult } from "../model/scan-result.js";
import { renderAnnotations } from "../render/annotations.js";
import type { CheckContent, Placement } from "../render/check-content.js";
import { renderCheckSummary, renderCheckTitle } from "../render/check-summary.js";
import { type Catalogue, pageOf } from "../render/words.js";
import { formatExternalId, type ReviewedRange } from "./external-id.js";
import { sortByGravity } from "./gravity.js";
import { worstOf } from "./verdict.js";

export interface CheckInput {
  readonly range: ReviewedRange;
  readonly scan: ScanResult;
  readonly verdict: Verdict;
  readonly otherRanges: readonly RangeVerdict[];
  /** The files that were scanned. */
  readonly changes: readonly FileChange[];
  /** By fingerprint; a finding that is missing stands in the check run alone. */
  readonly placements: ReadonlyMap<string, Placement>;
  readonly configurationProblems: readonly ConfigurationProblem[];
  readonly configurationChange: boolean;
  readonly limits: ReviewLimits;
  readonly catalogue: Catalogue;
}

/** The completed check run of a range that was scanned. */
export function planCheck(input: CheckInput): CheckRunPlan {
  const { range, scan, verdict, limits, catalogue } = input;
  const accepted = new Set(verdict.accepted.map(({ finding }) => finding.fingerprint));
  const findings = sortByGravity(scan.findings).filter((one) => !accepted.has(one.fingerprint));
  const annotations = renderAnnotations(findings, scan.unscanned, input.changes, catalogue);
  const conclusion = worstOf(verdict.conclusion, input.otherRanges);
  const content: CheckContent = {
    ...catalogue,
    of: range.number === "merge-group" ? "merge-group" : "pull-request",
    scan,
    findings,
    verdict,
    conclusion,
    otherRanges: input.otherRanges,
    configurationProblems: input.configurationProblems,
    configurationChange: input.configurationChange,
    placements: input.placements,
    unannotated: Math.max(0, annotations.length - limits.annotations),
    limit: limits.body,
  };
  return {
    headSha: range.headSha,
    externalId: formatExternalId({ ...range, sharing: countSharing(input) }),
    conclusion,
    detailsUrl: pageOf(findings[0]?.rule, catalogue),
    title: renderCheckTitle(content),
    summary: renderCheckSummary(content),
    annotations: annotations.slice(0, limits.annotations),
  };
}

/** A range of its own number stands for those that GitHub did not list. */
function countSharing({ range, otherRanges }: CheckInput): number {
  const numbers = otherRanges.flatMap(({ label }) =>
    label.kind === "pull-request" && label.number !== range.number ? [label.number] : [],
  );
  return new Set(numbers).size;
}
