import type { Timers } from "../../src/github/client/timers.js";

/** A clock that stands still until it is told to run; sleepers wake in order. */
export interface VirtualTimers extends Timers {
  /** Runs until `done` holds, or nothing sleeps any more, or so many milliseconds have passed. */
  run(milliseconds: number, done?: () => boolean): Promise<void>;
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

export function createVirtualTimers(start = Date.parse("2026-11-22T12:00:00Z")): VirtualTimers {
  let time = start;
  let sleepers: Sleeper[] = [];
  /** Lets everything happen that needs no time. */
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  return {
    now: () => time,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const sleeper = { at: time + Math.max(0, milliseconds), wake: resolve };
        sleepers.push(sleeper);
        signal?.addEventListener("abort", () => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          reject(signal.reason);
        });
      }),
    async run(milliseconds, done = () => false) {
      const end = time + milliseconds;
      for (;;) {
        await settle();
        if (done()) return;
        const next = Math.min(...sleepers.map(({ at }) => at));
        if (next > end) break;
        time = Math.max(time, next);
        const awake = sleepers.filter(({ at }) => at <= time);
        sleepers = sleepers.filter(({ at }) => at > time);
        for (const { wake } of awake) wake();
      }
      if (Number.isFinite(end)) time = Math.max(time, end);
    },
  };
}
