import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Gone, Postponed, Retryable, Superseded } from "../../src/github/errors.js";
import type { Job } from "../../src/jobs/job.js";
import { createMemoryQueue, type MemoryQueueOptions } from "../../src/jobs/memory.js";
import type { RunContext } from "../../src/jobs/queue.js";
import { createJumpingTimers, silentLog } from "../github/wire.js";

const sha = (digit: number) => String(digit).repeat(40);

function jobOf(number: number, head = 1, commands: readonly number[] = []): Job {
  return {
    installationId: 1,
    owner: "o",
    repo: "r",
    repositoryId: "R_1",
    number,
    hint: { headSha: sha(head), baseSha: sha(9) },
    commands: commands.map((commentId) => ({
      commentId,
      author: "ann",
      byPullRequestAuthor: true,
    })),
  };
}

function queueOf(run: MemoryQueueOptions["run"], more: Partial<MemoryQueueOptions> = {}) {
  const givenUp: Job[] = [];
  const timers = createJumpingTimers();
  const queue = createMemoryQueue({
    run,
    giveUp: async (job) => void givenUp.push(job),
    log: silentLog,
    timers,
    backoff: { first: 1_000, longest: 60_000, random: () => 0.5 },
    ...more,
  });
  return { queue, givenUp, timers };
}

const tick = () => new Promise((resolve) => setImmediate(resolve));

async function idle(queue: { size(): number }): Promise<void> {
  for (let i = 0; i < 1_000 && queue.size() > 0; i++) await tick();
  expect(queue.size()).toBe(0);
}

/** A run that is held until it is let go, or aborted. */
function createGate() {
  const runs: { job: Job; context: RunContext; finish: () => void }[] = [];
  const run = (job: Job, context: RunContext) =>
    new Promise<void>((resolve, reject) => {
      context.signal.addEventListener("abort", () => reject(context.signal.reason));
      runs.push({ job, context, finish: resolve });
    });
  return { runs, run };
}

describe("the queue in memory", () => {
  it("runs one job of a pull request at a time, and others beside it", async () => {
    const gate = createGate();
    const { queue } = queueOf(gate.run);
    queue.add(jobOf(1));
    queue.add(jobOf(1));
    queue.add(jobOf(2));
    expect(gate.runs.map(({ job }) => job.number)).toEqual([1, 2]);
    queue.add(jobOf(1));
    gate.runs[0]?.finish();
    await tick();
    expect(gate.runs.map(({ job }) => job.number)).toEqual([1, 2, 1]);
    gate.runs.forEach(({ finish }) => {
      finish();
    });
    await idle(queue);
  });

  it("makes a hundred deliveries of one push two runs, the second one careful", async () => {
    const gate = createGate();
    const { queue } = queueOf(gate.run);
    for (let i = 0; i < 50; i++) queue.add(jobOf(1));
    await tick();
    for (let i = 0; i < 50; i++) queue.add(jobOf(1));
    expect(gate.runs[0]?.context.signal.aborted).toBe(false);
    gate.runs[0]?.finish();
    await tick();
    gate.runs[1]?.finish();
    await idle(queue);
    expect(gate.runs).toHaveLength(2);
    expect(gate.runs[1]?.job.careful).toBe(true);
  });

  it("aborts a run when a newer head comes, and keeps its commands", async () => {
    const gate = createGate();
    const { queue } = queueOf(gate.run);
    queue.add(jobOf(1, 1, [11]));
    await tick();
    queue.add(jobOf(1, 2));
    expect(gate.runs[0]?.context.signal.reason).toBeInstanceOf(Superseded);
    await tick();
    expect(gate.runs[1]?.job).toMatchObject({
      hint: { headSha: sha(2) },
      commands: [{ commentId: 11 }],
      careful: true,
    });
    gate.runs[1]?.finish();
    await idle(queue);
  });

  it("does not hand on the commands of a run that answered them", async () => {
    const gate = createGate();
    const { queue } = queueOf(gate.run);
    queue.add(jobOf(1, 1, [11]));
    await tick();
    queue.add(jobOf(1, 1, [12]));
    gate.runs[0]?.finish();
    await tick();
    expect(gate.runs[1]?.job.commands.map(({ commentId }) => commentId)).toEqual([12]);
    gate.runs[1]?.finish();
    await idle(queue);
  });

  it("begins nothing while a delivery waits for its answer", async () => {
    const gate = createGate();
    const { queue } = queueOf(gate.run);
    const first = queue.hold();
    const second = queue.hold();
    queue.add(jobOf(1));
    first();
    first();
    expect(gate.runs).toEqual([]);
    second();
    expect(gate.runs).toHaveLength(1);
    gate.runs[0]?.finish();
    await idle(queue);
  });

  it("works on no more pull requests at a time than it may", async () => {
    const gate = createGate();
    const { queue } = queueOf(gate.run, { concurrency: 2 });
    for (let number = 1; number <= 4; number++) queue.add(jobOf(number));
    await tick();
    expect(gate.runs).toHaveLength(2);
    gate.runs[0]?.finish();
    await tick();
    expect(gate.runs).toHaveLength(3);
    gate.runs[1]?.finish();
    gate.runs[2]?.finish();
    await tick();
    gate.runs[3]?.finish();
    await idle(queue);
  });

  it("tries five times with growing pauses, then gives up", async () => {
    let attempts = 0;
    const { queue, givenUp, timers } = queueOf(async (_, { attempt }) => {
      attempts++;
      expect(attempt).toBe(attempts);
      throw new Error("bug");
    });
    queue.add(jobOf(1));
    await idle(queue);
    expect(attempts).toBe(5);
    expect(timers.slept).toEqual([500, 1_000, 2_000, 4_000]);
    expect(givenUp).toHaveLength(1);
  });

  it("waits at least as long as GitHub asked", async () => {
    const { queue, timers } = queueOf(async (_, { attempt }) => {
      if (attempt === 1) throw new Retryable("limit", 60);
    });
    queue.add(jobOf(1));
    await idle(queue);
    expect(timers.slept).toEqual([60_500]);
  });

  it("does not count what our own pacing postponed", async () => {
    let runs = 0;
    const { queue, givenUp } = queueOf(async () => {
      if (++runs <= 20) throw new Postponed("later", 1);
    });
    queue.add(jobOf(1));
    await idle(queue);
    expect(runs).toBe(21);
    expect(givenUp).toEqual([]);
  });

  it("drops a job whose repository is gone, at once and quietly", async () => {
    let runs = 0;
    const { queue, givenUp } = queueOf(async () => {
      runs++;
      throw new Gone("uninstalled");
    });
    queue.add(jobOf(1));
    await idle(queue);
    expect([runs, givenUp.length]).toEqual([1, 0]);
  });

  it("tries to give up as often as to run, then lets the job go", async () => {
    let tries = 0;
    const { queue } = queueOf(
      async () => {
        throw new Error("bug");
      },
      {
        giveUp: async () => {
          tries++;
          throw new Retryable("down");
        },
      },
    );
    queue.add(jobOf(1));
    await idle(queue);
    expect(tries).toBe(5);
  });

  it("lets a poisoned pull request delay nobody", async () => {
    const done: number[] = [];
    const { queue } = queueOf(
      async (job) => {
        if (job.number === 1) throw new Error("poison");
        done.push(job.number);
      },
      { concurrency: 1, timers: { now: Date.now, sleep: () => new Promise(() => undefined) } },
    );
    for (let number = 1; number <= 5; number++) queue.add(jobOf(number));
    for (let i = 0; i < 5; i++) await tick();
    expect(done).toEqual([2, 3, 4, 5]);
  });

  it("takes no more than its limit", () => {
    const gate = createGate();
    const { queue } = queueOf(gate.run, { limit: 2 });
    expect([1, 2, 3].map((number) => queue.add(jobOf(number)))).toEqual([true, true, false]);
    expect(queue.add(jobOf(2))).toBe(true);
  });

  it("finishes what it has before it ends, and takes nothing more", async () => {
    const gate = createGate();
    const { queue } = queueOf(gate.run, {
      concurrency: 1,
      timers: { now: Date.now, sleep: () => new Promise(() => undefined) },
    });
    queue.add(jobOf(1));
    queue.add(jobOf(2));
    await tick();
    const drained = queue.drain(60_000);
    expect(queue.add(jobOf(3))).toBe(false);
    gate.runs[0]?.finish();
    await tick();
    gate.runs[1]?.finish();
    await expect(drained).resolves.toEqual({ unfinished: 0 });
  });

  it("ends in time when a job does not", async () => {
    const gate = createGate();
    const { queue } = queueOf(gate.run);
    queue.add(jobOf(1));
    await tick();
    await expect(queue.drain(25_000)).resolves.toEqual({ unfinished: 1 });
    expect(gate.runs[0]?.context.signal.aborted).toBe(true);
  });

  it("ends with the newest head and every command answered, in any order of things", async () => {
    const step = fc.record({
      number: fc.integer({ min: 1, max: 3 }),
      head: fc.integer({ min: 1, max: 4 }),
      command: fc.boolean(),
      fails: fc.boolean(),
      pause: fc.integer({ min: 0, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const running = new Set<number>();
        const last = new Map<number, string | undefined>();
        const answered = new Set<number>();
        let failures = steps.filter(({ fails }) => fails).length;
        const { queue } = queueOf(
          async (job, { signal }) => {
            expect(running.has(job.number)).toBe(false);
            running.add(job.number);
            try {
              await tick();
              signal.throwIfAborted();
              if (failures-- > 0) throw new Retryable("down");
              last.set(job.number, job.hint?.headSha);
              for (const { commentId } of job.commands) answered.add(commentId);
            } finally {
              running.delete(job.number);
            }
          },
          { attempts: 100, concurrency: 2 },
        );
        for (const [index, { number, head, command, pause }] of steps.entries()) {
          queue.add(jobOf(number, head, command ? [index] : []));
          for (let i = 0; i < pause; i++) await tick();
        }
        await idle(queue);
        for (const { number } of steps) {
          const newest = steps.findLast((one) => one.number === number);
          expect(last.get(number)).toBe(sha(newest?.head ?? 0));
        }
        const commands = steps.flatMap(({ command }, index) => (command ? [index] : []));
        expect([...answered].sort((a, b) => a - b)).toEqual(commands);
      }),
      { numRuns: 200 },
    );
  });
});
