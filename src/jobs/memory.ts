import { Gone, Postponed, Retryable, Superseded } from "../github/errors.js";
import type { Log } from "../github/log.js";
import { systemTimers, type Timers } from "../github/timers.js";
import { type BackoffOptions, backoff } from "./backoff.js";
import { isOutdatedBy, type Job, jobKey, mergeJobs } from "./job.js";
import type { DrainResult, Queue, RunContext } from "./queue.js";

export interface MemoryQueueOptions {
  readonly run: (job: Job, context: RunContext) => Promise<void>;
  /** Ends a job that failed too often, so that no check stays open. */
  readonly giveUp: (job: Job, error: unknown, context: RunContext) => Promise<void>;
  readonly log: Log;
  /** Pull requests worked on at the same time. */
  readonly concurrency?: number;
  readonly attempts?: number;
  /** Pull requests that may wait. */
  readonly limit?: number;
  readonly timers?: Timers;
  readonly backoff?: BackoffOptions;
}

/** A pull request in the queue: at most one run at a time, and at most one job behind it. */
interface Entry {
  readonly key: string;
  job: Job;
  attempt: number;
  phase: "queued" | "running" | "waiting";
  /** What came while the job ran. */
  next: Job | undefined;
  /** Ends the run, or the wait for the next attempt. */
  abort: AbortController;
  /** Set when the attempts are used up: the error that the check has to end with. */
  failed: { readonly error: unknown } | undefined;
}

const DEFAULTS = {
  concurrency: 8,
  attempts: 5,
  limit: 5_000,
  backoff: { first: 1_000, longest: 5 * 60_000, random: Math.random },
};

export function createMemoryQueue(options: MemoryQueueOptions): Queue {
  const { run, giveUp, log, concurrency, attempts, limit } = { ...DEFAULTS, ...options };
  const timers = options.timers ?? systemTimers;
  const backoffOptions = options.backoff ?? DEFAULTS.backoff;
  const entries = new Map<string, Entry>();
  const ready: Entry[] = [];
  let running = 0;
  let holds = 0;
  let closed = false;
  let onIdle: (() => void) | undefined;

  /** Puts the entry at the end of the line, with a job that has all its attempts before it. */
  function start(entry: Entry, job: Job): void {
    Object.assign(entry, { job, attempt: 1, failed: undefined, next: undefined });
    makeReady(entry);
  }

  function makeReady(entry: Entry): void {
    entry.phase = "queued";
    ready.push(entry);
    workOff();
  }

  function workOff(): void {
    while (holds === 0 && running < concurrency) {
      const first = ready.shift();
      if (first === undefined) return;
      void work(first);
    }
  }

  function remove(entry: Entry): void {
    entries.delete(entry.key);
    if (entries.size === 0) onIdle?.();
  }

  async function work(entry: Entry): Promise<void> {
    running++;
    entry.phase = "running";
    entry.abort = new AbortController();
    const context = { signal: entry.abort.signal, attempt: entry.attempt };
    try {
      if (entry.failed === undefined) await run(entry.job, context);
      else await giveUp(entry.job, entry.failed.error, context);
      afterSuccess(entry);
    } catch (error) {
      afterFailure(entry, error);
    } finally {
      running--;
      workOff();
    }
  }

  function afterSuccess(entry: Entry): void {
    if (entry.next === undefined) remove(entry);
    else start(entry, careful(entry.next));
  }

  function afterFailure(entry: Entry, error: unknown): void {
    // It leaves its commands, and perhaps half of its writes, to the job behind it.
    const job = careful(entry.job);
    if (entry.next !== undefined) {
      start(entry, mergeJobs(job, entry.next));
    } else if (isFinal(error)) {
      log.info(about(job, error), "job dropped");
      remove(entry);
    } else {
      entry.job = job;
      void retry(entry, error);
    }
  }

  async function retry(entry: Entry, error: unknown): Promise<void> {
    const wait = backoff(
      entry.attempt,
      error instanceof Retryable ? error.retryAfter : undefined,
      backoffOptions,
    );
    if (!(error instanceof Postponed)) entry.attempt++;
    if (entry.attempt > attempts) {
      afterLastAttempt(entry, error);
      return;
    }
    log.warn({ ...about(entry.job, error), attempt: entry.attempt, wait }, "job will run again");
    entry.phase = "waiting";
    entry.abort = new AbortController();
    try {
      await timers.sleep(wait, entry.abort.signal);
    } catch {
      return; // A newer job took its place.
    }
    makeReady(entry);
  }

  /** First the run is given up, which writes to GitHub and has attempts of its own; then the job is lost. */
  function afterLastAttempt(entry: Entry, error: unknown): void {
    if (entry.failed !== undefined) {
      log.error(about(entry.job, error), "job lost");
      remove(entry);
      return;
    }
    log.error(about(entry.job, error), "job given up");
    entry.failed = { error };
    entry.attempt = 1;
    makeReady(entry);
  }

  function supersede(entry: Entry, job: Job): void {
    const news = isOutdatedBy(entry.job, job);
    if (entry.phase === "running") {
      entry.next = entry.next === undefined ? job : mergeJobs(entry.next, job);
      if (news) entry.abort.abort(new Superseded("a newer head is there"));
      return;
    }
    const merged = mergeJobs(entry.job, job);
    if (entry.phase === "waiting" && (news || job.commands.length > 0)) {
      entry.abort.abort();
      start(entry, merged);
      return;
    }
    entry.job = merged;
    entry.failed = undefined;
  }

  return {
    add(job) {
      if (closed) return false;
      const key = jobKey(job);
      const known = entries.get(key);
      if (known !== undefined) {
        supersede(known, job);
        return true;
      }
      if (entries.size >= limit) return false;
      const entry: Entry = {
        key,
        job,
        attempt: 1,
        phase: "queued",
        next: undefined,
        abort: new AbortController(),
        failed: undefined,
      };
      entries.set(key, entry);
      makeReady(entry);
      return true;
    },
    hold() {
      let held = true;
      holds++;
      return () => {
        if (held) holds--;
        held = false;
        workOff();
      };
    },
    size: () => entries.size,
    async drain(milliseconds): Promise<DrainResult> {
      closed = true;
      if (entries.size > 0) {
        const idle = new Promise<void>((resolve) => {
          onIdle = resolve;
        });
        const late = new AbortController();
        await Promise.race([idle, timers.sleep(milliseconds, late.signal).catch(() => undefined)]);
        late.abort();
      }
      const unfinished = entries.size;
      for (const entry of entries.values()) entry.abort.abort(new Superseded("shutting down"));
      return { unfinished };
    },
  };
}

/** Errors after which another attempt makes no sense. */
function isFinal(error: unknown): boolean {
  return error instanceof Gone || error instanceof Superseded;
}

function careful(job: Job): Job {
  return { ...job, careful: true };
}

function about(job: Job, error: unknown): object {
  return {
    installation: job.installationId,
    repository: job.repositoryId,
    pullRequest: job.number,
    delivery: job.delivery,
    error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  };
}
