import type { Timers } from "../../src/github/client/timers.js";

/** A clock that stands still until it is moved on: what waits for a time waits for the test. */
export interface HeldTimers extends Timers {
  /** Moves the clock on by so many milliseconds, and ends what has waited long enough then. */
  advance(milliseconds: number): void;
}

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

export function createHeldTimers(): HeldTimers {
  let now = Date.now();
  const sleepers = new Set<Sleeper>();
  return {
    now: () => now,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const sleeper = {
          until: now + milliseconds,
          wake() {
            sleepers.delete(sleeper);
            signal?.removeEventListener("abort", end);
            resolve();
          },
        };
        const end = () => {
          sleepers.delete(sleeper);
          reject(signal?.reason);
        };
        if (signal?.aborted) return end();
        signal?.addEventListener("abort", end, { once: true });
        sleepers.add(sleeper);
      }),
    advance(milliseconds) {
      now += milliseconds;
      for (const sleeper of [...sleepers]) if (sleeper.until <= now) sleeper.wake();
    },
  };
}
