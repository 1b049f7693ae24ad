/** Why a file, or a part of one, was not reviewed. */
export type UnscannedReason =
  | "unsafe-encoding"
  | "hidden-text"
  | "too-large"
  | "too-slow"
  | "over-a-cap"
  | "unreadable"
  | "syntax-error"
  | "rule-crash";

/**
 * A file that could matter and was not reviewed as a whole. It is named in every report and keeps
 * the check from `success`.
 */
export interface Unscanned {
  readonly path: string;
  /** Its path at base, where that is another one. */
  readonly basePath?: string;
  readonly reason: UnscannedReason;
  /** One sentence for the reader: what was met, and where it helps, what to do. Never quotes a value. */
  readonly detail: string;
  /** 1-based line at head (or base, for a removed file), when the problem stands on one. */
  readonly line?: number;
}

/** Whether something may hide behind it (the check fails) or a part was unreadable for CPython too. */
export function hidesFindings(unscanned: Unscanned): boolean {
  return unscanned.reason !== "syntax-error";
}
