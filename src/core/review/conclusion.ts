import type { Finding } from "../model/finding.js";
import type { Conclusion, FailOn } from "../model/review.js";
import type { RuleMeta } from "../model/rule.js";
import type { ScanResult } from "../model/scan-result.js";
import { atLeast } from "../model/severity.js";
import { hidesFindings } from "../model/unscanned.js";

/** Whether the finding alone fails the check: grave enough, sure enough, and not of a preview rule. */
export function failsCheck(
  finding: Finding,
  rules: ReadonlyMap<string, RuleMeta>,
  failOn: FailOn,
): boolean {
  return (
    failOn !== "never" &&
    atLeast(finding.severity, failOn) &&
    finding.confidence !== "low" &&
    rules.get(finding.rule)?.status !== "preview"
  );
}

/**
 * `neutral` satisfies a required check, so whatever may hide a finding is a `failure`: a file that
 * nobody read must not open the gate.
 */
export function conclude(
  { findings, unscanned }: ScanResult,
  rules: ReadonlyMap<string, RuleMeta>,
  failOn: FailOn,
): Conclusion {
  if (unscanned.some(hidesFindings)) return "failure";
  if (findings.some((finding) => failsCheck(finding, rules, failOn))) return "failure";
  if (unscanned.length > 0) return "neutral";
  return findings.some(({ severity }) => atLeast(severity, "warning")) ? "neutral" : "success";
}
