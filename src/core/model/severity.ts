/** GitHub's annotation levels and SARIF's: what a finding means for a merge. */
export type Severity = "error" | "warning" | "notice";

/** Gravest first. */
export const SEVERITIES: readonly Severity[] = ["error", "warning", "notice"];

/** How sure a rule is that the code means what it looks like. */
export type Confidence = "high" | "medium" | "low";

const RANK: Readonly<Record<Severity, number>> = { notice: 0, warning: 1, error: 2 };

/** Orders severities: positive when `a` is the graver. */
export function compareSeverity(a: Severity, b: Severity): number {
  return RANK[a] - RANK[b];
}

/** Whether `severity` is at `level` or graver. */
export function atLeast(severity: Severity, level: Severity): boolean {
  return RANK[severity] >= RANK[level];
}
