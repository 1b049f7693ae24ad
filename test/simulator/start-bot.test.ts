import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { startBot } from "../../src/simulator/demo/start-bot.js";

const directory = mkdtempSync(join(tmpdir(), "start-bot-"));
afterAll(() => rmSync(directory, { recursive: true }));

function start(name: string, script: string) {
  const main = join(directory, `${name}.mjs`);
  writeFileSync(main, script);
  return startBot({
    main,
    directory,
    githubUrl: "http://127.0.0.1:1",
    appId: 1,
    privateKey: "key",
    webhookSecret: "secret",
  });
}

const SERVER = `
import { createServer } from "node:http";
const server = createServer((_, response) => response.end("ready"));
server.listen(process.env.PORT, process.env.HOST);
`;

describe("the bot's process", () => {
  it("that ends before it is ready is reported with what it printed", async () => {
    await expect(
      start("ends", "process.stderr.write('no key\\n'); process.exit(3);"),
    ).rejects.toThrow(/ended \(3\)[\s\S]*no key/);
  });

  it("that dies later is noticed", async () => {
    const bot = await start("dies", `${SERVER}setTimeout(() => process.exit(4), 300);`);
    expect(await bot.ended).toContain("ended (4)");
  });

  it("is asked to finish and gets the variables of production", async () => {
    const script = `${SERVER}
console.log(Object.keys(process.env).filter((name) => /^[A-Z]+_|^(HOST|PORT)$/.test(name)).sort().join());
process.on("SIGTERM", () => { console.log("finishing"); process.exit(0); });`;
    const bot = await start("finishes", script);
    await bot.stop();
    const printed = await bot.ended;
    expect(printed).toContain("finishing");
    expect(printed).toContain(
      "APP_ID,GHE_HOST,GHE_PROTOCOL,HOST,NODE_ENV,PORT,PRIVATE_KEY,WEBHOOK_SECRET",
    );
  });
});
