import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RequestRecord } from "../../src/simulator/platform/request-log.js";
import {
  botComments,
  type Conversation,
  FLAG,
  REQUESTS,
  removesTheFlag,
  settings,
  startConversation,
} from "./conversation.js";

let talk: Conversation;
beforeAll(async () => {
  talk = await startConversation();
  await talk.github.commitTo("main", removesTheFlag().base);
});
afterAll(() => talk.end());

describe("a push while a review is written", () => {
  it.each(REQUESTS.slice(2))(
    "before %s leaves one comment and a check on the new head alone",
    async (name, chosen) => {
      const { github } = talk;
      let pushed: string | undefined;
      const { number, headSha } = await github.openPullRequest({
        ...removesTheFlag(),
        title: `Moves before ${name}`,
      });
      const moved = settings(FLAG).replace("DEBUG = False\n", "DEBUG = False\n# moved\n# down\n");
      github.faults.beforeRequest = async (request) => {
        if (!chosen(request) || pushed !== undefined) return undefined;
        pushed = await github.push(number, { files: { "shop/settings.py": moved } });
        await github.delivered();
        return undefined;
      };
      await github.waitUntil("a push", () => pushed !== undefined);
      const check = await github.waitForCheck(number, (run) => run.headSha === pushed);
      expect(check.conclusion).toBe("failure");
      await github.waitUntil("the end of the old check", () =>
        github.checkRuns(headSha).every(({ status }) => status === "completed"),
      );
      expect(github.checkRuns(pushed!)).toHaveLength(1);
      expect(botComments(github, number)).toHaveLength(1);
      expect(botComments(github, number)[0]!.minimized).toBeUndefined();
    },
  );

  it("ends the check of the old head as cancelled, and names the new one", async () => {
    const { github } = talk;
    const title = "Superseded";
    let after: string | undefined;
    github.faults.beforeRequest = async ({ path }) => {
      if (!path.endsWith("/reviews") || after !== undefined) return undefined;
      after = await github.push(number, { files: { "shop/settings.py": settings() } });
      await github.delivered();
      return undefined;
    };
    const { number, headSha } = await github.openPullRequest({ ...removesTheFlag(), title });
    await github.waitUntil("a push", () => after !== undefined);
    const check = await github.waitForCheck(number, (run) => run.headSha === after);
    expect(check.conclusion).toBe("success");
    await github.waitUntil("the end of the old check", () =>
      github.checkRuns(headSha).every(({ status }) => status === "completed"),
    );
    const [old] = github.checkRuns(headSha);
    expect(old!.conclusion).toBe("cancelled");
    expect(`${old!.title} ${old!.summary}`).toContain(after!.slice(0, 7));
  });

  it("of more commits than GitHub tells of leaves no check open either", async () => {
    const { github } = talk;
    let after: string | undefined;
    github.faults.beforeRequest = async ({ path }) => {
      if (after !== undefined || !path.endsWith("/reviews")) return undefined;
      after = github.forge.store.pullRequests.at(-1)!.headSha;
      for (let index = 0; index < 25; index++) {
        after = await github.forge.repository.commit({
          ref: "refs/heads/many",
          parent: after,
          files: { "shop/count.txt": `${index}\n` },
          message: `Count to ${index}`,
          author: "maria",
          at: new Date(),
        });
      }
      await github.push(number, { to: after });
      await github.delivered();
      return undefined;
    };
    const { number, headSha } = await github.openPullRequest({
      ...removesTheFlag(),
      title: "Many commits",
    });
    await github.waitUntil("a push", () => github.pullRequest(number).headSha !== headSha);
    await talk.settled();
    expect(github.checkRuns(after!)).toMatchObject([{ conclusion: "failure" }]);
    expect(github.checkRuns(headSha).map(({ conclusion }) => conclusion)).toEqual(["cancelled"]);
  });
});

describe("a push that brings a finding back while its comment is called resolved", () => {
  it.each<readonly [string, (request: RequestRecord) => boolean]>([
    ["before it is rewritten", ({ path }) => /\/pulls\/comments\/\d+$/.test(path)],
    ["before it is hidden", ({ body }) => body.includes("minimizeComment")],
    [
      "before the check completes",
      ({ method, path }) => method === "PATCH" && path.includes("check-runs"),
    ],
  ])("%s leaves the comment in sight", async (when, chosen) => {
    const { github } = talk;
    const { number } = await github.openPullRequest({
      ...removesTheFlag(),
      title: `Comes back ${when}`,
    });
    await github.waitForCheck(number);
    let back: string | undefined;
    github.faults.beforeRequest = async (request) => {
      if (!chosen(request) || back !== undefined) return undefined;
      back = await github.push(number, { files: { "shop/settings.py": settings(FLAG) } });
      await github.delivered();
      return undefined;
    };
    await github.push(number, { files: { "shop/settings.py": settings() } });
    await github.waitUntil("a push", () => back !== undefined);
    await github.waitForCheck(number, (run) => run.headSha === back);
    await talk.settled();
    const [comment] = botComments(github, number);
    expect(comment?.body).toContain('"state":"live"');
    expect(comment?.minimized).toBeUndefined();
  });
});
