import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { install } from "../../src/simulator/apps/installation.js";
import { createGitHub, type GitHubWorld } from "../../src/simulator/world.js";
import {
  type Conversation,
  FLAG,
  removesTheFlag,
  SECRET,
  settings,
  startConversation,
} from "./conversation.js";

let talk: Conversation | undefined;
afterEach(async () => {
  await talk?.end();
  talk = undefined;
});

const greeting = (title: string) => ({
  title,
  author: "maria",
  base: { "shop/settings.py": settings(), "shop/text.py": "GREETING = 'hello'\n" },
  head: { "shop/text.py": `GREETING = '${title}'\n` },
});

/** Opens pull requests of every kind; what each one's check has to say. */
async function openAll(github: GitHubWorld): Promise<ReadonlyMap<number, string>> {
  const opened = [
    [await github.openPullRequest(removesTheFlag()), "failure"],
    [await github.openPullRequest(greeting("hi")), "success"],
    [await github.openPullRequest({ ...removesTheFlag(), title: "Draft", draft: true }), "failure"],
    [await github.openPullRequest({ ...greeting("hey"), fork: true }), "success"],
  ] as const;
  return new Map(opened.map(([{ number }, conclusion]) => [number, conclusion]));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe("a bot that starts", () => {
  it("reviews every open pull request whose delivery was lost, and comments once", async () => {
    const github = await createGitHub();
    const wanted = await openAll(github);
    const closed = await github.openPullRequest(greeting("bye"));
    github.closePullRequest(closed.number);
    talk = await startConversation({ github });
    for (const [number, conclusion] of wanted) {
      expect((await github.waitForCheck(number)).conclusion).toBe(conclusion);
    }
    await talk.finish();
    expect([...wanted.keys()].map((number) => github.reviewComments(number).length)).toEqual([
      1, 0, 0, 0,
    ]);
    expect(github.checkRuns(closed.headSha)).toEqual([]);
  });

  it("leaves alone what is in order", async () => {
    const github = await createGitHub();
    await openAll(github);
    const first = await startConversation({ github });
    await github.waitUntil("all checks", () => github.forge.store.checkRuns.length === 4);
    await first.finish();
    const runs = JSON.stringify(github.forge.store.checkRuns);
    github.loseDeliveries();
    talk = await startConversation({ github });
    await talk.finish();
    const asked = talk.asked();
    await talk.end();
    expect(asked.filter((line) => line.startsWith("P") && line !== "POST /graphql")).toEqual([]);
    expect(JSON.stringify(github.forge.store.checkRuns)).toBe(runs);
    talk = undefined;
  });

  it("has deliveries that failed sent again, once, and answers them", async () => {
    const github = await createGitHub();
    const port = await freePort();
    github.deliverTo(`http://127.0.0.1:${port}/api/github/webhooks`, SECRET);
    await github.openPullRequest(removesTheFlag());
    const comment = github.comment(1, "maria", "/rescan");
    await github.delivered();
    expect(github.deliveries.map(({ status }) => status)).not.toContain(202);
    talk = await startConversation({ github, port });
    await github.waitUntil("an answer", () =>
      comment.reactions.some(({ content }) => content === "rocket"),
    );
    await talk.finish();
    const guids = github.deliveries.filter(({ redelivery }) => redelivery).map(({ guid }) => guid);
    expect(new Set(guids).size).toBe(guids.length);
    expect(guids.length).toBeGreaterThanOrEqual(2);
    for (const guid of guids) {
      expect(github.deliveries.findLast((one) => one.guid === guid)?.status).toBe(202);
    }
    expect(github.reviewComments(1)).toHaveLength(1);
  });

  it("works off an /accept that nobody told it of", async () => {
    const github = await createGitHub();
    github.setPermission("priya", "write");
    const first = await startConversation({ github });
    await github.openPullRequest(removesTheFlag());
    await github.waitForCheck(1);
    await first.finish();
    github.loseDeliveries();
    const said = github.reply(github.reviewComments(1)[0]!, "priya", "/accept the proxy sets it");
    talk = await startConversation({ github });
    await github.waitUntil("an answer", () =>
      said.reactions.some(({ content }) => content === "rocket"),
    );
    expect((await github.waitForCheck(1)).conclusion).not.toBe("failure");
  });

  it("reviews the merge group that a queue waits for", async () => {
    const github = await createGitHub();
    github.requireCheck("main", github.app.id);
    const first = await startConversation({ github });
    await github.openPullRequest(greeting("hi"));
    await github.waitForCheck(1);
    await first.finish();
    github.loseDeliveries();
    const entry = await github.enqueue(1);
    talk = await startConversation({ github });
    expect((await github.waitForCheckOn(entry.headSha)).conclusion).toBe("success");
    await github.waitUntil("the merge", () => github.pullRequest(1).mergedAt !== undefined);
  });

  it("reviews what was pushed while it was away", async () => {
    const github = await createGitHub();
    const first = await startConversation({ github });
    await github.openPullRequest(removesTheFlag());
    await github.waitForCheck(1);
    await first.finish();
    github.loseDeliveries();
    await github.push(1, { files: { "shop/settings.py": settings() } });
    talk = await startConversation({ github });
    expect((await github.waitForCheck(1)).conclusion).toBe("success");
    await talk.finish();
    expect(github.reviewComments(1)[0]?.body).toContain("Resolved");
  });
});

describe("a bot that runs", () => {
  it("reviews what is open where it is installed anew", async () => {
    talk = await startConversation();
    const { github } = talk;
    const north = await github.addRepository("north/shop", { installation: null });
    await north.openPullRequest(removesTheFlag());
    install(github.forge.platform, github.app, "north", [north.forge]);
    expect((await north.waitForCheck(1)).conclusion).toBe("failure");
    expect(north.reviewComments(1)).toHaveLength(1);
    expect(github.forge.store.checkRuns).toEqual([]);
  });

  it("does without an installation that is suspended, and works for it when that ends", async () => {
    const github = await createGitHub();
    await github.openPullRequest({
      ...removesTheFlag(),
      head: { "shop/settings.py": settings(FLAG) },
    });
    github.suspend(github.installation);
    talk = await startConversation({ github });
    expect(github.checkRuns(github.pullRequest(1).headSha)).toEqual([]);
    github.unsuspend(github.installation);
    expect((await github.waitForCheck(1)).conclusion).toBe("failure");
  });
});
