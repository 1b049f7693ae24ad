import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const PROJECT = join(import.meta.dirname, "../..");
const DEMO = join(PROJECT, "dist/simulator/demo.js");
const BROWSER = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  existsSync,
);

function startDemo(...options: string[]): { child: ChildProcess; printed: () => string } {
  const child = spawn(process.execPath, [DEMO, ...options], {
    cwd: PROJECT,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream!.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  return { child, printed: () => text };
}

describe.skipIf(!existsSync(DEMO))("the demo (skipped without a build)", () => {
  it("prints three reviews and ends by itself when nobody watches", async () => {
    const { child, printed } = startDemo();
    const [code] = await once(child, "close");
    const text = printed();
    expect([code, text.match(/^#\d/gm)]).toEqual([0, ["#1", "#2", "#3"]]);
    expect(text).toMatch(/#1 [\s\S]*✗ cyclekey: failure[\s\S]*shop\/settings\.py:\d+[\s\S]*#2 /);
    expect(text).toMatch(/#2 [\s\S]*✗ cyclekey: failure[\s\S]*accounts\/views\.py:\d+[\s\S]*#3 /);
    expect(text).toMatch(/#3 [\s\S]*✓ cyclekey: success/);
    expect(text).toContain("+ SESSION_COOKIE_SECURE = True");
    expect(text.includes("\u001b")).toBe(false);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
  });
});

describe.skipIf(!existsSync(DEMO) || BROWSER === undefined)(
  "the page of the demo (skipped without a build or without Chromium)",
  () => {
    let demo: ReturnType<typeof startDemo>;
    let browser: Browser;
    let page: Page;
    let url: string;

    beforeAll(async () => {
      demo = startDemo("--serve");
      while (!/at (http:\S+)/.test(demo.printed())) {
        if (demo.child.exitCode !== null) throw new Error(demo.printed());
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      url = /at (http:\S+)/.exec(demo.printed())![1]!;
      browser = await chromium.launch({ executablePath: BROWSER!, args: ["--no-sandbox"] });
      page = await browser.newPage();
    });
    afterAll(async () => {
      await browser?.close();
      if (demo.child.exitCode === null) {
        demo.child.kill("SIGTERM");
        await once(demo.child, "close");
      }
    });

    it("turns green by a click on Commit suggestion, without being reloaded", async () => {
      await page.goto(`${url}pull/1`);
      await page.getByText("Some checks were not successful").waitFor();
      await page.getByRole("button", { name: "Commit suggestion" }).click();
      await page.getByText("All checks have passed").waitFor();
      await page.getByText("This comment was marked as resolved.").waitFor();
      await page.getByRole("link", { name: "Checks" }).click();
      await page.getByRole("img", { name: "Success" }).waitFor();
      expect(await page.getByRole("heading", { level: 2 }).textContent()).toContain("No session");
    });

    it("answers /rescan by the author with a rocket and by an outsider with confusion", async () => {
      await page.goto(`${url}pull/2`);
      await page.getByLabel("Add a comment").fill("/rescan");
      await page.getByRole("button", { name: "Comment", exact: true }).click();
      await page.getByRole("img", { name: "rocket by cyclekey[bot]" }).waitFor();
      await page.getByLabel("Add a comment").fill("/rescan");
      await page.getByLabel("Comment as").selectOption("eve");
      await page.getByRole("button", { name: "Comment", exact: true }).click();
      await page.getByRole("img", { name: "confused by cyclekey[bot]" }).waitFor();
    });

    it("is ended by SIGTERM with exit code 0, and takes the bot along", async () => {
      demo.child.kill("SIGTERM");
      const [code] = await once(demo.child, "close");
      expect([code, demo.printed()]).toEqual([0, expect.not.stringContaining("ended")]);
    });
  },
);
