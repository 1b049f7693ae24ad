import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Files } from "../../src/simulator/git/repository.js";
import { first } from "../../src/simulator/platform/faults.js";
import type { RequestRecord } from "../../src/simulator/platform/request-log.js";
import type { CheckRunRecord, ReviewCommentRecord } from "../../src/simulator/platform/store.js";
import {
  botComments,
  type Conversation,
  FLAG,
  removesTheFlag,
  settings,
  startConversation,
} from "./conversation.js";

let talk: Conversation;
beforeEach(async () => {
  talk = await startConversation();
  talk.github.setPermission("maria", "write");
  talk.github.setPermission("priya", "write");
});
afterEach(() => talk.end());

const SETTINGS = "shop/settings.py";
const HTTP_ONLY = "SESSION_COOKIE_HTTPONLY = True";
const CONFIGURATION = ".github/cyclekey.yml";

/** The one run of ours on the head, once everything is done. */
async function verdict(number = 1): Promise<CheckRunRecord> {
  await talk.settled();
  const { github } = talk;
  const runs = github.checkRuns(github.pullRequest(number).headSha);
  expect(runs.map(({ status }) => status)).toEqual(["completed"]);
  return runs[0]!;
}

async function expectVerdict(conclusion: string, number = 1): Promise<void> {
  expect(await verdict(number)).toMatchObject({ conclusion });
}

const comments = (number = 1): readonly ReviewCommentRecord[] => botComments(talk.github, number);
const isLive = ({ body, minimized }: ReviewCommentRecord) =>
  minimized === undefined && body.includes('"state":"live"');
const live = (number = 1) => comments(number).filter(isLive);

async function push(files: Files): Promise<string> {
  const head = await talk.github.push(1, { files });
  await talk.settled();
  return head;
}

describe("a head that is set back to a commit which it had before", () => {
  it("has the verdict and the comment of that commit again", async () => {
    const { github } = talk;
    const { headSha } = await github.openPullRequest(removesTheFlag());
    await expectVerdict("failure");
    await push({ [SETTINGS]: settings() });
    await expectVerdict("success");
    expect(live()).toEqual([]);
    await github.resetTo(1, headSha);
    await expectVerdict("failure");
    expect(comments()).toHaveLength(1);
    expect(live()).toHaveLength(1);
  });

  it("has it also when the first review of that commit was cancelled", async () => {
    const { github } = talk;
    let back: string | undefined;
    github.faults.beforeRequest = async ({ path }) => {
      if (!path.endsWith("/reviews") || back !== undefined) return undefined;
      back = github.pullRequest(1).headSha;
      await github.push(1, { files: { [SETTINGS]: settings() } });
      await github.delivered();
      return undefined;
    };
    await github.openPullRequest(removesTheFlag());
    await expectVerdict("success");
    expect(github.checkRuns(back!)[0]).toMatchObject({ conclusion: "cancelled" });
    await github.resetTo(1, back!);
    await expectVerdict("failure");
    expect(live()).toHaveLength(1);
  });
});

describe("a repository that gets another name in the middle of a review", () => {
  const isFirst: Readonly<Record<string, (request: RequestRecord) => boolean>> = {
    "the list of files": ({ path }) => path.endsWith("/files"),
    "the query": ({ path }) => path === "/graphql",
    "the review": ({ path }) => path.endsWith("/reviews"),
    "the end of the check": ({ method }) => method === "PATCH",
  };

  it.each(Object.keys(isFirst))("before %s is reviewed under it", async (name) => {
    const { github } = talk;
    let renamed = false;
    github.faults.beforeRequest = (request) => {
      if (renamed || !isFirst[name]!(request)) return undefined;
      renamed = true;
      github.rename("boutique");
      return undefined;
    };
    await github.openPullRequest(removesTheFlag());
    await expectVerdict("failure");
    expect(renamed).toBe(true);
    expect(comments()).toHaveLength(1);
    await push({ [SETTINGS]: settings() });
    await expectVerdict("success");
    expect(comments().map(({ minimized }) => minimized)).toEqual(["resolved"]);
  });
});

describe("a base branch", () => {
  it("that is the default one and gets another name keeps what was said and decided", async () => {
    const { github } = talk;
    await github.commitTo("main", {
      ...removesTheFlag().base,
      [CONFIGURATION]: "fail-on: never\n",
    });
    await github.openPullRequest(removesTheFlag());
    await expectVerdict("neutral");
    await github.renameBranch("main", "trunk");
    await expectVerdict("neutral");
    await push({ "shop/text.py": "GREETING = 'hi'\n" });
    await expectVerdict("neutral");
    expect(github.pullRequest(1).baseRef).toBe("trunk");
    expect(comments()).toHaveLength(1);
    expect(live()).toHaveLength(1);
  });

  it("that is deleted in the middle of a review leaves no check open", async () => {
    const { github } = talk;
    await github.commitTo("main", removesTheFlag().base);
    let deleted = false;
    github.faults.beforeRequest = async ({ path }) => {
      if (deleted || !path.endsWith("/reviews")) return undefined;
      deleted = true;
      await github.deleteBranch("release");
      return undefined;
    };
    const { headSha } = await github.openPullRequest({
      ...removesTheFlag(),
      baseBranch: "release",
    });
    await talk.settled();
    expect(deleted).toBe(true);
    expect(github.checkRuns(headSha).map(({ status }) => status)).toEqual(["completed"]);
  });
});

describe("a comment of ours", () => {
  beforeEach(async () => {
    await talk.github.openPullRequest(removesTheFlag());
    await expectVerdict("failure");
  });

  it("that a person deleted stands again after the next push, since the check still fails", async () => {
    const { github } = talk;
    github.deleteComment(comments()[0]!, "priya");
    await push({ "shop/text.py": "GREETING = 'hi'\n" });
    await expectVerdict("failure");
    expect(live()).toHaveLength(1);
    await push({ "shop/text.py": "GREETING = 'hey'\n" });
    expect(comments()).toHaveLength(1);
  });

  it("that a person deletes while it is edited keeps no check open", async () => {
    const { github } = talk;
    github.faults.beforeRequest = first({ status: 404, body: { message: "Not Found" } }, (one) =>
      /\/pulls\/comments\/\d+$/.test(one.path),
    );
    await push({ [SETTINGS]: settings() });
    await expectVerdict("success");
    // The next job finds it as it was, and writes what is missing.
    await push({ "shop/text.py": "GREETING = 'hey'\n" });
    expect(comments()).toHaveLength(1);
    expect(comments()[0]!.body).toContain("Resolved in");
    expect(github.checkRuns(github.pullRequest(1).headSha)).toHaveLength(1);
  });

  it("whose thread a person resolved is not repeated, and speaks in its place when the finding returns", async () => {
    const { github } = talk;
    github.setResolved(comments()[0]!, true, "priya");
    await push({ "shop/text.py": "GREETING = 'hi'\n" });
    await expectVerdict("failure");
    await push({ [SETTINGS]: settings() });
    await expectVerdict("success");
    await push({ [SETTINGS]: settings(FLAG) });
    await expectVerdict("failure");
    expect(comments()).toHaveLength(1);
    expect(live()).toHaveLength(1);
    expect(github.forge.store.threads).toMatchObject([{ resolved: true }]);
  });

  it("that a person wrote over is written once more, not at every push", async () => {
    const { github } = talk;
    github.editReviewComment(comments()[0]!, "We know.", "priya");
    await push({ "shop/text.py": "GREETING = 'hi'\n" });
    await push({ "shop/text.py": "GREETING = 'hey'\n" });
    await expectVerdict("failure");
    expect(comments().map(({ body }) => body === "We know.")).toEqual([true, false]);
  });

  it("lives through a move of its file in a later push, with what was accepted", async () => {
    const { github } = talk;
    const moved = "shop/config/settings.py";
    await push({ [SETTINGS]: null, [moved]: settings(FLAG) });
    await expectVerdict("failure");
    expect(comments()).toHaveLength(1);
    expect(live()).toHaveLength(1);
    github.reply(comments()[0]!, "priya", "/accept the proxy does it");
    await talk.settled();
    await push({ [moved]: null, [SETTINGS]: settings(FLAG, "USE_TZ = True") });
    expect((await verdict()).conclusion).not.toBe("failure");
    expect(comments()).toHaveLength(1);
  });

  it.each([
    ["cannot be parsed", `${settings(FLAG)}\nif (:\n`],
    ["is not UTF-8", Buffer.from(`${settings(FLAG)}# caf\u00e9\n`, "latin1")],
  ])("is not called resolved when its file moves and %s", async (_, text) => {
    await push({ [SETTINGS]: null, "shop/config/settings.py": text });
    await expectVerdict("failure");
    expect(live()).toHaveLength(1);
  });

  it("stays when the pull request becomes a draft, which gets no new one until it is ready", async () => {
    const { github } = talk;
    github.convertToDraft(1);
    await push({
      [SETTINGS]: settings(FLAG, HTTP_ONLY).concat("SESSION_COOKIE_HTTPONLY = False\n"),
    });
    await expectVerdict("failure");
    expect(comments()).toHaveLength(1);
    expect(live()).toHaveLength(1);
    github.markReady(1);
    await expectVerdict("failure");
    expect(live()).toHaveLength(2);
  });

  it("that may not be hidden or edited any more keeps no check from being completed", async () => {
    const { github } = talk;
    const denied = { status: 403, body: { message: "Resource not accessible by integration" } };
    github.faults.beforeRequest = ({ path, body }) =>
      body.includes("minimizeComment") || /\/pulls\/comments\/\d+$/.test(path) ? denied : undefined;
    await push({ [SETTINGS]: settings() });
    await expectVerdict("success");
  });
});

describe("an acceptance", () => {
  async function accept(): Promise<void> {
    const { github } = talk;
    await github.openPullRequest(removesTheFlag());
    await expectVerdict("failure");
    const said = github.reply(comments()[0]!, "priya", "/accept the proxy does it");
    await talk.settled();
    expect(said.reactions.map(({ content }) => content)).toEqual(["eyes", "rocket"]);
    expect((await verdict()).conclusion).not.toBe("failure");
  }

  it("holds when the lines around what was accepted move", async () => {
    await accept();
    await push({ [SETTINGS]: settings(FLAG).replace("DEBUG = False\n", "DEBUG = False\n\n# x\n") });
    expect((await verdict()).conclusion).not.toBe("failure");
    expect(comments()).toHaveLength(1);
  });

  it("ends when the owners decide that the finding is graver than was accepted", async () => {
    const { github } = talk;
    await github.commitTo("main", {
      ...removesTheFlag().base,
      [CONFIGURATION]: "rules:\n  insecure-session-cookie: warning\nfail-on: warning\n",
    });
    await accept();
    await github.commitTo("main", { [CONFIGURATION]: "fail-on: warning\n" });
    await push({ "shop/text.py": "GREETING = 'hi'\n" });
    await expectVerdict("failure");
    expect(live()[0]?.body).toContain("after it was accepted");
  });
});

describe("a configuration that becomes invalid on the default branch", () => {
  it("counts no more from the next review on, and the check says why", async () => {
    const { github } = talk;
    await github.commitTo("main", {
      ...removesTheFlag().base,
      [CONFIGURATION]: "fail-on: never\n",
    });
    await github.openPullRequest(removesTheFlag());
    await expectVerdict("neutral");
    await github.commitTo("main", { [CONFIGURATION]: "fail-on: [never\n" });
    await push({ "shop/text.py": "GREETING = 'hi'\n" });
    const run = await verdict();
    expect(run.conclusion).toBe("failure");
    expect(run.summary).toContain("line ");
  });
});

describe("more findings than comments", () => {
  it("leave room for the others when some are fixed", async () => {
    const { github } = talk;
    await github.commitTo("main", {
      ...removesTheFlag().base,
      [CONFIGURATION]: "comments:\n  max: 1\n",
    });
    const off = (name: string) => `SESSION_COOKIE_${name} = False\n`;
    await github.openPullRequest({
      ...removesTheFlag(),
      head: {
        [SETTINGS]: `${settings(FLAG, HTTP_ONLY)}\n\n\n${off("SECURE")}\n\n\n${off("HTTPONLY")}`,
      },
    });
    await expectVerdict("failure");
    expect(live()).toHaveLength(1);
    const [before] = live();
    const fixed = before!.body.includes("HTTPONLY") ? FLAG : HTTP_ONLY;
    const kept = fixed === FLAG ? "SECURE" : "HTTPONLY";
    await push({ [SETTINGS]: `${settings(fixed)}\n\n\n${off(kept)}` });
    await expectVerdict("failure");
    expect(live()).toHaveLength(1);
    expect(live()[0]!.id).not.toBe(before!.id);
  });
});
