import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Gone, Postponed, Retryable, Superseded } from "../../src/github/client/errors.js";
import type { Job, PullRequestJob } from "../../src/jobs/job.js";
import { createMemoryQueue, type MemoryQueueOptions } from "../../src/jobs/memory.js";
import type { RunContext } from "../../src/jobs/queue.js";
import { createVirtualTimers } from "../github/virtual-timers.js";
import { createJumpingTimers, silentLog } from "../github/wire.js";

const sha = (digit: number) => String(digit).repeat(40);

function jobOf(number: number, head = 1, commands: readonly number[] = []): PullRequestJob {
  return {
    kind: "pull-request",
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

type Run = (job: PullRequestJob, context: RunContext) => Promise<void>;

function queueOf(run: Run, more: Partial<MemoryQueueOptions> = {}) {
  const givenUp: Job[] = [];
  const timers = createJumpingTimers();
  const queue = createMemoryQueue({
    run: (job, context) => run(job as PullRequestJob, context),
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
  const runs: { job: PullRequestJob; context: RunContext; finish: () => void }[] = [];
  const run = (job: PullRequestJob, context: RunContext) =>
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

  it("makes a hundred deliveries of one push two runs", async () => {
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
          throw new Error("another bug");
        },
      },
    );
    queue.add(jobOf(1));
    await idle(queue);
    expect(tries).toBe(5);
  });

  it("gives up when GitHub is back, also a day later, and no longer", async () => {
    for (const [hours, ends] of [
      [1, true],
      [23, true],
      [25, false],
    ] as const) {
      let done = false;
      const timers = createJumpingTimers();
      const back = timers.now() + hours * 3_600_000;
      const { queue } = queueOf(
        async () => {
          throw new Error("bug");
        },
        {
          timers,
          giveUp: async () => {
            if (timers.now() < back) throw new Retryable("down");
            done = true;
          },
        },
      );
      queue.add(jobOf(1));
      await idle(queue);
      expect(done).toBe(ends);
    }
  });

  it("keeps a job through an outage of two hours, and tells of it once", async () => {
    let runs = 0;
    const timers = createJumpingTimers();
    const back = timers.now() + 2 * 3_600_000;
    const { queue, givenUp } = queueOf(
      async () => {
        runs++;
        if (timers.now() < back) throw new Retryable("down");
      },
      { timers },
    );
    queue.add(jobOf(1));
    await idle(queue);
    expect(timers.now()).toBeGreaterThanOrEqual(back);
    expect(timers.now()).toBeLessThan(back + 60_000);
    expect(runs).toBeGreaterThan(5);
    expect(givenUp).toHaveLength(1);
  });

  it("does not tell of an outage of five minutes", async () => {
    const timers = createJumpingTimers();
    const back = timers.now() + 5 * 60_000;
    const { queue, givenUp } = queueOf(
      async () => {
        if (timers.now() < back) throw new Retryable("down");
      },
      { timers },
    );
    queue.add(jobOf(1));
    await idle(queue);
    expect(givenUp).toEqual([]);
  });

  it("lets a job go when GitHub is away for more than a day", async () => {
    const { queue, timers } = queueOf(async () => {
      throw new Retryable("down");
    });
    const started = timers.now();
    queue.add(jobOf(1));
    await idle(queue);
    const hours = (timers.now() - started) / 3_600_000;
    expect(hours).toBeGreaterThan(24);
    expect(hours).toBeLessThan(24.1);
  });

  it("counts errors of our own also between those of GitHub", async () => {
    let runs = 0;
    const { queue, givenUp } = queueOf(async () => {
      if (++runs % 2 === 1) throw new Retryable("down");
      throw new Error("bug");
    });
    queue.add(jobOf(1));
    await idle(queue);
    expect([runs, givenUp.length]).toEqual([10, 1]);
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

  it("lets no installation keep another waiting", async () => {
    const gate = createGate();
    const { queue } = queueOf(gate.run, { concurrency: 4 });
    for (let number = 1; number <= 20; number++) queue.add(jobOf(number));
    expect(gate.runs).toHaveLength(3);
    for (let number = 1; number <= 2; number++) {
      queue.add({ ...jobOf(number), installationId: 2 });
    }
    const tenants = () => gate.runs.map(({ job }) => job.installationId);
    expect(tenants()).toEqual([1, 1, 1, 2]);
    gate.runs[0]?.finish();
    await tick();
    expect(tenants()).toEqual([1, 1, 1, 2, 2]);
    for (let done = 1; done < 22; done++) {
      gate.runs[done]?.finish();
      await tick();
    }
    await idle(queue);
    expect(gate.runs).toHaveLength(22);
  });

  it("does what nobody waits for last, and never with all its hands", async () => {
    const gate = createGate();
    const { queue } = queueOf(gate.run, { concurrency: 4 });
    const later = { urgent: false };
    for (let number = 1; number <= 6; number++) queue.add(jobOf(number), later);
    expect(gate.runs.map(({ job }) => job.number)).toEqual([1, 2]);
    queue.add(jobOf(7));
    queue.add(jobOf(6));
    queue.add(jobOf(5), later);
    const order = () => gate.runs.map(({ job }) => job.number);
    expect(order()).toEqual([1, 2, 7]);
    for (let done = 0; done < 7; done++) {
      gate.runs[done]?.finish();
      await tick();
    }
    await idle(queue);
    expect(order()).toEqual([1, 2, 7, 6, 3, 4, 5]);
  });

  it("lets what nobody waits for give way to a job that is there, running or waiting", async () => {
    const gate = createGate();
    const { queue } = queueOf(gate.run);
    queue.add(jobOf(1, 2));
    expect(queue.has("1/R_1/1")).toBe(true);
    expect(queue.add(jobOf(1, 1), { urgent: false })).toBe(true);
    expect(gate.runs[0]?.context.signal.aborted).toBe(false);
    gate.runs[0]?.finish();
    await idle(queue);
    expect(gate.runs).toHaveLength(1);
    expect(queue.has("1/R_1/1")).toBe(false);
  });

  it("keeps room for deliveries", () => {
    const { queue } = queueOf(createGate().run, { limit: 4 });
    const added = [1, 2, 3].map((number) => queue.add(jobOf(number), { urgent: false }));
    expect(added).toEqual([true, true, false]);
    expect([3, 4, 5].map((number) => queue.add(jobOf(number)))).toEqual([true, true, false]);
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

  it("waits at its end for an attempt that comes in time, and for no other", async () => {
    for (const [retryAfter, unfinished] of [
      [10, 0],
      [60, 1],
    ] as const) {
      const timers = createVirtualTimers();
      let runs = 0;
      const { queue } = queueOf(
        async () => {
          if (++runs === 1) throw new Retryable("limit", retryAfter);
        },
        { timers },
      );
      queue.add(jobOf(1));
      await tick();
      const started = timers.now();
      const drained = queue.drain(25_000);
      await timers.run(20_000);
      await expect(drained).resolves.toEqual({ unfinished });
      expect(timers.now() - started).toBeLessThan(25_000);
      expect(runs).toBe(unfinished === 0 ? 2 : 1);
    }
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
