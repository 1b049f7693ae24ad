/** Seconds may be asked for by GitHub; without them the wait doubles from attempt to attempt. */
export interface BackoffOptions {
  readonly first: number;
  readonly longest: number;
  /** From 0 to 1. */
  readonly random: () => number;
}

/** Milliseconds before the attempt after `attempt`: full jitter, so that jobs that failed together part. */
export function backoff(
  attempt: number,
  retryAfter: number | undefined,
  { first, longest, random }: BackoffOptions,
): number {
  const ceiling = Math.min(longest, first * 2 ** (attempt - 1));
  const asked = retryAfter === undefined ? 0 : retryAfter * 1_000;
  return Math.round(asked + ceiling * random());
}
