import type { Job } from "./job.js";

export interface AddOptions {
  /** False for what nobody waits for: it comes last, and gives way to a job that is there. */
  readonly urgent: boolean;
}

/** Where deliveries leave work. In memory today; another store has to keep the same promises. */
export interface Queue {
  /** False when the queue is full or closed: then the delivery must not be acknowledged. */
  add(job: Job, options?: AddOptions): boolean;
  /** Whether a job with this key waits, runs, or waits for another attempt. */
  has(key: string): boolean;
  /**
   * Begins no job until the returned function is called: whoever adds one acknowledges its delivery
   * before the work starts.
   */
  hold(): () => void;
  /** Takes no more jobs and waits for the others, at most so many milliseconds. */
  drain(milliseconds: number): Promise<DrainResult>;
  /** Jobs that wait, run, or wait for another attempt. */
  size(): number;
}

export interface DrainResult {
  /** Jobs that were not finished. */
  readonly unfinished: number;
}

/** What a run is told beside its job. */
export interface RunContext {
  /** Aborted with Superseded when a newer job makes the run worthless. */
  readonly signal: AbortSignal;
  /** 1 for the first. */
  readonly attempt: number;
}
