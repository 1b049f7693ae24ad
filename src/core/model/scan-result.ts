import type { Finding } from "./finding.js";
import type { Wanted } from "./repository.js";
import type { Severity } from "./severity.js";
import type { Unscanned } from "./unscanned.js";

/** What a session key holds, for the inventory. */
export type DataCategory =
  | "credential"
  | "token"
  | "otp"
  | "payment"
  | "government-id"
  | "health"
  | "personal"
  | "identity"
  | "elevation"
  | "handshake"
  | "other"
  | "unknown";

/** A session key that the pull request begins to write, writes otherwise or writes no longer. */
export interface InventoryEntry {
  /** Key path with dots (`signup.password`); `(dynamic)` when the code computes it. */
  readonly key: string;
  readonly category: DataCategory;
  readonly path: string;
  readonly line: number;
  readonly symbol: string;
  /** How the value is protected: `encrypted`, `hashed`, or `none`. */
  readonly protection: "encrypted" | "hashed" | "none";
  /** Absent: added. A removed key stands on a line of base. */
  readonly change?: "added" | "changed" | "removed";
  /** Where the value comes from, as code; never a literal of a secret. */
  readonly value?: string;
}

/** A session setting whose effective value changed. Values are described, never quoted where secret. */
export interface PostureEntry {
  readonly path: string;
  readonly setting: string;
  readonly base: string;
  readonly head: string;
  readonly direction: "weaker" | "stronger" | "different";
}

/** How much a scan had to read. */
export interface ScanStats {
  /** Files that differ between the two trees. */
  readonly changedFiles: number;
  /** Files whose content was read. */
  readonly scannedFiles: number;
  /** UTF-16 code units of both versions of the files read. */
  readonly changedBytes: number;
  /** Files of the repository that were read beside the changed ones. */
  readonly contextFiles: number;
  /** UTF-16 code units handed to the parser. */
  readonly parsedBytes: number;
}

/** A suppression comment, touched by the change set, that does not do what it looks like. */
export interface SuppressionProblem {
  /** Path at head. */
  readonly path: string;
  readonly line: number;
  /** As written in the comment; empty when it names none. */
  readonly rule: string;
  /** `unused`: the rule sees nothing in the code that the comment stands at. */
  readonly problem: "no-reason" | "unknown-rule" | "unused";
}

/** The whole answer for one change set: plain data, in a fixed order. */
export interface ScanResult {
  readonly base: string;
  readonly head: string;
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Finding[];
  readonly suppressionProblems: readonly SuppressionProblem[];
  readonly inventory: readonly InventoryEntry[];
  readonly posture: readonly PostureEntry[];
  readonly unscanned: readonly Unscanned[];
  /** Changed files that could matter and that the configuration leaves out; in the order of paths. */
  readonly ignored: readonly string[];
  /** What of the repository could change this answer and is not at hand. */
  readonly wanted: readonly Wanted[];
  readonly stats: ScanStats;
}

/** Findings per severity. */
export function countBySeverity(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const counts: Record<Severity, number> = { error: 0, warning: 0, notice: 0 };
  for (const finding of findings) counts[finding.severity]++;
  return counts;
}
