import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ApiError } from "../../src/simulator/platform/errors.js";
import type { ReviewCommentRecord } from "../../src/simulator/platform/store.js";
import { createGitHub, type GitHubWorld } from "../../src/simulator/world.js";

let world: GitHubWorld;
beforeAll(async () => {
  world = await createGitHub();
});
afterAll(() => world.close());

const BASE = "a = 1\nb = 1\nc = 1\n";

const CHANGED = "a = 1\nb = 2\nc = 1\n";

async function suggest(more: Partial<ReviewCommentRecord> = {}, head = CHANGED) {
  const { number } = await world.openPullRequest({
    title: `Change ${world.forge.store.pullRequests.length}`,
    author: "maria",
    base: { "a.py": BASE },
    head: { "a.py": head },
  });
  const comment = await world.remark(number, "jonas", {
    path: "a.py",
    side: "RIGHT",
    line: 2,
    startLine: undefined,
    startSide: undefined,
    body: "```suggestion\nb = 3\nb2 = 3\n```",
    ...more,
  });
  return { number, comment };
}

async function refusal(comment: ReviewCommentRecord): Promise<unknown> {
  try {
    await world.commitSuggestion(comment);
    return "committed";
  } catch (error) {
    return error instanceof ApiError ? error.errors?.[0] : error;
  }
}

describe("committing a suggestion", () => {
  it("replaces the lines where they stand now", async () => {
    const { number, comment } = await suggest();
    await world.push(number, { files: { "a.py": "# new\na = 1\nb = 2\nc = 1\n" } });
    const sha = await world.commitSuggestion(comment, "jonas");
    const text = await world.forge.repository.blob(`${sha}:a.py`);
    expect(text.toString()).toBe("# new\na = 1\nb = 3\nb2 = 3\nc = 1\n");
    const author = await world.forge.repository.git("log", "-1", "--format=%an", sha);
    expect(author.toString()).toBe("jonas\n");
  });

  it("replaces a whole range", async () => {
    const range = { startLine: 1, startSide: "RIGHT", line: 3 } as const;
    const { comment } = await suggest(range, "a = 1\nnew = 1\nb = 1\nc = 1\n");
    const sha = await world.commitSuggestion(comment);
    const text = await world.forge.repository.blob(`${sha}:a.py`);
    expect(text.toString()).toBe("b = 3\nb2 = 3\nc = 1\n");
  });

  it("is refused where GitHub refuses it, in its words", async () => {
    const left = await suggest({ side: "LEFT" });
    expect(await refusal(left.comment)).toBe(
      "Applying suggestions on deleted lines is not supported.",
    );
    const across = await suggest({ startLine: 1, startSide: "RIGHT", line: 3 });
    expect(await refusal(across.comment)).toBe(
      "Applying suggestions on deleted lines is not supported.",
    );
    const same = await suggest({ body: "```suggestion\nb = 2\n```" });
    expect(await refusal(same.comment)).toBe(
      "This suggestion is invalid because no changes were made to the code.",
    );
    const outdated = await suggest();
    await world.push(outdated.number, { files: { "a.py": "a = 1\nb = 9\nc = 1\n" } });
    expect(await refusal(outdated.comment)).toBe("Outdated suggestions cannot be applied.");
    const closed = await suggest();
    world.closePullRequest(closed.number);
    expect(await refusal(closed.comment)).toBe(
      "Suggestions cannot be applied while the pull request is closed.",
    );
  });
});
