import { listInstallations } from "../github/app/installations.js";
import type { GitHub } from "../github/client/client.js";
import { Gone, Retryable, Superseded } from "../github/client/errors.js";
import type { Log } from "../github/client/log.js";
import { systemTimers, type Timers } from "../github/client/timers.js";
import type { OpenHeads } from "./open-heads.js";
import type { Queue } from "./queue.js";
import { createRedeliverFailed } from "./redeliver-failed.js";
import {
  createSweepMemory,
  type SweepCount,
  type SweepMemory,
  sweepInstallation,
} from "./sweep-installation.js";

export interface SweepOptions {
  readonly github: GitHub;
  readonly queue: Queue;
  readonly openHeads: OpenHeads;
  readonly log: Log;
  readonly timers?: Timers;
  readonly random?: () => number;
}

/**
 * Finds what deliveries did not bring, or what was cut short: at the start, every five minutes, and
 * for repositories that are new. One sweep at a time; whatever fails is there for the next one.
 */
export interface Sweep {
  /** Sweeps now and from then on; resolves when the first sweep is over. */
  start(): Promise<void>;
  /** Sweeps once more, in its turn. */
  sweepNow(): Promise<void>;
  /** Sweeps the repositories with these node ids, all of the installation when there are none. */
  sweepRepositories(installationId: number, repositoryIds: readonly string[]): Promise<void>;
  /** Begins nothing more, and ends what is under way. */
  stop(): Promise<void>;
}

const INTERVAL = 5 * 60_000;
/** Installations looked at side by side. */
const TOGETHER = 4;
const NOTHING: SweepCount = { repositories: 0, pullRequests: 0, jobs: 0, left: 0 };

export function createSweep(options: SweepOptions): Sweep {
  const { github, queue, openHeads, log } = options;
  const timers = options.timers ?? systemTimers;
  const random = options.random ?? Math.random;
  const stopping = new AbortController();
  const redeliverFailed = createRedeliverFailed();
  const memories = new Map<number, SweepMemory>();
  let last: Promise<void> = Promise.resolve();

  function memoryOf(installationId: number): SweepMemory {
    const memory = memories.get(installationId) ?? createSweepMemory();
    memories.set(installationId, memory);
    return memory;
  }

  /** Undefined for an installation that is at its limit, gone, or in trouble. */
  async function sweepOne(
    installationId: number,
    only: readonly string[] = [],
  ): Promise<SweepCount | undefined> {
    const client = github.forInstallation(installationId).during(stopping.signal);
    const memory = memoryOf(installationId);
    try {
      return await sweepInstallation({ queue, openHeads }, client, installationId, memory, only);
    } catch (error) {
      note(error, { installation: installationId });
      if (error instanceof Gone) memories.delete(installationId);
      return undefined;
    }
  }

  /** Nothing that a sweep meets ends it, or the process. */
  function note(error: unknown, fields: object): void {
    if (error instanceof Superseded || error instanceof Gone) return;
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const level = error instanceof Retryable ? "warn" : "error";
    log[level]({ ...fields, error: message }, "sweep could not look");
  }

  async function sweepAll(): Promise<void> {
    const started = timers.now();
    const app = github.asApp().during(stopping.signal);
    let redelivered = { asked: 0, left: 0 };
    try {
      redelivered = await redeliverFailed(app);
    } catch (error) {
      note(error, {});
    }
    const counts: (SweepCount | undefined)[] = [];
    try {
      const installations = (await listInstallations(app)).filter((one) => !one.suspended);
      forgetBut(new Set(installations.map(({ id }) => id)));
      for (const { id, permissions } of installations) github.learnGrants(id, permissions);
      for (let from = 0; from < installations.length; from += TOGETHER) {
        if (stopping.signal.aborted) return;
        const some = installations.slice(from, from + TOGETHER);
        counts.push(...(await Promise.all(some.map(({ id }) => sweepOne(id)))));
      }
    } catch (error) {
      note(error, {});
    }
    const total = counts.reduce<SweepCount>((sum, one) => add(sum, one ?? NOTHING), NOTHING);
    log.info(
      {
        installations: counts.length,
        skipped: counts.filter((one) => one === undefined).length,
        ...total,
        redelivered: redelivered.asked,
        left: total.left + redelivered.left,
        milliseconds: timers.now() - started,
      },
      "sweep finished",
    );
  }

  function forgetBut(ids: ReadonlySet<number>): void {
    for (const id of memories.keys()) if (!ids.has(id)) memories.delete(id);
  }

  function inTurn(work: () => Promise<void>): Promise<void> {
    last = last.then(async () => {
      if (!stopping.signal.aborted) await work();
    });
    return last;
  }

  async function goOn(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await timers.sleep(INTERVAL * (0.9 + 0.2 * random()), stopping.signal);
      } catch {
        return;
      }
      await inTurn(sweepAll);
    }
  }

  return {
    async start() {
      await inTurn(sweepAll);
      void goOn();
    },
    sweepNow: () => inTurn(sweepAll),
    sweepRepositories(installationId, repositoryIds) {
      return inTurn(async () => {
        memoryOf(installationId).listedAt = 0;
        const count = await sweepOne(installationId, repositoryIds);
        log.info({ installation: installationId, ...(count ?? NOTHING) }, "repositories swept");
      });
    },
    async stop() {
      stopping.abort(new Superseded("shutting down"));
      await last;
    },
  };
}

function add(a: SweepCount, b: SweepCount): SweepCount {
  return {
    repositories: a.repositories + b.repositories,
    pullRequests: a.pullRequests + b.pullRequests,
    jobs: a.jobs + b.jobs,
    left: a.left + b.left,
  };
}
