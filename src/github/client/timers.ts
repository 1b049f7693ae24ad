import { setTimeout as delay } from "node:timers/promises";

/** The clock of pacing and back-off, so that a test can own it. */
export interface Timers {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Rejects with the reason of the signal when it is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const systemTimers: Timers = {
  now: () => Date.now(),
  async sleep(milliseconds, signal) {
    try {
      await delay(milliseconds, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  },
};
