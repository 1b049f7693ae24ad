import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Files } from "../../src/simulator/git/repository.js";
import type { CheckRunRecord } from "../../src/simulator/platform/store.js";
import { type Conversation, FLAG, settings, startConversation } from "./conversation.js";

let talk: Conversation;
beforeEach(async () => {
  talk = await startConversation();
});
afterEach(() => talk.end());

const SETTINGS = "shop/settings.py";
const SAFE: Files = { [SETTINGS]: settings(), "shop/other.py": "A = 1\n" };
const WEAK: Files = { [SETTINGS]: settings(FLAG) };

async function review(head: Files, base: Files = SAFE): Promise<CheckRunRecord> {
  const { github } = talk;
  await github.openPullRequest({ title: "Something", author: "maria", base, head });
  return await github.waitForCheck(1);
}

describe("a weakened line fails the check", () => {
  it("when a long diff before it leaves no patch for it", async () => {
    const padding = Array.from({ length: 15 }, (_, file) => [
      `data/${String(file).padStart(2, "0")}.txt`,
      "x\n".repeat(1_900),
    ]);
    const run = await review({ ...Object.fromEntries(padding), ...WEAK });
    expect(run.conclusion).toBe("failure");
    expect(run.summary).toContain("SESSION_COOKIE_SECURE");
    // GitHub shows no diff of it, so it takes no comment there.
    expect(talk.github.reviewComments(1)).toEqual([]);
    expect(run.summary).toContain("GitHub took no comment there");
  });

  it("when the repository's attributes hide its diff", async () => {
    const run = await review({ ...WEAK, ".gitattributes": "*.py -diff\n" });
    expect(run.conclusion).toBe("failure");
    expect(run.summary).toContain("SESSION_COOKIE_SECURE");
  });

  it("when the file moves at the same time", async () => {
    const run = await review({ [SETTINGS]: null, "site/settings.py": settings(FLAG) });
    expect(run.conclusion).toBe("failure");
    expect(run.summary).toContain("SESSION_COOKIE_SECURE");
  });
});

describe("what cannot be read fails the check and is named", () => {
  it.each([
    ["a link", { symlink: "../elsewhere.py" }],
    [
      "a pointer of Git LFS",
      `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 1\n`,
    ],
    ["a file too large", `${settings(FLAG)}${"# x\n".repeat(150_000)}`],
    ["bytes that are no text", new Uint8Array([0, 1, 2, 255, 0, 13])],
  ])("%s", async (_, content) => {
    const run = await review({ [SETTINGS]: content });
    expect(run.conclusion).toBe("failure");
    expect(run.summary).toContain(SETTINGS);
  });
});

describe("what changes nothing passes", () => {
  it("such as a move", async () => {
    const run = await review({ [SETTINGS]: null, "site/settings.py": settings() });
    expect(run.conclusion).not.toBe("failure");
  });
});
