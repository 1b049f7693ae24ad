import pino from "pino";
import { type RunningBot, startBot } from "../../src/bot/start.js";
import type { ParsePython } from "../../src/core/python/parser.js";
import { type Fetch, fetchSameOrigin } from "../../src/github/client/fetch.js";
import type { Timers } from "../../src/github/client/timers.js";
import type { Delivery } from "../../src/simulator/platform/webhooks.js";
import { createGitHub, type GitHubWorld } from "../../src/simulator/world.js";
import { rememberAll } from "./remembered-repository.js";
import { BRANCHES, filesOf, type Shop } from "./shop.js";

const SECRET = "0123456789abcdef0123456789abcdef";
/** Pauses of the bot are cut to this part; those of minutes last until they are ended. */
const HURRY = 50;
const LONG = 60_000;

/** What becomes of the delivery that tells of an event. */
export type Fate = "now" | "twice" | "late" | "lost";

/** Where the bot dies: around its n-th request from now. */
export interface Death {
  readonly request: number;
  readonly moment: "before" | "after";
}

/** The head that the model gave a pull request, and the branch that it stands on. */
export interface Told {
  readonly shop: Shop;
  readonly onto: string;
}

/** The embedded GitHub, the bot of this moment, and what is on its way between them. */
export interface Stage {
  readonly github: GitHubWorld;
  readonly told: Map<number, Told>;
  /** By commit, what a pull request was told to be when that was its head. */
  readonly past: Map<string, Told>;
  /** Whatever has a greater id was written since the pull request got its head and base. */
  readonly steadySince: Map<number, number>;
  /** An event, and what becomes of the deliveries that it causes. */
  happen(fate: Fate, event: () => unknown): Promise<void>;
  /** Delivers what is late, in the order that these numbers make. */
  deliverLate(order: readonly number[]): Promise<void>;
  doom(death: Death): void;
  sweep(): Promise<void>;
  idle(): Promise<void>;
  /** Everything has arrived, the bot lives, and nothing is left to do. */
  quiesce(order: readonly number[]): Promise<void>;
  end(): Promise<void>;
}

interface LivingBot {
  readonly bot: RunningBot;
  death: Death | undefined;
  dead: boolean;
}

const timers: Timers = {
  now: Date.now,
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const timer =
        milliseconds >= LONG ? undefined : setTimeout(resolve, Math.ceil(milliseconds / HURRY));
      signal?.addEventListener("abort", () => {
        clearTimeout(timer);
        reject(signal.reason);
      });
    }),
};

export async function createWorld(): Promise<GitHubWorld> {
  // The bot's own check runs are no news to it.
  const events = ["pull_request", "issue_comment", "pull_request_review_comment"];
  const github = await createGitHub({ app: { events } });
  rememberAll(github.forge.repository);
  for (const [branch, shop] of Object.entries(BRANCHES)) {
    await github.commitTo(branch, filesOf(shop));
  }
  github.setPermission("maria", "write");
  github.setPermission("priya", "write");
  return github;
}

/** Everything but git, people and the App is as on the first day. */
function clear({ forge }: GitHubWorld): void {
  const { store, platform } = forge;
  for (const records of [
    store.pullRequests,
    store.reviews,
    store.reviewComments,
    store.threads,
    store.issueComments,
    store.checkSuites,
    store.checkRuns,
    store.timeline,
    platform.webhooks.log,
  ]) {
    records.splice(0);
  }
  platform.tokens.clear();
}

export async function setStage(github: GitHubWorld, parse: ParsePython): Promise<Stage> {
  clear(github);
  const { log } = github.forge.platform.webhooks;
  const late: Delivery[] = [];
  let living = await start();

  async function start(): Promise<LivingBot> {
    let self: LivingBot | undefined;
    const send: Fetch = async (url, init) => {
      const { death } = self ?? {};
      const dies = death !== undefined && death.request === 0;
      if (self !== undefined && death !== undefined) {
        self.death = { ...death, request: death.request - 1 };
      }
      if (self !== undefined && dies && death.moment === "before") self.dead = true;
      if (self?.dead) throw new Error("killed");
      const answer = await fetchSameOrigin(url, init);
      if (self !== undefined && dies) self.dead = true;
      if (self?.dead) throw new Error("killed");
      return answer;
    };
    const bot = await startBot(
      {
        appId: github.app.id,
        privateKey: github.privateKey,
        webhookSecrets: [SECRET],
        baseUrl: `${github.url}/api/v3`,
        host: "127.0.0.1",
        port: 0,
        logLevel: "silent",
        docsUrl: undefined,
      },
      parse,
      pino({ level: "silent" }),
      { timers, fetch: send },
    );
    self = { bot, death: undefined, dead: false };
    github.deliverTo(`http://127.0.0.1:${bot.address.port}/api/github/webhooks`, SECRET);
    github.holdDeliveries();
    await bot.swept;
    return self;
  }

  /** Another process in the place of one that died. */
  async function revive(): Promise<void> {
    if (!living.dead) return;
    await living.bot.stop(0);
    living = await start();
  }

  async function deliver({ guid }: Delivery): Promise<void> {
    await github.redeliver(guid);
  }

  async function idle(): Promise<void> {
    const end = Date.now() + 20_000;
    await github.delivered();
    while (living.bot.isBusy() && !living.dead) {
      if (Date.now() > end) throw new Error("the bot does not come to rest");
      await new Promise((resolve) => setTimeout(resolve, 2));
      await github.delivered();
    }
    await revive();
  }

  async function deliverLate(order: readonly number[]): Promise<void> {
    await revive();
    for (const place of order) {
      const [next] = late.splice(place % Math.max(1, late.length), 1);
      if (next !== undefined) await deliver(next);
    }
  }

  async function sweep(): Promise<void> {
    await revive();
    await living.bot.sweep();
  }

  return {
    github,
    told: new Map(),
    past: new Map(),
    steadySince: new Map(),
    async happen(fate, event) {
      await revive();
      const from = log.length;
      await event();
      const caused = log.splice(from).filter(({ body }) => !isOwn(body));
      if (fate === "lost") return;
      log.push(...caused);
      if (fate === "late") late.push(...caused);
      else for (const one of caused) await deliver(one);
      if (fate === "twice") await Promise.all(caused.map(deliver));
    },
    deliverLate,
    doom(death) {
      living.death = death;
    },
    sweep,
    idle,
    async quiesce(order) {
      living.death = undefined;
      await idle();
      await deliverLate(order);
      while (late.length > 0) await deliverLate([0]);
      await idle();
      for (let time = 0; time < 2; time++) {
        await sweep();
        await idle();
      }
    },
    async end() {
      await living.bot.stop(0);
    },
  };
}

/** What the bot wrote itself means nothing to it; while it writes, people act. */
function isOwn(body: string): boolean {
  return /"sender":\{[^{}]*"type":"Bot"/.test(body);
}
