import { Postponed } from "./errors.js";
import type { Timers } from "./timers.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A wait longer than this is not worth holding a job for: it goes back to the queue. */
const LONGEST_WAIT = 5_000;
/** GitHub's word for a secondary limit without a time: at least a minute, then doubling. */
const SECONDARY_WAIT = 60;
const SECONDARY_WAIT_MAX = 15 * 60;

/** Requests of one installation: writes one after the other, within GitHub's limits. */
export interface Lane {
  /** Waits for its turn, then runs the write. `signal` ends the waiting, never a write under way. */
  write<T>(run: () => Promise<T>, signal: AbortSignal | undefined): Promise<T>;
  /** Waits until the installation may send a request of any kind. */
  enter(signal: AbortSignal | undefined): Promise<void>;
  /** GitHub closed the lane for so many seconds; undefined when it named no time. Returns the seconds. */
  close(seconds: number | undefined): number;
}

/**
 * GitHub allows 80 content-creating requests a minute and 500 an hour per installation; we stay
 * below both, counting every write. A quiet installation never waits: the budget is a window, not
 * a gap between two requests.
 */
export function createLane(
  timers: Timers,
  limits: { readonly perMinute: number; readonly perHour: number } = {
    perMinute: 70,
    perHour: 480,
  },
): Lane {
  /** Times of the writes of the last hour, oldest first. */
  let sent: number[] = [];
  let tail: Promise<unknown> = Promise.resolve();
  let closedUntil = 0;
  let strikes = 0;

  async function waitUntil(time: number, signal: AbortSignal | undefined): Promise<void> {
    const wait = time - timers.now();
    if (wait <= 0) return;
    if (wait > LONGEST_WAIT) {
      throw new Postponed("the installation is at its limit", Math.ceil(wait / 1_000));
    }
    await timers.sleep(wait, signal);
  }

  function nextWrite(now: number): number {
    sent = sent.filter((time) => time > now - HOUR);
    const minuteAgo = sent.at(-limits.perMinute);
    const hourAgo = sent.at(-limits.perHour);
    return Math.max(
      minuteAgo === undefined ? 0 : minuteAgo + MINUTE + 1,
      hourAgo === undefined ? 0 : hourAgo + HOUR + 1,
    );
  }

  async function writeInTurn<T>(run: () => Promise<T>, signal: AbortSignal | undefined) {
    signal?.throwIfAborted();
    await waitUntil(Math.max(closedUntil, nextWrite(timers.now())), signal);
    sent.push(timers.now());
    const answer = await run();
    strikes = 0;
    return answer;
  }

  return {
    write(run, signal) {
      const turn = tail.then(() => writeInTurn(run, signal));
      tail = turn.catch(() => undefined);
      return turn;
    },
    async enter(signal) {
      signal?.throwIfAborted();
      await waitUntil(closedUntil, signal);
    },
    close(seconds) {
      const wait = seconds ?? Math.min(SECONDARY_WAIT * 2 ** strikes, SECONDARY_WAIT_MAX);
      strikes++;
      closedUntil = Math.max(closedUntil, timers.now() + wait * 1_000);
      return wait;
    },
  };
}
