import pino from "pino";

import { type RunningBot, startBot } from "../bot/start.js";
import { loadPython } from "../grammar/node.js";
import { botEnvironment } from "./environment.js";

/** Kubernetes kills after 30 seconds. */
const DRAIN = 25_000;

/**
 * Runs the bot until it is told to stop. Resolves when it listens; exits with 1 and one line on
 * stderr when it cannot start.
 */
export async function serve(): Promise<void> {
  try {
    const environment = botEnvironment();
    const log = pino(
      {
        base: { name: "cyclekey" },
        level: environment.logLevel,
        timestamp: pino.stdTimeFunctions.isoTime,
      },
      // Lines that are left at the exit would be written for ever when nobody reads them any more.
      pino.destination({ sync: true }),
    );
    const bot = await startBot(environment, await loadPython(), log);
    stopOnSignal(bot, log);
    const { address, port } = bot.address;
    log.info({ address, port, github: environment.baseUrl }, "cyclekey listens");
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`cyclekey cannot start: ${message.replace(/\s+/g, " ")}\n`);
    process.exit(1);
  }
}

function stopOnSignal(bot: RunningBot, log: pino.Logger): void {
  let stopping = false;
  async function stop(signal: NodeJS.Signals): Promise<void> {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, "finishing jobs");
    const { unfinished } = await bot.stop(DRAIN);
    log.info({ unfinished }, "stopped");
    process.exit(0);
  }
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => void stop(signal));
  }
}
