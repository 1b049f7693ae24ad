import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CheckRunRecord } from "../../src/simulator/platform/store.js";
import { type Conversation, removesTheFlag, startConversation } from "./conversation.js";

let talk: Conversation;
beforeEach(async () => {
  talk = await startConversation();
});
afterEach(() => talk.end());

const PATH = ".github/cyclekey.yml";

/** The check of a pull request that takes the flag away, from a repository configured so. */
async function review(configuration: string | undefined, head = {}): Promise<CheckRunRecord> {
  const { github } = talk;
  const pull = removesTheFlag(head);
  const configured = configuration === undefined ? {} : { [PATH]: configuration };
  await github.openPullRequest({ ...pull, base: { ...pull.base, ...configured } });
  const run = await github.waitForCheck(1);
  await talk.finish();
  return run;
}

describe("the configuration", () => {
  it("of the default branch is obeyed", async () => {
    const run = await review("rules:\n  insecure-session-cookie: off\n");
    expect(run.conclusion).toBe("success");
    expect(talk.github.reviewComments(1)).toEqual([]);
  });

  it("that the pull request brings itself has no effect, and the check says so", async () => {
    const run = await review(undefined, { [PATH]: "fail-on: never\n" });
    expect(run.conclusion).toBe("failure");
    expect(run.summary).toMatch(/takes? effect/);
  });

  it("of the branch that the pull request goes into has no effect", async () => {
    const { github } = talk;
    const pull = removesTheFlag();
    await github.commitTo("main", pull.base);
    await github.openPullRequest({
      ...pull,
      baseBranch: "release",
      base: { ...pull.base, [PATH]: "fail-on: never\n" },
    });
    expect((await github.waitForCheck(1)).conclusion).toBe("failure");
  });

  it("with a mistake is not used, and the check says where it is", async () => {
    const run = await review("fail-on: never\nfial-on: warning\n");
    expect(run.conclusion).toBe("failure");
    expect(run.summary).toContain("line 2");
  });

  it("of the organisation holds where the repository says nothing else", async () => {
    const { github } = talk;
    const organisation = await github.addRepository("acme/.github");
    await organisation.commitTo("main", { [PATH]: "fail-on: never\n" });
    expect((await review(undefined)).conclusion).not.toBe("failure");
  });

  it("of the repository goes before that of the organisation", async () => {
    const { github } = talk;
    const organisation = await github.addRepository("acme/.github");
    await organisation.commitTo("main", { [PATH]: "fail-on: never\n" });
    expect((await review("fail-on: warning\n")).conclusion).toBe("failure");
  });
});
