import { Superseded } from "../github/client/errors.js";
import type { Log } from "../github/client/log.js";
import { systemTimers, type Timers } from "../github/client/timers.js";
import { afterFailure, type FailureOptions, type Trouble } from "./after-failure.js";
import type { BackoffOptions } from "./backoff.js";
import { describeJob, isAwaited, isOutdatedBy, type Job, jobKey, mergeJobs } from "./job.js";
import { createLine, type Place } from "./line.js";
import type { AddOptions, DrainResult, Queue, RunContext } from "./queue.js";

export interface MemoryQueueOptions {
  readonly run: (job: Job, context: RunContext) => Promise<void>;
  /** Ends the check of a job that failed too often or too long, so that none stays open. */
  readonly giveUp: (job: Job, error: unknown, context: RunContext) => Promise<void>;
  readonly log: Log;
  /** Pull requests worked on at the same time. */
  readonly concurrency?: number;
  /** Runs of a job that fails by an error of our own. */
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
  place: Place;
  phase: "queued" | "running" | "waiting";
  /** When the wait for the next attempt is over. */
  until: number;
  attempt: number;
  trouble: Trouble | undefined;
  /** The error that the check is to end with: for good, or until the job succeeds after all. */
  failed: { readonly error: unknown; readonly forGood: boolean } | undefined;
  /** What came while the job ran. */
  next: Job | undefined;
  /** Ends the run, or the wait for the next attempt. */
  abort: AbortController;
}

const MINUTE = 60_000;
const DEFAULTS = {
  concurrency: 8,
  attempts: 5,
  limit: 5_000,
  backoff: { first: 1_000, longest: 5 * MINUTE, random: Math.random },
};

export function createMemoryQueue(options: MemoryQueueOptions): Queue {
  const { run, giveUp, log, concurrency, attempts, limit, backoff } = { ...DEFAULTS, ...options };
  const timers = options.timers ?? systemTimers;
  const failureOptions: FailureOptions = {
    attempts,
    tellAfter: 5 * MINUTE,
    loseAfter: 24 * 60 * MINUTE,
    backoff,
  };
  const entries = new Map<string, Entry>();
  const line = createLine<Entry>({
    running: concurrency,
    ofOneTenant: Math.ceil(concurrency * 0.75),
    notUrgent: Math.ceil(concurrency / 2),
  });
  let holds = 0;
  let closed = false;
  let onChange: () => void = () => undefined;

  /** Puts the entry into the line, with a job that has all its attempts before it. */
  function start(entry: Entry, job: Job): void {
    Object.assign(entry, { job, attempt: 0, trouble: undefined, failed: undefined });
    entry.next = undefined;
    makeReady(entry);
  }

  function makeReady(entry: Entry): void {
    entry.phase = "queued";
    line.push(entry, entry.place);
    workOff();
  }

  function workOff(): void {
    while (holds === 0) {
      const first = line.next();
      if (first === undefined) return;
      void work(first);
    }
  }

  function remove(entry: Entry): void {
    entries.delete(entry.key);
    onChange();
  }

  async function work(entry: Entry): Promise<void> {
    const { place, failed } = entry;
    entry.phase = "running";
    entry.abort = new AbortController();
    entry.attempt++;
    const context = { signal: entry.abort.signal, attempt: entry.attempt };
    try {
      if (failed === undefined) await run(entry.job, context);
      else await giveUp(entry.job, failed.error, context);
      afterSuccess(entry);
    } catch (error) {
      afterError(entry, error);
    } finally {
      line.done(place);
      workOff();
    }
  }

  function afterSuccess(entry: Entry): void {
    const { next, failed } = entry;
    if (next !== undefined) start(entry, next);
    else if (failed?.forGood === false) afterTelling(entry, failed.error);
    else remove(entry);
  }

  /** The check that says so does not stand when the job succeeds after all. */
  function afterTelling(entry: Entry, error: unknown): void {
    entry.job = { ...entry.job, again: true };
    goOn(entry, error);
  }

  function afterError(entry: Entry, error: unknown): void {
    // It leaves its commands, and perhaps half of its writes, to the job behind it.
    if (entry.next !== undefined) start(entry, mergeJobs(entry.job, entry.next));
    else goOn(entry, error);
  }

  function goOn(entry: Entry, error: unknown): void {
    if (entry.failed?.forGood === false) entry.failed = undefined;
    const consequence = afterFailure(error, entry.trouble, timers.now(), failureOptions);
    switch (consequence.kind) {
      case "drop":
        log.info(about(entry.job, error), "job dropped");
        remove(entry);
        return;
      case "lose":
        log.error(about(entry.job, error), "job lost");
        remove(entry);
        return;
      case "wait":
        entry.trouble = consequence.trouble;
        void wait(entry, error, consequence.milliseconds);
        return;
      case "tell":
        log.error(about(entry.job, error), "job in trouble");
        entry.trouble = consequence.trouble;
        entry.failed = { error, forGood: false };
        makeReady(entry);
        return;
      case "give-up":
        giveUpOn(entry, error, consequence.trouble);
    }
  }

  /** To give up writes to GitHub and has attempts of its own; when they fail too, the job is lost. */
  function giveUpOn(entry: Entry, error: unknown, trouble: Trouble): void {
    if (entry.failed !== undefined) {
      log.error(about(entry.job, error), "job lost");
      remove(entry);
      return;
    }
    log.error(about(entry.job, error), "job given up");
    entry.trouble = { ...trouble, ours: 0, theirs: 0, told: true };
    entry.failed = { error, forGood: true };
    makeReady(entry);
  }

  async function wait(entry: Entry, error: unknown, milliseconds: number): Promise<void> {
    const { attempt } = entry;
    log.warn({ ...about(entry.job, error), attempt, wait: milliseconds }, "job will run again");
    entry.phase = "waiting";
    entry.until = timers.now() + milliseconds;
    entry.abort = new AbortController();
    onChange();
    try {
      await timers.sleep(milliseconds, entry.abort.signal);
    } catch {
      return; // A newer job took its place.
    }
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
    if (entry.phase === "waiting" && (news || isAwaited(job))) {
      entry.abort.abort();
      start(entry, merged);
      return;
    }
    entry.job = merged;
    entry.failed = undefined;
  }

  /** What nobody waited for is waited for now. */
  function hurry(entry: Entry): void {
    if (entry.place.urgent) return;
    if (entry.phase === "queued") line.remove(entry, entry.place);
    entry.place = { ...entry.place, urgent: true };
    if (entry.phase === "queued") line.push(entry, entry.place);
  }

  function add(job: Job, { urgent }: AddOptions = { urgent: true }): boolean {
    if (closed) return false;
    const key = jobKey(job);
    const known = entries.get(key);
    if (known !== undefined) {
      if (urgent) {
        hurry(known);
        supersede(known, job);
      }
      return true;
    }
    // Half of the room is kept for deliveries.
    if (entries.size >= (urgent ? limit : limit / 2)) return false;
    const entry: Entry = {
      key,
      job,
      place: { tenant: job.installationId, urgent },
      phase: "queued",
      until: 0,
      attempt: 0,
      trouble: undefined,
      failed: undefined,
      next: undefined,
      abort: new AbortController(),
    };
    entries.set(key, entry);
    makeReady(entry);
    return true;
  }

  /** Resolves when nothing is left that can be done until then. */
  function allDone(deadline: number): Promise<void> {
    const isOver = () =>
      [...entries.values()].every(({ phase, until }) => phase === "waiting" && until > deadline);
    return new Promise((resolve) => {
      onChange = () => {
        if (isOver()) resolve();
      };
      onChange();
    });
  }

  return {
    add,
    has: (key) => entries.has(key),
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
      const late = new AbortController();
      await Promise.race([
        allDone(timers.now() + milliseconds),
        timers.sleep(milliseconds, late.signal).catch(() => undefined),
      ]);
      late.abort();
      const unfinished = entries.size;
      for (const entry of entries.values()) entry.abort.abort(new Superseded("shutting down"));
      return { unfinished };
    },
  };
}

function about(job: Job, error: unknown): object {
  return {
    ...describeJob(job),
    error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  };
}
