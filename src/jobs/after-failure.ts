import { Gone, Postponed, Retryable, Superseded } from "../github/client/errors.js";
import { type BackoffOptions, backoff } from "./backoff.js";

/** What went wrong with a job so far. */
export interface Trouble {
  /** When it began, in milliseconds since the epoch. */
  readonly since: number;
  /** Failures that GitHub, or the way to it, is to blame for. */
  readonly theirs: number;
  /** Failures of our own. */
  readonly ours: number;
  /** The pull request was told that its review is not finished. */
  readonly told: boolean;
}

/** What becomes of a job that failed. */
export type Consequence =
  | { readonly kind: "drop" | "lose" }
  /** Ends the check with what went wrong: for good, or until the job succeeds after all. */
  | { readonly kind: "give-up" | "tell"; readonly trouble: Trouble }
  | { readonly kind: "wait"; readonly milliseconds: number; readonly trouble: Trouble };

export interface FailureOptions {
  /** Attempts at an error of our own. */
  readonly attempts: number;
  /** Milliseconds after which trouble with GitHub is told, and after which the job is let go. */
  readonly tellAfter: number;
  readonly loseAfter: number;
  readonly backoff: BackoffOptions;
}

/**
 * An error of our own is tried a few times, since it will hardly change. GitHub's trouble passes:
 * for a day the job is kept, and its check does not hang meanwhile.
 */
export function afterFailure(
  error: unknown,
  before: Trouble | undefined,
  now: number,
  options: FailureOptions,
): Consequence {
  if (error instanceof Gone || error instanceof Superseded) return { kind: "drop" };
  const trouble = before ?? { since: now, theirs: 0, ours: 0, told: false };
  if (now - trouble.since > options.loseAfter) return { kind: "lose" };
  if (!(error instanceof Retryable)) {
    const ours = trouble.ours + 1;
    const next = { ...trouble, ours };
    if (ours >= options.attempts) return { kind: "give-up", trouble: next };
    return { kind: "wait", milliseconds: backoff(ours, undefined, options.backoff), trouble: next };
  }
  const counts = !(error instanceof Postponed);
  if (counts && !trouble.told && now - trouble.since > options.tellAfter) {
    return { kind: "tell", trouble: { ...trouble, told: true } };
  }
  const milliseconds = backoff(trouble.theirs + 1, error.retryAfter, options.backoff);
  const theirs = trouble.theirs + (counts ? 1 : 0);
  return { kind: "wait", milliseconds, trouble: { ...trouble, theirs } };
}
