import type { FailOn } from "../core/model/review.js";
import type { RuleMeta } from "../core/model/rule.js";
import type { ScanResult } from "../core/model/scan-result.js";
import { hidesFindings } from "../core/model/unscanned.js";
import { failsCheck } from "../core/review/conclusion.js";

/** What the process says to a script; part of the contract of the command line. */
export const EXIT = { clean: 0, findings: 1, usage: 2, unfinished: 3 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/**
 * A file behind which something may hide counts like a finding, as it fails the check on GitHub: a
 * gate must not let it through. Only what ended before its answer is "could not finish".
 */
export function exitCodeOf(
  { findings, unscanned }: ScanResult,
  rules: ReadonlyMap<string, RuleMeta>,
  failOn: FailOn,
): ExitCode {
  const hidden = failOn !== "never" && unscanned.some(hidesFindings);
  const loud = findings.some((finding) => failsCheck(finding, rules, failOn));
  return loud || hidden ? EXIT.findings : EXIT.clean;
}
