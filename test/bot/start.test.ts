import { createHmac } from "node:crypto";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import pino from "pino";
import { afterEach, describe, expect, it } from "vitest";
import { type RunningBot, startBot } from "../../src/bot/start.js";
import { loadPython } from "../../src/grammar/node.js";
import { BASE_SHA, HEAD, listed, PRIVATE_KEY, queried, stateOf } from "../github/wire.js";

const SECRET = "0123456789abcdef0123456789abcdef";
const CANARY = "canary-5f1c";
const BODY = JSON.stringify({
  action: "opened",
  installation: { id: 5 },
  repository: { name: "shop", node_id: "R_1", owner: { login: "octo" } },
  pull_request: { number: 7, title: CANARY, head: { sha: HEAD }, base: { sha: BASE_SHA } },
});

/** What a sweep asks when there is no installation. */
const SWEEP = [
  "GET /api/v3/app/hook/deliveries?per_page=100",
  "GET /api/v3/app/installations?per_page=100",
];

let github: Server | undefined;
let bot: RunningBot | undefined;

afterEach(async () => {
  await bot?.stop(0);
  github?.closeAllConnections();
  github?.close();
  bot = undefined;
});

/** A GitHub that answers at once, never, or when `answers` is there. */
async function start(answers: "at once" | "never" | (() => Promise<void>)) {
  const asked: { readonly line: string; readonly time: number }[] = [];
  github = createServer(async (request, response) => {
    asked.push({ line: `${request.method} ${request.url}`, time: performance.now() });
    await readAll(request);
    if (answers === "never") return;
    if (answers !== "at once") await answers();
    const [status, body] = answer(request.url ?? "");
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => github?.listen(0, "127.0.0.1", resolve));
  const lines: string[] = [];
  const log = pino({ level: "trace" }, { write: (line: string) => void lines.push(line) });
  const { port } = github.address() as AddressInfo;
  bot = await startBot(
    {
      appId: 4711,
      privateKey: PRIVATE_KEY,
      webhookSecrets: [SECRET],
      baseUrl: `http://127.0.0.1:${port}/api/v3`,
      host: "127.0.0.1",
      port: 0,
      logLevel: "trace",
      docsUrl: undefined,
    },
    await loadPython(),
    log,
  );
  if (answers !== "never") await bot.swept;
  return { asked, lines, port: bot.address.port };
}

function answer(url: string): [number, unknown] {
  if (url.includes("access_tokens")) return [201, { token: "ghs_secret", permissions: {} }];
  if (url.includes("/files")) return [200, [listed("README.md", "@@ -1 +1 @@\n-a\n+b")]];
  return queried(stateOf({}));
}

async function readAll(request: IncomingMessage): Promise<void> {
  for await (const _ of request);
}

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !condition(); i++) await delay(10);
  expect(condition()).toBe(true);
}

async function deliver(port: number, pullRequest = 7) {
  const body = BODY.replace('"number":7', `"number":${pullRequest}`);
  const signature = `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`;
  const { status } = await fetch(`http://127.0.0.1:${port}/api/github/webhooks`, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "x-github-event": "pull_request",
      "x-github-delivery": "d-1",
      "x-hub-signature-256": signature,
    },
  });
  return { status, time: performance.now(), signature };
}

describe("the bot as it runs", () => {
  it("asks GitHub only what it may have missed before the first delivery", async () => {
    const { asked, port } = await start("at once");
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    await delay(100);
    expect(asked.map(({ line }) => line)).toEqual(SWEEP);
  });

  it("acknowledges at once when GitHub hangs", async () => {
    const { port } = await start("never");
    const started = performance.now();
    const { status, time } = await deliver(port);
    expect(status).toBe(202);
    expect(time - started).toBeLessThan(1_000);
  });

  it("acknowledges before it asks GitHub anything", async () => {
    const { asked, lines, port } = await start("at once");
    const order: string[] = [];
    const onAnswer = (message: unknown) => {
      const { request } = message as { request: IncomingMessage };
      if (request.url === "/api/github/webhooks") order.push(`acknowledged after ${asked.length}`);
    };
    subscribe("http.server.response.finish", onAnswer);
    for (let i = 1; i <= 20; i++) {
      asked.length = 0;
      await deliver(port, i);
      await until(() => lines.filter((line) => line.includes("reconciled")).length === i);
    }
    unsubscribe("http.server.response.finish", onAnswer);
    expect(order).toEqual(Array.from({ length: 20 }, () => "acknowledged after 0"));
    expect(asked.length).toBeGreaterThan(0);
  });

  it("finishes a running job when it is stopped, and refuses the next delivery", async () => {
    let held = Promise.resolve();
    const { asked, port } = await start(() => held);
    let goOn = () => {};
    held = new Promise((resolve) => {
      goOn = resolve;
    });
    await deliver(port);
    await until(() => asked.length > SWEEP.length);
    const stopping = bot?.stop(10_000);
    expect((await deliver(port)).status).toBe(503);
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(503);
    goOn();
    await expect(stopping).resolves.toEqual({ unfinished: 0 });
    expect(asked.map(({ line }) => line)).toEqual([
      ...SWEEP,
      "POST /api/v3/app/installations/5/access_tokens",
      "GET /api/v3/repos/octo/shop/pulls/7/files?per_page=100&page=1",
      "POST /api/graphql",
      "POST /api/v3/repos/octo/shop/check-runs",
    ]);
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
  });

  it("logs neither bodies nor signatures nor tokens, at any level", async () => {
    const { lines, port } = await start("at once");
    const { signature } = await deliver(port);
    await bot?.stop(5_000);
    const logged = lines.join("");
    expect(logged).toContain("pull request reconciled");
    for (const secret of [CANARY, signature, signature.slice(7), "ghs_secret", SECRET, "PRIVATE"]) {
      expect(logged).not.toContain(secret);
    }
  });
});
