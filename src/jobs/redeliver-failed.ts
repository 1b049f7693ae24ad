import { type Attempt, isDelivered, listAttempts, redeliver } from "../github/app/deliveries.js";
import type { AppClient } from "../github/client/client.js";
import { Gone, Refused } from "../github/client/errors.js";

const MINUTE = 60_000;
/** GitHub redelivers what is not older than three days. */
const LOOK_BACK = 72 * 60 * MINUTE;
/** Attempts appear in the list when they end, so some appear behind newer ones. */
const OVERLAP = 15 * MINUTE;
/** Pages of 100 read, and deliveries asked for, in one sweep. */
const MAX_PAGES = 50;
const MAX_ASKED = 100;
/** A delivery that failed so often is left alone: the sweep of pull requests does its work. */
const MAX_ATTEMPTS = 3;

export interface Redelivered {
  readonly asked: number;
  /** Those that wait for the next sweep. */
  readonly left: number;
}

interface Failing {
  readonly newest: Attempt;
  readonly attempts: ReadonlySet<number>;
}

/**
 * Asks GitHub to deliver again what did not arrive: it never does so by itself. The first call
 * reads three days, the others what came since.
 */
export function createRedeliverFailed(): (app: AppClient) => Promise<Redelivered> {
  const failing = new Map<string, Failing>();
  /** Ids of the attempts after which another one was asked for. */
  const asked = new Set<number>();
  let readUntil = 0;

  function note(attempt: Attempt): void {
    if (isDelivered(attempt)) {
      failing.delete(attempt.guid);
      return;
    }
    const attempts = new Set(failing.get(attempt.guid)?.attempts).add(attempt.id);
    failing.set(attempt.guid, { newest: attempt, attempts });
  }

  function forgetBefore(time: number): void {
    for (const [guid, { newest, attempts }] of failing) {
      if (newest.at >= time) continue;
      failing.delete(guid);
      for (const id of attempts) asked.delete(id);
    }
  }

  return async (app) => {
    const now = app.now();
    const since = Math.max(now - LOOK_BACK, readUntil - OVERLAP);
    const { attempts, complete } = await listAttempts(app, since, MAX_PAGES);
    readUntil = now;
    for (const attempt of attempts.toSorted((a, b) => a.at - b.at || a.id - b.id)) note(attempt);
    forgetBefore(now - LOOK_BACK);
    const due = [...failing.values()]
      .filter(({ newest, attempts: tried }) => !asked.has(newest.id) && tried.size < MAX_ATTEMPTS)
      .toSorted((a, b) => a.newest.at - b.newest.at);
    const chosen = due.slice(0, MAX_ASKED);
    for (const { newest } of chosen) {
      try {
        await redeliver(app, newest.id);
      } catch (error) {
        if (!(error instanceof Gone || error instanceof Refused)) throw error;
      }
      asked.add(newest.id);
    }
    return { asked: chosen.length, left: due.length - chosen.length + (complete ? 0 : 1) };
  };
}
