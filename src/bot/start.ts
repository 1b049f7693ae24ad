import { randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import type { Logger } from "pino";
import { Probot } from "probot";
import type { ParsePython } from "../core/python/parser.js";
import { GITHUB_LIMITS } from "../core/review/limits.js";
import { RULES } from "../core/rules/index.js";
import { createGitHub } from "../github/client/client.js";
import type { Fetch } from "../github/client/fetch.js";
import { systemTimers, type Timers } from "../github/client/timers.js";
import { isParserAlive } from "../grammar/parse.js";
import { createGiveUp } from "../jobs/give-up.js";
import { createHeadLocks } from "../jobs/head-locks.js";
import { createMemoryQueue } from "../jobs/memory.js";
import { createOpenHeads } from "../jobs/open-heads.js";
import type { DrainResult, Queue } from "../jobs/queue.js";
import { createRunJob } from "../jobs/run-job.js";
import { createSweep } from "../jobs/sweep.js";
import { createApp } from "./app.js";
import { createCommandLimit } from "./command-limit.js";
import type { Environment } from "./environment.js";
import { createBotServer } from "./server.js";

export interface RunningBot {
  readonly address: AddressInfo;
  /** Resolves when the first sweep is over. */
  readonly swept: Promise<void>;
  /** Sweeps now, whenever the next one is due; resolves when it is over. */
  sweep(): Promise<void>;
  /** Whether jobs wait, run, or wait for another attempt. */
  isBusy(): boolean;
  /** Takes no more deliveries, finishes what was taken within so many milliseconds, and closes. */
  stop(milliseconds: number): Promise<DrainResult>;
}

/** What a test puts in the place of real time. */
export interface BotTimes {
  readonly timers?: Timers;
  /** Milliseconds of real time after which a request is given up. */
  readonly requestTimeout?: number;
}

/** And in the place of the way to GitHub. */
export interface Surroundings extends BotTimes {
  readonly fetch?: Fetch;
}

/** Puts the parts together, listens, and looks for what happened before it listened. */
export async function startBot(
  environment: Environment,
  parse: ParsePython,
  log: Logger,
  { timers = systemTimers, ...way }: Surroundings = {},
): Promise<RunningBot> {
  const { appId, privateKey, baseUrl, webhookSecrets, docsUrl } = environment;
  const github = createGitHub({ appId, privateKey, baseUrl, log, timers, ...way });
  const openHeads = createOpenHeads();
  const reviewer = { parse, rules: RULES, limits: GITHUB_LIMITS, docsUrl };
  const queue: Queue = createMemoryQueue({
    run: createRunJob({
      github,
      reviewer,
      locks: createHeadLocks(),
      openHeads,
      enqueue: (job) => void queue.add(job),
      log,
    }),
    giveUp: createGiveUp({ github, reviewer, log, correlationId: () => randomUUID().slice(0, 8) }),
    log,
    timers,
  });
  const sweep = createSweep({ github, queue, openHeads, log, timers });
  const probot = new Probot({
    appId,
    privateKey,
    baseUrl,
    // Probot logs whole payloads; what matters of them is logged by us.
    log: log.child({}, { level: "silent" }),
    ...(webhookSecrets[0] === undefined ? {} : { secret: webhookSecrets[0] }),
  });
  await probot.ready();
  const commandLimit = createCommandLimit(timers.now);
  const server = createBotServer({
    secrets: webhookSecrets,
    deliver: createApp(probot, {
      appId,
      queue,
      openHeads,
      commandLimit,
      sweepRepositories: (id, repositories) => void sweep.sweepRepositories(id, repositories),
      log,
    }),
    hold: queue.hold,
    // The parser dies for good when its memory runs out; then this process is of no more use.
    isAble: () => isParserAlive(parse),
    log,
  });
  const address = await server.listen(environment.port, environment.host);
  return {
    address,
    swept: sweep.start(),
    sweep: sweep.sweepNow,
    isBusy: () => queue.size() > 0,
    async stop(milliseconds) {
      server.startDraining();
      const [result] = await Promise.all([queue.drain(milliseconds), sweep.stop()]);
      await server.close();
      return result;
    },
  };
}
