import { Retryable } from "./errors.js";
import { isTransient, limitOf, statusOf, toOurError } from "./failure.js";
import type { Lane } from "./lane.js";
import type { Timers } from "./timers.js";

/** A read is repeated so often when GitHub fails; a write never is. */
const READ_ATTEMPTS = 3;
const FIRST_PAUSE = 400;

export interface Pace {
  read<T>(run: () => Promise<T>, signal: AbortSignal | undefined): Promise<T>;
  write<T>(run: () => Promise<T>, signal: AbortSignal | undefined): Promise<T>;
}

/**
 * How requests of one installation are sent: reads repeated a few times, writes once and in turn.
 * A 401 says that nothing was done, so with a new token even a write goes again, once.
 */
export function createPace(
  lane: Lane,
  timers: Timers,
  random: () => number,
  forgetToken: () => void,
): Pace {
  function closed(error: unknown): Retryable | undefined {
    const limit = limitOf(error, timers.now());
    if (limit === undefined) return undefined;
    return new Retryable("GitHub's rate limit is reached", lane.close(limit.seconds), {
      cause: error,
    });
  }

  async function once<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if (statusOf(error) !== 401) throw error;
      forgetToken();
      return await run();
    }
  }

  return {
    async read(run, signal) {
      for (let attempt = 1; ; attempt++) {
        await lane.enter(signal);
        try {
          return await once(run);
        } catch (error) {
          signal?.throwIfAborted();
          const limited = closed(error);
          if (limited !== undefined) throw limited;
          if (attempt === READ_ATTEMPTS || !isTransient(error)) throw toOurError(error);
          await timers.sleep(FIRST_PAUSE * 3 ** (attempt - 1) * (0.5 + random() / 2), signal);
        }
      }
    },
    write(run, signal) {
      return lane.write(async () => {
        try {
          return await once(run);
        } catch (error) {
          throw closed(error) ?? toOurError(error);
        }
      }, signal);
    },
  };
}
