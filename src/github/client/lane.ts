import { Postponed, Retryable } from "./errors.js";
import { limitOf } from "./failure.js";
import type { Timers } from "./timers.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A wait longer than this is not worth holding a job for: it goes back to the queue. */
const LONGEST_WAIT = 5_000;
/** GitHub's word for a secondary limit without a time: at least a minute, then doubling. */
const SECONDARY_WAIT = 60;
const SECONDARY_WAIT_MAX = 15 * 60;
/** What a request counts of GitHub's points: writes and mutations five, reads and queries one. */
const POINTS = { read: 1, write: 5 } as const;

export interface LaneLimits {
  readonly writesPerMinute: number;
  readonly writesPerHour: number;
  readonly pointsPerMinute: number;
}

/**
 * GitHub allows 80 content-creating requests a minute, 500 an hour and 900 points a minute; we stay
 * below, counting every write as one that creates.
 */
const LIMITS: LaneLimits = { writesPerMinute: 70, writesPerHour: 480, pointsPerMinute: 850 };

/**
 * Requests of one installation, within GitHub's limits: writes one after the other, reads beside
 * them. When GitHub says stop nothing is sent until the time it named; then one request tries, and
 * the others wait for how it ends.
 */
export interface Lane {
  /**
   * Waits for its turn, then sends. `signal` ends the waiting, never a request under way.
   * @throws Postponed when it would wait long, Retryable when GitHub refused because of a limit.
   */
  read<T>(send: () => Promise<T>, signal: AbortSignal | undefined): Promise<T>;
  write<T>(send: () => Promise<T>, signal: AbortSignal | undefined): Promise<T>;
  /** An answer said that nothing is left until this time, in milliseconds since the epoch. */
  rest(until: number): void;
}

type Kind = keyof typeof POINTS;

/** A quiet installation never waits: the budgets are windows, not gaps between two requests. */
export function createLane(timers: Timers, limits: LaneLimits = LIMITS): Lane {
  /** Times of the writes of the last hour, oldest first. */
  let writes: number[] = [];
  /** Times of the points of the last minute, oldest first. */
  let points: number[] = [];
  let tail: Promise<unknown> = Promise.resolve();
  let closedUntil = 0;
  /** Refusals in a row, and of how many refusals a request knew when it was sent. */
  let strikes = 0;
  let refusals = 0;
  /** Set from a refusal on until a request got through. */
  let doubtful = false;
  let trial: Promise<unknown> | undefined;

  function nextWrite(now: number): number {
    writes = writes.filter((time) => time > now - HOUR);
    return Math.max(
      freeAgain(writes, limits.writesPerMinute, MINUTE),
      freeAgain(writes, limits.writesPerHour, HOUR),
    );
  }

  function nextRequest(now: number, kind: Kind): number {
    points = points.filter((time) => time > now - MINUTE);
    const enough = freeAgain(points, limits.pointsPerMinute - POINTS[kind] + 1, MINUTE);
    return Math.max(closedUntil, enough, kind === "write" ? nextWrite(now) : 0);
  }

  /** What the request has to wait for; undefined when it may be sent in this very moment. */
  function obstacle(kind: Kind, signal: AbortSignal | undefined): Promise<unknown> | undefined {
    signal?.throwIfAborted();
    const now = timers.now();
    const next = nextRequest(now, kind);
    // Who reads wants to write: reading first and waiting then would be for nothing.
    const wait = Math.max(next, nextWrite(now)) - now;
    if (wait > LONGEST_WAIT) {
      throw new Postponed("the installation is at its limit", Math.ceil(wait / 1_000));
    }
    return next > now ? timers.sleep(next - now, signal) : trial;
  }

  async function attempt<T>(kind: Kind, send: () => Promise<T>): Promise<T> {
    const known = refusals;
    const sentAt = timers.now();
    for (let point = 0; point < POINTS[kind]; point++) points.push(sentAt);
    if (kind === "write") writes.push(sentAt);
    try {
      const answer = await send();
      if (kind === "write" || timers.now() > closedUntil + HOUR) strikes = 0;
      return answer;
    } catch (error) {
      const limit = limitOf(error, timers.now());
      if (limit === undefined) throw error;
      const wait = close(limit.seconds, known);
      throw new Retryable("GitHub's rate limit is reached", wait, { cause: error });
    }
  }

  /** Seconds until the lane opens again. Refusals of requests sent side by side are one strike. */
  function close(asked: number | undefined, known: number): number {
    const now = timers.now();
    const doubled = (times: number) => Math.min(SECONDARY_WAIT * 2 ** times, SECONDARY_WAIT_MAX);
    let seconds = asked ?? 0;
    if (known === refusals) {
      if (asked === undefined) seconds = doubled(strikes);
      else if (strikes > 0) seconds = Math.max(asked, doubled(strikes - 1));
      strikes++;
      refusals++;
      doubtful = true;
    }
    closedUntil = Math.max(closedUntil, now + seconds * 1_000);
    return Math.ceil((closedUntil - now) / 1_000);
  }

  async function pass<T>(kind: Kind, send: () => Promise<T>, signal: AbortSignal | undefined) {
    for (let wait = obstacle(kind, signal); wait !== undefined; wait = obstacle(kind, signal)) {
      await wait;
    }
    if (!doubtful) return attempt(kind, send);
    const known = refusals;
    const trying = attempt(kind, send);
    trial = trying.catch(() => undefined);
    try {
      return await trying;
    } finally {
      trial = undefined;
      doubtful = refusals > known;
    }
  }

  return {
    read: (send, signal) => pass("read", send, signal),
    write(send, signal) {
      const turn = tail.then(() => pass("write", send, signal));
      tail = turn.catch(() => undefined);
      return turn;
    },
    rest(until) {
      closedUntil = Math.max(closedUntil, until);
    },
  };
}

/** When another one fits into the window, 0 for at once. `times` is in order. */
function freeAgain(times: readonly number[], allowed: number, window: number): number {
  const oldest = times.at(-allowed);
  return oldest === undefined ? 0 : oldest + window + 1;
}
