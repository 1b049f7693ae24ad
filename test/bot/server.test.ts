import { createHmac } from "node:crypto";
import { connect, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import pino from "pino";
import { Probot } from "probot";
import { afterEach, describe, expect, it } from "vitest";
import { createApp } from "../../src/bot/app.js";
import { createCommandLimit } from "../../src/bot/command-limit.js";
import { type BotServer, createBotServer, WEBHOOK_PATH } from "../../src/bot/server.js";
import type { Job } from "../../src/jobs/job.js";
import { createOpenHeads } from "../../src/jobs/open-heads.js";
import type { Queue } from "../../src/jobs/queue.js";
import { PRIVATE_KEY } from "../github/wire.js";

const SECRET = "0123456789abcdef0123456789abcdef";
const PREVIOUS = "fedcba9876543210fedcba9876543210";
const PAYLOAD = {
  action: "opened",
  installation: { id: 5 },
  repository: { name: "shop", node_id: "R_1", owner: { login: "octo" } },
  pull_request: {
    number: 7,
    head: { sha: "a".repeat(40) },
    base: { sha: "b".repeat(40) },
    diff_url: "http://169.254.169.254/latest",
  },
};
const BODY = JSON.stringify(PAYLOAD);
const MEGABYTE = 1024 * 1024;

let server: BotServer | undefined;
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server?.close();
  server = undefined;
});

async function start(more: { readonly full?: boolean } = {}) {
  const jobs: Job[] = [];
  const logged: unknown[] = [];
  const note = (fields: object, message: string) => void logged.push([fields, message]);
  const log = { debug: note, info: note, warn: note, error: note };
  const queue: Queue = {
    has: () => false,
    add(job) {
      if (more.full) return false;
      jobs.push(job);
      return true;
    },
    hold: () => () => undefined,
    size: () => jobs.length,
    drain: async () => ({ unfinished: 0 }),
  };
  const probot = new Probot({
    appId: 1,
    privateKey: PRIVATE_KEY,
    secret: SECRET,
    log: pino({ level: "silent" }),
  });
  await probot.ready();
  const commandLimit = createCommandLimit(Date.now);
  server = createBotServer({
    secrets: [SECRET, PREVIOUS],
    deliver: createApp(probot, {
      appId: 1,
      queue,
      openHeads: createOpenHeads(),
      commandLimit,
      sweepRepositories: () => undefined,
      log,
    }),
    hold: queue.hold,
    isAble: () => true,
    log,
  });
  const { port } = await server.listen(0, "127.0.0.1");
  return { port, jobs, logged };
}

function sign(body: string | Buffer, secret = SECRET): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

function headers(body: string | Buffer, more: Record<string, string | undefined> = {}) {
  const all: Record<string, string | undefined> = {
    "content-type": "application/json",
    "x-github-event": "pull_request",
    "x-github-delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
    "x-hub-signature-256": sign(body),
    ...more,
  };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

async function post(
  port: number,
  body: string | Buffer = BODY,
  more: Record<string, string | undefined> = {},
) {
  const response = await fetch(`http://127.0.0.1:${port}${WEBHOOK_PATH}`, {
    method: "POST",
    headers: headers(body, more),
    body: new Uint8Array(Buffer.from(body)),
  });
  return { status: response.status, text: await response.text() };
}

/** Sends a head, then as much of a body as the server takes, and waits for the answer. */
async function pour(port: number, lines: readonly string[], bytes: number, chunked = false) {
  const socket = connect(port, "127.0.0.1");
  sockets.push(socket);
  let answer = "";
  let gone = false;
  socket.on("data", (data) => {
    answer += data.toString();
  });
  socket.on("error", () => undefined);
  const closed = new Promise<void>((resolve) =>
    socket.on("close", () => {
      gone = true;
      resolve();
    }),
  );
  socket.write(`POST ${WEBHOOK_PATH} HTTP/1.1\r\nHost: bot\r\n${lines.join("\r\n")}\r\n\r\n`);
  const piece = Buffer.alloc(64 * 1024, 32);
  let poured = 0;
  while (poured < bytes && !gone && answer === "") {
    const data = chunked
      ? Buffer.concat([Buffer.from("10000\r\n"), piece, Buffer.from("\r\n")])
      : piece;
    const room = socket.write(data);
    poured += piece.length;
    if (!room) await Promise.race([new Promise((r) => socket.once("drain", r)), closed, delay(50)]);
  }
  await Promise.race([closed, delay(3_000)]);
  return { status: Number(answer.split(" ")[1]), poured, closed: gone };
}

describe("a delivery", () => {
  it("that is signed is acknowledged and leaves a job", async () => {
    const { port, jobs } = await start();
    await expect(post(port)).resolves.toEqual({ status: 202, text: "accepted\n" });
    expect(jobs).toMatchObject([{ installationId: 5, number: 7 }]);
  });

  it("may be signed with the secret before", async () => {
    const { port, jobs } = await start();
    const signature = sign(BODY, PREVIOUS);
    expect((await post(port, BODY, { "x-hub-signature-256": signature })).status).toBe(202);
    expect(jobs).toHaveLength(1);
  });

  it.each([
    ["absent", undefined],
    ["empty", ""],
    ["a word", "sha256"],
    ["without digits", "sha256="],
    ["sha1", `sha1=${"a".repeat(40)}`],
    ["sha1 of 64 digits", sign(BODY).replace("sha256", "sha1")],
    ["sha512", sign(BODY).replace("sha256", "sha512")],
    ["without its name", sign(BODY).slice(7)],
    ["in capitals", sign(BODY).toUpperCase()],
    ["with digits in capitals", `sha256=${sign(BODY).slice(7).toUpperCase().replace(/^\d/, "A")}`],
    ["one digit longer", `${sign(BODY)}0`],
    ["one digit shorter", sign(BODY).slice(0, -1)],
    ["with another last digit", sign(BODY).replace(/.$/, (d) => (d === "0" ? "1" : "0"))],
    ["with another first digit", sign(BODY).replace(/=./, (d) => (d === "=0" ? "=1" : "=0"))],
    ["twice", `${sign(BODY)}, ${sign(BODY)}`],
    ["after a space inside", sign(BODY).replace("=", "= ")],
    ["of another secret", sign(BODY, "x".repeat(32))],
    ["of Probot's default secret", sign(BODY, "development")],
    ["of another body", sign(`${BODY} `)],
    ["of the body with a BOM", sign(`\uFEFF${BODY}`)],
    ["of the body with CRLF", sign(`${BODY}\r\n`)],
    ["all zeros", `sha256=${"0".repeat(64)}`],
  ])("with a signature %s is refused without a word and without a job", async (_, signature) => {
    const { port, jobs, logged } = await start();
    const answer = await post(port, BODY, { "x-hub-signature-256": signature });
    expect(answer).toEqual({ status: 401, text: "unauthorized\n" });
    expect(jobs).toEqual([]);
    expect(logged).toEqual([]);
  });

  it("whose bytes only look the same as text is refused", async () => {
    const { port, jobs } = await start();
    const signed = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff]), Buffer.from('"}')]);
    const sent = Buffer.from(signed.toString("utf8"));
    const signature = sign(signed);
    expect((await post(port, sent, { "x-hub-signature-256": signature })).status).toBe(401);
    expect(jobs).toEqual([]);
  });

  it.each([
    ["null", "null"],
    ["a list", "[]"],
    ["a number", "7"],
    ["a text", '"x"'],
    ["not JSON", '{"action":'],
    ["nothing", ""],
  ])("that is %s is a bad request", async (_, body) => {
    const { port, jobs } = await start();
    expect((await post(port, body)).status).toBe(400);
    expect(jobs).toEqual([]);
  });

  it.each([
    [{}],
    [{ action: null, installation: null, repository: null, pull_request: null }],
    [{ ...PAYLOAD, repository: { name: 3 } }],
    [{ ...PAYLOAD, installation: { id: -1 } }],
    [{ ...PAYLOAD, action: "unheard_of" }],
    [JSON.parse('{"__proto__": {"x": 1}, "action": "opened"}')],
  ])("that makes no sense is acknowledged and leaves no job: %j", async (payload) => {
    const { port, jobs } = await start();
    expect((await post(port, JSON.stringify(payload))).status).toBe(202);
    expect(jobs).toEqual([]);
  });

  it.each(["ping", "issue_comment", "installation", "push", "an_event_of_tomorrow"])(
    "of the event %s without a payload of ours is acknowledged",
    async (event) => {
      const { port } = await start();
      expect((await post(port, BODY, { "x-github-event": event })).status).toBe(202);
    },
  );

  it("nested a hundred thousand deep harms nobody", async () => {
    const { port } = await start();
    const deep = `{"action":"opened","x":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    expect([202, 400]).toContain((await post(port, deep)).status);
    expect((await post(port)).status).toBe(202);
  });

  it.each([
    [415, { "content-type": "text/plain" }],
    [415, { "content-type": "application/x-www-form-urlencoded" }],
    [415, { "content-encoding": "gzip" }],
    [400, { "x-github-event": undefined }],
    [400, { "x-github-event": "Pull Request" }],
    [400, { "x-github-delivery": undefined }],
    [400, { "x-github-delivery": "a\tb" }],
  ])("is answered %i for headers %o", async (status, more) => {
    const { port, jobs } = await start();
    expect((await post(port, BODY, more)).status).toBe(status);
    expect(jobs).toEqual([]);
  });

  it("is refused while the queue is full, so that GitHub lists it as failed", async () => {
    const { port } = await start({ full: true });
    expect((await post(port)).status).toBe(503);
  });

  it("is refused while the bot is stopping, and readiness says so", async () => {
    const { port, jobs } = await start();
    const ready = () => fetch(`http://127.0.0.1:${port}/readyz`).then(({ status }) => status);
    expect(await ready()).toBe(200);
    server?.startDraining();
    expect(await ready()).toBe(503);
    expect((await post(port)).status).toBe(503);
    expect(jobs).toEqual([]);
  });
});

describe("a body", () => {
  const unsigned = [
    "Content-Type: application/json",
    "X-GitHub-Event: push",
    "X-GitHub-Delivery: d",
  ];
  const signed = [...unsigned, `X-Hub-Signature-256: sha256=${"a".repeat(64)}`];

  it("of 30 MB is refused by its length, before it is read", async () => {
    const { port } = await start();
    const before = process.memoryUsage().rss;
    const lines = [...signed, `Content-Length: ${30 * MEGABYTE}`];
    const answer = await pour(port, lines, 30 * MEGABYTE);
    expect(answer).toMatchObject({ status: 413, closed: true });
    expect(answer.poured).toBeLessThan(10 * MEGABYTE);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * MEGABYTE);
  });

  it("without a signature is not read, whatever its length", async () => {
    const { port } = await start();
    for (const [lines, chunked] of [
      [[...unsigned, `Content-Length: ${20 * MEGABYTE}`], false],
      [[...unsigned, "Transfer-Encoding: chunked"], true],
    ] as const) {
      const answer = await pour(port, lines, 20 * MEGABYTE, chunked);
      expect(answer).toMatchObject({ status: 401, closed: true });
      expect(answer.poured).toBeLessThan(10 * MEGABYTE);
    }
  });

  it("without a length is counted, and cut off", async () => {
    const { port, logged } = await start();
    const lines = [...signed, "Transfer-Encoding: chunked"];
    const answer = await pour(port, lines, 300 * MEGABYTE, true);
    expect(answer).toMatchObject({ status: 413, closed: true });
    expect(answer.poured).toBeLessThan(40 * MEGABYTE);
    expect(logged).toEqual([]);
  });

  it("that breaks off leaves nothing behind", async () => {
    const { port, jobs } = await start();
    const socket = connect(port, "127.0.0.1");
    socket.write(
      `POST ${WEBHOOK_PATH} HTTP/1.1\r\nHost: bot\r\n${signed.join("\r\n")}\r\nContent-Length: 100\r\n\r\n{`,
    );
    await delay(50);
    socket.destroy();
    expect((await post(port)).status).toBe(202);
    expect(jobs).toHaveLength(1);
  });
});

describe("the server", () => {
  it("answers three addresses and nothing else", async () => {
    const { port } = await start();
    const get = async (path: string, method = "GET") =>
      (await fetch(`http://127.0.0.1:${port}${path}`, { method })).status;
    expect(await get("/healthz")).toBe(200);
    expect(await get("/readyz")).toBe(200);
    expect(await get(WEBHOOK_PATH)).toBe(405);
    for (const path of ["/", "/probot", "/probot/setup", "/probot/import", "/ping", "/metrics"]) {
      expect(await get(path)).toBe(404);
      expect(await get(path, "POST")).toBe(404);
    }
  });

  it("answers while hundreds of connections say nothing", async () => {
    const { port } = await start();
    for (let i = 0; i < 500; i++) {
      const socket = connect(port, "127.0.0.1");
      socket.on("error", () => undefined);
      socket.write(`POST ${WEBHOOK_PATH} HTTP/1.1\r\nHost: b`);
      sockets.push(socket);
    }
    await delay(100);
    const started = Date.now();
    expect((await post(port)).status).toBe(202);
    expect(Date.now() - started).toBeLessThan(1_000);
  });
});
