import { createHmac } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import pino from "pino";
import { type RunningBot, type Surroundings, startBot } from "../../src/bot/start.js";
import { loadPython } from "../../src/grammar/node.js";
import type { Files } from "../../src/simulator/git/repository.js";
import type { RequestRecord } from "../../src/simulator/platform/request-log.js";
import { createGitHub, type GitHubWorld } from "../../src/simulator/world.js";

export const SECRET = "0123456789abcdef0123456789abcdef";

/** The whole bot in front of the embedded GitHub. */
export interface Conversation {
  readonly github: GitHubWorld;
  readonly bot: RunningBot;
  /** Delivers what GitHub would, under an id of one's own; returns the status of the answer. */
  deliver(event: string, body: string, id: string): Promise<number>;
  /** Waits until what GitHub told is heard and every job is done; the bot goes on. */
  settled(): Promise<void>;
  /** Waits until every job is done; the bot hears nothing afterwards. */
  finish(): Promise<void>;
  /** What the bot asked since `from`, or its first sweep, tokens aside: `POST /repos/...`. */
  asked(from?: number): readonly string[];
  end(): Promise<void>;
}

export interface ConversationOptions extends Surroundings {
  /** One that was there before the bot; a new one unless told. */
  readonly github?: GitHubWorld;
  /** Where the bot listens; a free port unless told. */
  readonly port?: number;
  /** Hears nothing unless told. */
  readonly log?: pino.Logger;
}

/** A bot that hears what this GitHub tells from now on. */
export async function startBotFor(
  github: GitHubWorld,
  { port = 0, log, ...surroundings }: Omit<ConversationOptions, "github"> = {},
): Promise<RunningBot> {
  const bot = await startBot(
    {
      appId: github.app.id,
      privateKey: github.privateKey,
      webhookSecrets: [SECRET],
      baseUrl: `${github.url}/api/v3`,
      host: "127.0.0.1",
      port,
      logLevel: "silent",
      docsUrl: undefined,
    },
    await loadPython(),
    log ?? pino({ level: "silent" }),
    surroundings,
  );
  github.deliverTo(webhookUrl(bot), SECRET);
  return bot;
}

function webhookUrl({ address }: RunningBot): string {
  return `http://127.0.0.1:${address.port}/api/github/webhooks`;
}

/** Resolves when the bot's first sweep is over. */
export async function startConversation(options: ConversationOptions = {}): Promise<Conversation> {
  const { github = await createGitHub(), ...rest } = options;
  const bot = await startBotFor(github, rest);
  await bot.swept;
  const swept = github.requests.length;
  let finished: Promise<unknown> | undefined;

  async function finish(): Promise<void> {
    await github.delivered();
    finished ??= bot.stop(20_000);
    await finished;
  }

  return {
    github,
    bot,
    async deliver(event, body, id) {
      const response = await fetch(webhookUrl(bot), {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-github-delivery": id,
          "x-github-event": event,
          "x-hub-signature-256": `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`,
        },
        body,
      });
      await response.arrayBuffer();
      return response.status;
    },
    async settled() {
      await github.delivered();
      while (bot.isBusy()) {
        await delay(5);
        await github.delivered();
      }
    },
    finish,
    asked: (from = swept) =>
      github.requests
        .slice(from)
        .filter((request) => !request.tokenRequest)
        .map(({ method, path }) => `${method} ${path.replace("/repos/acme/shop", "")}`),
    async end() {
      await finish();
      await github.close();
    },
  };
}

/** What a request is known by. */
export type Asked = Pick<RequestRecord, "path" | "body">;

/** The requests of a review with a finding, in their order. */
export const REQUESTS = [
  ["the list of files", ({ path }: Asked) => path.endsWith("/files")],
  ["the query", (one: Asked) => one.path === "/graphql" && !isStart(one)],
  ["the check run that starts", (one: Asked) => isStart(one)],
  ["the review", ({ path }: Asked) => path.endsWith("/reviews")],
  ["the check run that ends", ({ path }: Asked) => /\/check-runs\/\d+$/.test(path)],
] as const;

function isStart({ path, body }: Asked): boolean {
  return path === "/graphql" && body.includes('"status":"IN_PROGRESS"');
}

/** Settings of a shop that keeps its session cookie to HTTPS; `without` leaves lines out. */
export function settings(...without: readonly string[]): string {
  const lines = [
    '"""Settings of the live shop."""',
    "",
    "DEBUG = False",
    'ALLOWED_HOSTS = ["shop.example"]',
    "",
    "SECURE_SSL_REDIRECT = True",
    "SESSION_COOKIE_SECURE = True",
    "SESSION_COOKIE_HTTPONLY = True",
    'SESSION_COOKIE_SAMESITE = "Lax"',
    "",
    'LANGUAGE_CODE = "en-gb"',
    'TIME_ZONE = "UTC"',
    "USE_TZ = True",
    "",
  ];
  return lines.filter((line) => !without.includes(line)).join("\n");
}

export const FLAG = "SESSION_COOKIE_SECURE = True";

/** A pull request that takes the flag away. */
export function removesTheFlag(more: Files = {}) {
  return {
    title: "Tidy up the settings",
    author: "maria",
    base: { "shop/settings.py": settings(), "shop/text.py": "GREETING = 'hello'\n" },
    head: { "shop/settings.py": settings(FLAG), ...more },
  };
}

/** A comment that a finding got, without those of people. */
export function botComments(github: GitHubWorld, number: number) {
  return github.reviewComments(number).filter(({ author }) => author.type === "Bot");
}
