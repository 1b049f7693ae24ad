import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { type BotProcess, startBot } from "../../src/simulator/demo/start-bot.js";
import type { GitHubOptions, GitHubWorld } from "../../src/simulator/world.js";
import { createGitHub } from "../../src/simulator/world.js";

export const PROJECT = join(import.meta.dirname, "../..");

/** The built bot as a process in front of an embedded GitHub. `npm test` builds before. */
export interface BotUnderTest {
  readonly world: GitHubWorld;
  readonly bot: BotProcess;
  /** Starts another process, as an orchestrator does after a crash. */
  restart(): Promise<BotProcess>;
  end(): Promise<void>;
}

/** Each process is handed out when its first sweep is over. */
export async function startBotUnderTest(options: GitHubOptions = {}): Promise<BotUnderTest> {
  const world = await createGitHub({ ...options, faults: options.faults ?? {} });
  const webhookSecret = randomBytes(32).toString("hex");
  let port: number | undefined;
  const start = async () => {
    const bot = await startBot({
      main: join(PROJECT, "dist/cli/main.js"),
      directory: PROJECT,
      githubUrl: world.url,
      appId: world.app.id,
      privateKey: world.privateKey,
      webhookSecret,
      // As behind a proxy: GitHub's address of the bot stays.
      ...(port === undefined ? {} : { port }),
    });
    port = Number(new URL(bot.webhookUrl).port);
    world.deliverTo(bot.webhookUrl, webhookSecret);
    await bot.printed("sweep finished");
    return bot;
  };
  let bot = await start();
  return {
    world,
    get bot() {
      return bot;
    },
    async restart() {
      bot = await start();
      return bot;
    },
    async end() {
      await bot.kill();
      await world.close();
    },
  };
}

const SETTINGS = [
  "DEBUG = False",
  "SESSION_COOKIE_SECURE = True",
  "ALLOWED_HOSTS = ['shop.example']",
  "",
];

/** A pull request with two findings in two files: a removed flag, and a login that keeps its key. */
export function twoFindings(title: string) {
  return {
    title,
    author: "maria",
    base: {
      "shop/settings.py": SETTINGS.join("\n"),
      "accounts/views.py": "from django.shortcuts import redirect\n",
    },
    head: {
      "shop/settings.py": SETTINGS.filter((line) => !line.startsWith("SESSION")).join("\n"),
      "accounts/views.py": [
        "from django.contrib.auth.hashers import check_password",
        "from django.shortcuts import redirect",
        "",
        "",
        "def sign_in(request):",
        "    member = Member.objects.get(email=request.POST['email'])",
        "    if check_password(request.POST['password'], member.password):",
        '        request.session["member_id"] = member.pk',
        '        return redirect("home")',
        "",
      ].join("\n"),
    },
  };
}

/** Relevant files, and nothing worse. */
export function noFinding(title: string) {
  return {
    title,
    author: "maria",
    base: { "shop/settings.py": SETTINGS.join("\n") },
    head: { "shop/settings.py": ["SESSION_COOKIE_NAME = 'shop'", ...SETTINGS].join("\n") },
  };
}

/** Nothing that can matter: a template, and Python without a word of the field. */
export function irrelevant(title: string) {
  return {
    title,
    author: "maria",
    base: { "catalogue/prices.py": "RATE = 19\n" },
    head: { "catalogue/prices.py": "RATE = 7\n", "README.md": "# Shop\n" },
  };
}
