import { spawn } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** The real bot in a process of its own, started as in production. */
export interface BotProcess {
  readonly webhookUrl: string;
  readonly pid: number;
  /** Resolves with its exit code, null when a signal ended it. */
  readonly exitCode: Promise<number | null>;
  /** Resolves with what it printed when it ends. */
  readonly ended: Promise<string>;
  /** Resolves when it has printed this, so often. */
  printed(text: string, times?: number): Promise<void>;
  /** SIGKILL: what a crash looks like from outside. */
  kill(): Promise<void>;
  /** SIGTERM, and SIGKILL for one that does not listen. */
  stop(): Promise<void>;
}

export interface BotOptions {
  /** The built command line, `dist/cli/main.js`. */
  readonly main: string;
  readonly directory: string;
  readonly githubUrl: string;
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** A free one unless told. */
  readonly port?: number;
}

const READY_WITHIN = 30_000;
const STOP_WITHIN = 15_000;
const KEPT_OUTPUT = 20_000;

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** Rejects with what the bot printed when it ends before it is ready. */
export async function startBot(options: BotOptions): Promise<BotProcess> {
  const port = options.port ?? (await freePort());
  const github = new URL(options.githubUrl);
  const child = spawn(process.execPath, [options.main, "serve"], {
    cwd: options.directory,
    stdio: ["ignore", "pipe", "pipe"],
    // A Ctrl-C at the terminal is for the demo, which then asks the bot to finish.
    detached: true,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      APP_ID: String(options.appId),
      PRIVATE_KEY: options.privateKey,
      WEBHOOK_SECRET: options.webhookSecret,
      GHE_HOST: github.host,
      GHE_PROTOCOL: "http",
      HOST: "127.0.0.1",
      PORT: String(port),
    },
  });
  const killed = () => child.kill("SIGKILL");
  process.once("exit", killed);
  let printed = "";
  const keep = (chunk: Buffer) => {
    printed = (printed + chunk.toString()).slice(-KEPT_OUTPUT);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const closed = once(child, "close");
  const exitCode = closed.then(([code]) => code as number | null);
  const ended = closed.then(([code, signal]) => {
    process.off("exit", killed);
    return `The bot ended (${signal ?? code}). It printed:\n${printed}`;
  });

  async function kill(): Promise<void> {
    child.kill("SIGKILL");
    await ended;
  }

  async function stop(): Promise<void> {
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), STOP_WITHIN);
    await ended;
    clearTimeout(timer);
  }

  const deadline = Date.now() + READY_WITHIN;
  const base = `http://127.0.0.1:${port}`;
  let over = false;
  void ended.then(() => {
    over = true;
  });
  while (!(await isReady(`${base}/readyz`))) {
    if (over) throw new Error(await ended);
    if (Date.now() > deadline) {
      await stop();
      throw new Error(`The bot was not ready within ${READY_WITHIN / 1000} s. ${await ended}`);
    }
    await sleep(50);
  }
  async function hasPrinted(text: string, times = 1): Promise<void> {
    while (printed.split(text).length <= times) {
      if (over) throw new Error(await ended);
      await sleep(20);
    }
  }

  const webhookUrl = `${base}/api/github/webhooks`;
  return { webhookUrl, pid: child.pid ?? 0, exitCode, ended, printed: hasPrinted, kill, stop };
}
