import type { FailOn } from "../core/model/review.js";
import type { RuleMeta } from "../core/model/rule.js";
import type { ScanResult } from "../core/model/scan-result.js";
import { hidesFindings } from "../core/model/unscanned.js";
import { failsCheck } from "../core/review/conclusion.js";

/** What the process says to a script; part of the contract of the command line. */
export const EXIT = { clean: 0, findings: 1, usage: 2, unfinished: 3 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/**
 * Findings at the level come first. Without them, a file behind which something may hide means that
 * the review could not finish: it must not look like a clean one, unless nothing is to fail.
 */
export function exitCodeOf(
  { findings, unscanned }: ScanResult,
  rules: ReadonlyMap<string, RuleMeta>,
  failOn: FailOn,
): ExitCode {
  if (findings.some((finding) => failsCheck(finding, rules, failOn))) return EXIT.findings;
  return failOn !== "never" && unscanned.some(hidesFindings) ? EXIT.unfinished : EXIT.clean;
}
