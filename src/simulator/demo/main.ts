import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createGitHub, type GitHubWorld } from "../world.js";
import { ACTS } from "./acts.js";
import { createPaint } from "./paint.js";
import { printReview } from "./print-review.js";
import { readPullRequestFixture } from "./pull-request-fixture.js";
import { CHECK_WITHIN, createStage } from "./stage.js";
import { type BotProcess, startBot } from "./start-bot.js";

/** `npm run demo`: the real bot in front of an embedded GitHub: reviews, and what people do about them. */

const PROJECT = join(import.meta.dirname, "../../..");
const FIXTURES = join(PROJECT, "fixtures/pull-requests");
/** A story is told in this order, whatever the folders are called. */
const STORY = ["removed-cookie-flag", "custom-login", "clean"];

function say(text: string): void {
  process.stdout.write(text);
}

function startRealBot(world: GitHubWorld, webhookSecret: string): Promise<BotProcess> {
  return startBot({
    main: join(PROJECT, "dist/cli/main.js"),
    directory: PROJECT,
    githubUrl: world.url,
    appId: world.app.id,
    privateKey: world.privateKey,
    webhookSecret,
  });
}

function inStoryOrder(a: string, b: string): number {
  return STORY.indexOf(a) - STORY.indexOf(b);
}

/** Opens three pull requests and prints each review when its check is there, then plays the acts. */
async function tell(world: GitHubWorld): Promise<void> {
  const paint = createPaint(process.stdout.isTTY === true);
  const opened = [];
  for (const name of readdirSync(FIXTURES).sort(inStoryOrder)) {
    const wanted = readPullRequestFixture(join(FIXTURES, name));
    world.setPermission(wanted.author, "write");
    opened.push(await world.openPullRequest(wanted));
  }
  world.setPermission("eve", "read");
  world.requireCheck("main", world.app.id);
  for (const pull of opened) {
    const run = await world.waitForCheck(pull.number, undefined, CHECK_WITHIN);
    say(await printReview(world, pull, run, paint));
  }
  const stage = createStage(world, paint, say);
  for (const act of ACTS) await act(stage);
}

function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}

async function diesWith(bot: BotProcess): Promise<never> {
  throw new Error(await bot.ended);
}

async function run(stays: boolean): Promise<void> {
  const world = await createGitHub();
  const interrupted = untilInterrupted();
  let bot: BotProcess | undefined;
  try {
    say("Starting an embedded GitHub and the bot in front of it ...\n");
    const secret = randomBytes(32).toString("hex");
    bot = await startRealBot(world, secret);
    world.deliverTo(bot.webhookUrl, secret);
    const death = diesWith(bot);
    await Promise.race([tell(world), death, interrupted]);
    if (stays) {
      say(`The pull requests are at ${world.url}/ (Ctrl-C ends)\n`);
      await Promise.race([interrupted, death]);
    }
  } finally {
    await bot?.stop();
    await world.close();
  }
}

try {
  await run(process.argv.includes("--serve") || process.stdout.isTTY === true);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
