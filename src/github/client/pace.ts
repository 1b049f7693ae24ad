import { isTransient, statusOf, toOurError } from "./failure.js";
import type { Lane } from "./lane.js";
import type { Timers } from "./timers.js";

/** A read is repeated so often when GitHub fails; a write never is. */
const READ_ATTEMPTS = 3;
const FIRST_PAUSE = 400;

export interface Pace {
  read<T>(send: () => Promise<T>, signal: AbortSignal | undefined): Promise<T>;
  write<T>(send: () => Promise<T>, signal: AbortSignal | undefined): Promise<T>;
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
  async function withNewToken<T>(send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      if (statusOf(error) !== 401) throw error;
      forgetToken();
      return await send();
    }
  }

  return {
    async read(send, signal) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await withNewToken(() => lane.read(send, signal));
        } catch (error) {
          signal?.throwIfAborted();
          if (attempt === READ_ATTEMPTS || !isTransient(error)) throw toOurError(error);
          await timers.sleep(FIRST_PAUSE * 3 ** (attempt - 1) * (0.5 + random() / 2), signal);
        }
      }
    },
    async write(send, signal) {
      try {
        return await withNewToken(() => lane.write(send, signal));
      } catch (error) {
        throw toOurError(error);
      }
    },
  };
}
