import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createGitHub, type GitHubWorld } from "../../src/simulator/world.js";
import { type Outcome, runCli } from "./run-cli.js";

const SECRET = randomBytes(32).toString("hex");

let github: GitHubWorld;
let bot: Server;
let answer = 202;

beforeEach(async () => {
  github = await createGitHub({ app: { slug: "our-cyclekey" } });
  answer = 202;
  bot = createServer((request, response) => {
    request.resume();
    response.writeHead(request.url === "/readyz" ? 200 : answer).end();
  });
  await new Promise<void>((resolve) => bot.listen(0, "127.0.0.1", resolve));
  github.deliverTo(`${botAddress()}/api/github/webhooks`, SECRET);
});
afterEach(async () => {
  bot.closeAllConnections();
  bot.close();
  await github.close();
});

function botAddress(): string {
  return `http://127.0.0.1:${(bot.address() as AddressInfo).port}`;
}

function doctor(environment: Record<string, string> = {}, ...args: string[]): Promise<Outcome> {
  return runCli(["doctor", ...args], {
    APP_ID: String(github.app.id),
    PRIVATE_KEY: github.privateKey,
    WEBHOOK_SECRET: SECRET,
    GHE_HOST: new URL(github.url).host,
    GHE_PROTOCOL: "http",
    ...environment,
  });
}

async function openOne(): Promise<void> {
  await github.openPullRequest({
    title: "Lower the rate",
    author: "maria",
    base: { "rates.py": "RATE = 19\n" },
    head: { "rates.py": "RATE = 7\n" },
  });
  await github.delivered();
}

/** The lines that are not well, without what differs from run to run. */
function toFix({ stdout }: Outcome): string[] {
  return stdout
    .split("\n")
    .filter((line) => /^ {2}(fix|note|\?) /.test(line))
    .map((line) =>
      line
        .trim()
        .replaceAll(github.url, "<github>")
        .replace(/127\.0\.0\.1:\d+/g, "<bot>"),
    );
}

describe("cyclekey doctor", () => {
  it("finds everything well, and says what it looked at", async () => {
    github.requireCheck("main", github.app.id);
    await openOne();
    const outcome = await doctor({}, "--url", botAddress());
    expect(outcome.stderr).toBe("");
    expect(
      outcome.stdout.replaceAll(github.url, "<github>").replace(/127\.0\.0\.1:\d+/g, "<bot>"),
    ).toBe(
      `Environment
  ok    App 4242 at <github>/api/v3.
  ok    The private key can be read.
  ok    The webhook secret is long enough.

Bot
  ok    http://<bot>/readyz says that the bot is ready.

App
  ok    The key is that of the App "our-cyclekey", owned by acme.
  ok    The App has the permissions that it needs.
  ok    The App is subscribed to the events that it needs.

Installations
  ok    The App is installed on acme.

Required check
  ok    acme/shop: the check is required, and only this App can pass it.

Webhook
  ok    The webhook goes to http://<bot>/api/github/webhooks
  ok    ${github.deliveries.length} of the last ${github.deliveries.length} deliveries arrived.

All well.
`,
    );
    expect(outcome.code).toBe(0);
  });

  it("names what is wrong with the environment, without its values, and exits with 1", async () => {
    const outcome = await doctor({
      APP_ID: "",
      WEBHOOK_SECRET: "short-secret",
      PRIVATE_KEY: "nonsense",
    });
    expect(outcome.code).toBe(1);
    expect(
      toFix(outcome).map((line) => line.split(" ").filter((word) => /^[A-Z_]{5,}/.test(word))[0]),
    ).toEqual(["APP_ID", "PRIVATE_KEY", "WEBHOOK_SECRET"]);
    expect(outcome.stdout).not.toContain("short-secret");
    expect(github.requests).toEqual([]);
  });

  it("says that the key is another App's", async () => {
    const { privateKey } = github.installAnotherApp({ id: 77, slug: "other" });
    const outcome = await doctor({ PRIVATE_KEY: privateKey });
    expect(toFix(outcome)).toEqual([
      "fix   GitHub does not know the key as one of the App 4242: take APP_ID and PRIVATE_KEY from the settings of the same App.",
    ]);
    expect(outcome.code).toBe(1);
  });

  it("exits with 2 when GitHub cannot be asked", async () => {
    const outcome = await doctor({ GHE_HOST: "127.0.0.1:9" });
    expect(toFix(outcome)[0]).toMatch(
      /^\? {5}GitHub at http:\/\/<bot>\/api\/v3 could not be asked: /,
    );
    expect(outcome.code).toBe(2);
  });

  it("compares the App's permissions and those of its installations with what is needed", async () => {
    github.requireCheck("main", github.app.id);
    const { checks: _, ...rest } = github.app.permissions;
    github.askPermissions({ ...rest, contents: "write", issues: "write", statuses: "read" });
    const outcome = await doctor();
    const where = "<github>/organizations/acme/settings/apps/our-cyclekey/permissions";
    expect(toFix(outcome)).toEqual([
      `fix   The App lacks the permission checks: write: add it at ${where}`,
      "note  The App may write contents (contents: write): threads of resolved findings are resolved. Without it they stay open, and nothing could change code.",
      `fix   The App has the permission issues: write, which it does not need: lower it to read at ${where}`,
      `fix   The App has the permission statuses: read, which it does not need: remove it at ${where}`,
      "fix   acme has not accepted contents: write, issues: write, statuses: read: an owner accepts it in the account's settings, Applications, Review request",
      "note  Nothing was delivered in the last three days, so it is not known whether it would arrive.",
    ]);
    expect(outcome.code).toBe(1);
  });

  it("names events that the App is not told of, and those that it is told of for nothing", async () => {
    github.requireCheck("main", github.app.id);
    Object.assign(github.app, {
      events: [...github.app.events.filter((event) => event !== "check_run"), "push"],
    });
    const lines = toFix(await doctor());
    expect(lines[0]).toMatch(/^fix {3}The App is not told of check_run: subscribe to it at /);
    expect(lines[1]).toMatch(
      /^note {2}The App is told of push, which it does not read: unsubscribe at /,
    );
  });

  it("says which gates stand open: bound to nobody, to another App, or not there", async () => {
    await github.addRepository("acme/any").then((world) => world.requireCheck("main"));
    await github.addRepository("acme/other").then((world) => world.requireCheck("main", 77));
    await github.addRepository("north/none");
    github.requireCheck("main", github.app.id);
    const outcome = await doctor();
    expect(outcome.stdout).toContain(
      "ok    acme/shop: the check is required, and only this App can pass it.",
    );
    expect(toFix(outcome).slice(0, 3)).toEqual([
      "fix   acme/any takes cyclekey on main from any App or user: choose cyclekey as the source of the required check in its ruleset or branch protection.",
      "fix   acme/other takes cyclekey on main from another App (77): choose cyclekey as the source of the required check in its ruleset or branch protection.",
      "note  north/none: the check is not required, so a pull request that fails it can be merged; require it in a ruleset for the default branch, with this App as its source.",
    ]);
    expect(outcome.code).toBe(1);
  });

  it("says where nothing is reviewed because the installation is suspended", async () => {
    github.requireCheck("main", github.app.id);
    const { forge } = await github.addRepository("north/shop");
    expect(forge.store.owner).toBe("north");
    const north = github.forge.platform.installations.find(({ account }) => account === "north")!;
    github.suspend(north);
    const outcome = await doctor();
    expect(toFix(outcome)[0]).toBe(
      "note  Nothing is reviewed on north, where the installation is suspended: unsuspend or uninstall it there.",
    );
  });

  it("sees in the answers of the last deliveries that the secrets differ", async () => {
    github.requireCheck("main", github.app.id);
    answer = 401;
    await openOne();
    const outcome = await doctor();
    expect(toFix(outcome).at(-1)).toMatch(
      /^fix {3}0 of the last \d+ deliveries arrived; the others were answered 401: give the secret in WEBHOOK_SECRET to the App at <github>\/organizations\/acme\/settings\/apps\/our-cyclekey$/,
    );
    expect(outcome.code).toBe(1);
  });

  it("sees that the bot is not where GitHub delivers", async () => {
    github.requireCheck("main", github.app.id);
    github.deliverTo("http://127.0.0.1:9/webhook", SECRET);
    await openOne();
    const outcome = await doctor({}, "--url", "http://127.0.0.1:9");
    const lines = toFix(outcome);
    expect(lines[0]).toMatch(/^fix {3}http:\/\/<bot>\/readyz does not answer: /);
    expect(lines[1]).toMatch(
      /^fix {3}The webhook goes to http:\/\/<bot>\/webhook, where nobody listens: /,
    );
    expect(lines[2]).toMatch(
      /answered not at all: see that the bot runs, and that GitHub reaches it at this address$/,
    );
  });
});
