import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const PROJECT = join(import.meta.dirname, "../..");
const DEMO = join(PROJECT, "dist/simulator/demo/main.js");
const BROWSER = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  existsSync,
);

/** What people do next, and what the bot answers. */
const ACTS = [
  /A fix is pushed\n[^─]*✗ cyclekey: failure {2}1 error[^─]*pushes[^─]*✓ cyclekey: success[^─]*Resolved in [0-9a-f]{7}/,
  /A finding is accepted\n[^─]*✗ cyclekey: failure[^─]*\/accept[^─]*✓ cyclekey: success {2}1 accepted[^─]*Accepted by priya/,
  /Another base branch\n[^─]*✗ cyclekey: failure[^─]*default branch `main`: 1 error[^─]*base branch to main\n[^─]*1 error\n +shop\/settings\.py:\d+/,
  /The merge queue\n[^─]*✓ cyclekey: success[^─]*queue[^─]*✓ cyclekey: success[^─]*merges it into main/,
];

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
    for (const act of ACTS) expect(text).toMatch(act);
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

    it("takes an acceptance in a thread, and a fix that is pushed", async () => {
      await page.goto(`${url}pull/2`);
      const thread = page.getByRole("region", { name: /Review thread/ }).first();
      await thread.getByText("Reply…").click();
      await thread.getByLabel("Reply", { exact: true }).fill("/accept for the tests only");
      await thread.getByLabel("Reply as").selectOption("priya");
      await thread.getByRole("button", { name: "Reply" }).click();
      await page.getByText("Accepted by").waitFor();
      await page.getByRole("button", { name: "Push the fix" }).click();
      await page.getByText("All checks have passed").waitFor();
    });

    it("merges through the queue once the group's check has passed", async () => {
      await page.goto(`${url}pull/3`);
      await page.getByRole("button", { name: "Merge when ready" }).click();
      await page.getByText("Pull request successfully merged and closed").waitFor();
    });

    it("follows another base branch", async () => {
      await page.goto(`${url}pull/1`);
      await page.getByLabel("Change the base branch").click();
      await page.getByRole("button", { name: "staging" }).click();
      await page.getByText("changed the base branch from").waitFor();
      await page.getByText("All checks have passed").waitFor();
    });

    it("is ended by SIGTERM with exit code 0, and takes the bot along", async () => {
      demo.child.kill("SIGTERM");
      const [code] = await once(demo.child, "close");
      expect([code, demo.printed()]).toEqual([0, expect.not.stringMatching(/\bended\b/)]);
    });
  },
);
