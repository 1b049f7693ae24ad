import type { ConfigurationProblem } from "../model/configuration.js";
import type { Finding } from "../model/finding.js";
import type { Conclusion, RangeVerdict, Verdict } from "../model/review.js";
import type { ScanResult } from "../model/scan-result.js";
import type { Catalogue } from "./words.js";

/** Where a reader finds a finding besides the check run, or why nowhere. */
export type Placement = "inline" | "no-room" | "off-diff" | "draft" | "check-only";

/** Everything that a check run may have to tell. */
export interface CheckContent extends Catalogue {
  readonly of: "pull-request" | "merge-group";
  readonly scan: ScanResult;
  /** The scan's findings that nobody accepted, gravest first. */
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
  /** Of the check: the verdict, or a worse one of another range. */
  readonly conclusion: Conclusion;
  readonly otherRanges: readonly RangeVerdict[];
  readonly configurationProblems: readonly ConfigurationProblem[];
  readonly configurationChange: boolean;
  /** By fingerprint. */
  readonly placements: ReadonlyMap<string, Placement>;
  /** Findings and files without an annotation for want of room. */
  readonly unannotated: number;
  /** Characters of the summary. */
  readonly limit: number;
}
