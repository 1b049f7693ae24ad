import { spawn, spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type BotUnderTest, PROJECT, startBotUnderTest, twoFindings } from "./bot-under-test.js";

const MAIN = join(PROJECT, "dist/cli/main.js");
const SECRET = "c0ffee11c0ffee22c0ffee33c0ffee44";
const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

function start(environment: Readonly<Record<string, string>>) {
  return spawnSync(process.execPath, [MAIN, "serve"], {
    cwd: PROJECT,
    env: { PATH: process.env.PATH, ...environment },
    encoding: "utf8",
    timeout: 20_000,
  });
}

describe("a start is refused in one line that names the variable", () => {
  const good = { APP_ID: "1", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: SECRET };

  it.each([
    ["without a webhook secret", { ...good, WEBHOOK_SECRET: "" }, "WEBHOOK_SECRET"],
    ["with Probot's secret", { ...good, WEBHOOK_SECRET: "development" }, "WEBHOOK_SECRET"],
    ["with a short secret", { ...good, WEBHOOK_SECRET: SECRET.slice(1) }, "WEBHOOK_SECRET"],
    ["without an App id", { ...good, APP_ID: "" }, "APP_ID"],
    ["without a key", { ...good, PRIVATE_KEY: "" }, "PRIVATE_KEY"],
    ["with half a key", { ...good, PRIVATE_KEY: privateKey.slice(0, 200) }, "PRIVATE_KEY"],
    [
      "with plain HTTP to a host elsewhere",
      { ...good, GHE_HOST: "github.example", GHE_PROTOCOL: "http" },
      "GHE_PROTOCOL",
    ],
  ])("%s", (_, environment, variable) => {
    const { status, stdout, stderr } = start(environment);
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(stderr).toContain(variable);
    expect(stderr).not.toContain(SECRET.slice(1));
  });
});

describe("a bot whose log nobody reads any more", () => {
  it("stops all the same", async () => {
    const bot = spawn(process.execPath, [MAIN, "serve"], {
      cwd: PROJECT,
      env: {
        PATH: process.env.PATH,
        APP_ID: "1",
        PRIVATE_KEY: privateKey,
        WEBHOOK_SECRET: SECRET,
        GHE_HOST: "127.0.0.1:9",
        GHE_PROTOCOL: "http",
        PORT: "0",
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    bot.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (text.includes("cyclekey listens")) bot.kill("SIGTERM");
      if (text.includes("finishing jobs")) bot.stdout.destroy();
    });
    const late = setTimeout(() => bot.kill("SIGKILL"), 29_000);
    expect(await once(bot, "exit")).toEqual([0, null]);
    clearTimeout(late);
  });
});

describe("a bot that runs", () => {
  let under: BotUnderTest;
  afterEach(() => under.end());

  it("acknowledges a delivery before it asks GitHub anything", async () => {
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    under = await startBotUnderTest();
    under.world.faults.beforeRequest = async () => {
      await held;
      return undefined;
    };
    const { number } = await under.world.openPullRequest(twoFindings("Held"));
    await under.world.delivered();
    expect(under.world.deliveries.map(({ status }) => status)).not.toContain(0);
    expect(under.world.deliveries.every(({ status }) => status >= 200 && status < 300)).toBe(true);
    answer();
    expect((await under.world.waitForCheck(number)).conclusion).toBe("failure");
  });

  it("finishes the running job on SIGTERM and exits with 0", async () => {
    under = await startBotUnderTest();
    const { bot, world } = under;
    let stopping: Promise<void> | undefined;
    world.faults.beforeRequest = async ({ path }) => {
      if (path.endsWith("/files")) {
        stopping ??= bot.stop();
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
      return undefined;
    };
    const { number } = await world.openPullRequest(twoFindings("Stopped"));
    const run = await world.waitForCheck(number);
    await stopping;
    expect(await bot.exitCode).toBe(0);
    expect(run.conclusion).toBe("failure");
    expect(world.reviewComments(number)).toHaveLength(2);
  });

  it.skipIf(!existsSync("/proc/self/status"))(
    "refuses 30 MB without a signature, and does not buffer them",
    async () => {
      under = await startBotUnderTest();
      const { bot } = under;
      const { hostname, port, pathname } = new URL(bot.webhookUrl);
      const before = residentMegabytes(bot.pid);
      for (const framing of [`content-length: ${30 << 20}`, "transfer-encoding: chunked"]) {
        const answer = await pour(hostname, Number(port), pathname, framing);
        expect(answer).toMatch(/^HTTP\/1\.1 4(00|01|11|13) /);
      }
      expect(residentMegabytes(bot.pid) - before).toBeLessThan(16);
      expect((await fetch(new URL("/healthz", bot.webhookUrl))).status).toBe(200);
    },
  );
});

function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)![1]) / 1024;
}

/** Sends 30 MB as fast as they are taken, until there is an answer and the connection ends. */
function pour(host: string, port: number, path: string, framing: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    let answer = "";
    const piece = Buffer.alloc(1 << 16, "a");
    const chunked = framing.startsWith("transfer");
    const body = chunked
      ? Buffer.concat([Buffer.from("10000\r\n"), piece, Buffer.from("\r\n")])
      : piece;
    let left = 480;
    const send = () => {
      while (left > 0 && socket.writable) {
        left--;
        if (!socket.write(body)) return;
      }
    };
    socket.on("connect", () => {
      socket.write(
        `POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\nx-github-event: push\r\nx-github-delivery: 1\r\n${framing}\r\n\r\n`,
      );
      send();
    });
    socket.on("drain", send);
    socket.on("data", (data) => {
      answer += data.toString();
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(answer));
    socket.setTimeout(10_000, () => socket.destroy());
  });
}
