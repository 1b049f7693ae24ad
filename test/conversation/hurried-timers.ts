import { setTimeout as delay } from "node:timers/promises";
import type { Timers } from "../../src/github/client/timers.js";

/** A clock that runs so many times as fast as the real one, so that hours pass in front of a real server. */
export function createHurriedTimers(speed: number): Timers {
  const start = Date.now();
  const started = performance.now();
  return {
    now: () => Math.round(start + (performance.now() - started) * speed),
    async sleep(milliseconds, signal) {
      try {
        await delay(milliseconds / speed, undefined, signal === undefined ? {} : { signal });
      } catch (error) {
        signal?.throwIfAborted();
        throw error;
      }
    },
  };
}
