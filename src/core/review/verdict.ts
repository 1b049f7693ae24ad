import type { Configuration } from "../model/configuration.js";
import type {
  AcceptedFinding,
  Conclusion,
  PostedComment,
  RangeVerdict,
  Verdict,
} from "../model/review.js";
import type { RuleMeta } from "../model/rule.js";
import type { ScanResult } from "../model/scan-result.js";
import { conclude, failsCheck } from "./conclusion.js";
import { readOwnComments } from "./own-comment.js";
import { decideStandings, type Requests, type Standing } from "./standing.js";

export interface VerdictInput extends Requests {
  readonly scan: ScanResult;
  /** Our comments on the pull request whose acceptances count. */
  readonly comments: readonly PostedComment[];
  readonly rules: readonly RuleMeta[];
  readonly configuration: Configuration;
}

/** What a range comes to, with what was accepted in the threads of its pull request. */
export function verdictOf(input: VerdictInput): Verdict {
  const standings = decideStandings(readOwnComments(input.comments), input.scan, input);
  return judgeStandings(input, standings);
}

export function judgeStandings(
  { scan, rules, configuration }: Pick<VerdictInput, "scan" | "rules" | "configuration">,
  standings: readonly Standing[],
): Verdict {
  const accepted = acceptedIn(standings);
  const settled = new Set(accepted.map(({ finding }) => finding.fingerprint));
  const open = scan.findings.filter(({ fingerprint }) => !settled.has(fingerprint));
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const { failOn } = configuration;
  return {
    conclusion: conclude({ ...scan, findings: open }, byId, failOn),
    failing: open.filter((finding) => failsCheck(finding, byId, failOn)),
    accepted,
  };
}

function acceptedIn(standings: readonly Standing[]): readonly AcceptedFinding[] {
  const byFingerprint = new Map<string, AcceptedFinding>();
  for (const { now, present } of standings) {
    if (now.state !== "accepted") continue;
    const { by, reason } = now;
    for (const finding of present) byFingerprint.set(finding.fingerprint, { finding, by, reason });
  }
  return [...byFingerprint.values()];
}

const RANK: Readonly<Record<Conclusion, number>> = { success: 0, neutral: 1, failure: 2 };

/** The worst of a range and the others of its head; what could not be judged counts as failed. */
export function worstOf(own: Conclusion, others: readonly RangeVerdict[]): Conclusion {
  const conclusions = others.map(({ conclusion }) =>
    conclusion === "unknown" ? "failure" : conclusion,
  );
  return conclusions.reduce((worst, one) => (RANK[one] > RANK[worst] ? one : worst), own);
}
