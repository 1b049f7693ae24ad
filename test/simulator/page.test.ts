import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderMarkdown } from "../../src/simulator/page/markdown.js";
import { readSuggestion, replaceLines } from "../../src/simulator/reviews/suggestions.js";
import { createGitHub, type GitHubWorld } from "../../src/simulator/world.js";
import { at, createApiClient } from "./api-client.js";

let world: GitHubWorld;
let comment: number;

const BODY = [
  "**Error: <b>bold</b> title**",
  "",
  "```suggestion",
  "x = 3",
  "```",
  "",
  "<details><summary>How to verify</summary>",
  "",
  "Steps.",
  "",
  "</details>",
  "<script>alert(1)</script><img src=x onerror=alert(2)>",
  "<!-- hidden -->",
].join("\n");

beforeAll(async () => {
  world = await createGitHub();
  const api = createApiClient(world);
  world.setPermission("eve", "read");
  const { headSha } = await world.openPullRequest({
    title: "Change <x>",
    author: "maria",
    base: { "a.py": "x = 1\ny = 1\n" },
    head: { "a.py": "x = 2\ny = 1\n" },
  });
  const comments = [{ path: "a.py", line: 1, side: "RIGHT", body: BODY }];
  await api.send("POST", at("/pulls/1/reviews"), { event: "COMMENT", comments });
  await api.send("POST", at("/check-runs"), {
    name: "cyclekey",
    head_sha: headSha,
    conclusion: "failure",
    output: { title: "1 error", summary: "### Errors\n- one" },
  });
  comment = world.reviewComments(1)[0]!.id;
});
afterAll(() => world.close());

async function page(path: string): Promise<string> {
  const response = await fetch(`${world.url}${path}`);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  return response.text();
}

function post(path: string, form: Record<string, string> = {}, headers: HeadersInit = {}) {
  const body = new URLSearchParams(form);
  return fetch(`${world.url}${path}`, { method: "POST", body, headers, redirect: "manual" });
}

describe("the page of a pull request", () => {
  it("shows title, comment and suggestion, and lets no script through", async () => {
    for (const path of ["/pull/1", "/pull/1/files"]) {
      const html = await page(path);
      expect(html).toContain("Change &lt;x&gt;");
      expect(html).toContain("<summary>How to verify</summary>");
      expect(html).toContain("Commit suggestion</button>");
      expect(html).not.toMatch(/<script>|onerror|<img|<!-- hidden/);
    }
  });

  it("shows the check with its summary", async () => {
    const html = await page("/pull/1/checks");
    expect(html).toContain("1 error");
    expect(html).toContain("<h3>Errors</h3>");
    expect(html).toContain('aria-label="Failure"');
  });

  it("offers a re-run only to Apps that hear of it", async () => {
    const hears = world.app.events.includes("check_run");
    expect((await page("/pull/1/checks")).includes("Re-run</button>")).toBe(hears);
  });

  it("refuses buttons of other sites", async () => {
    const path = `/pull/1/suggestions/${comment}`;
    const answer = await post(path, {}, { "sec-fetch-site": "cross-site" });
    expect(answer.status).toBe(403);
  });

  it("takes a comment, as the author unless told otherwise", async () => {
    expect((await post("/pull/1/comments", { body: "/rescan" })).status).toBe(303);
    await post("/pull/1/comments", { body: "me too", author: "eve" });
    const logins = world.forge.store.issueComments.map((one) => one.author.login);
    expect(logins).toEqual(["maria", "eve"]);
    expect((await post("/pull/1/comments", { body: " " })).status).toBe(422);
  });

  it("tells open pages that something changed", async () => {
    const stop = new AbortController();
    const response = await fetch(`${world.url}/events`, { signal: stop.signal });
    const reader = response.body!.getReader();
    await reader.read();
    world.comment(1, "maria", "Hello.");
    const { value } = await reader.read();
    expect(Buffer.from(value!).toString()).toContain("event: changed");
    stop.abort();
  });

  it("commits a suggestion once, and folds what was minimised", async () => {
    const path = `/pull/1/suggestions/${comment}`;
    expect((await post(path)).status).toBe(303);
    const { headSha } = world.pullRequest(1);
    const text = await world.forge.repository.blob(`${headSha}:a.py`);
    expect(text.toString()).toBe("x = 3\ny = 1\n");
    const again = await post(path);
    expect([again.status, await again.text()]).toEqual([
      422,
      "This suggestion has been applied or marked resolved.",
    ]);
    world.reviewComments(1)[0]!.minimized = "resolved";
    expect(await page("/pull/1")).toContain("This comment was marked as resolved.");
  });

  it("is not there for a pull request that is not there", async () => {
    expect((await fetch(`${world.url}/pull/99`)).status).toBe(404);
  });
});

describe("what can be done on the page", () => {
  it("changes the base branch, and says so in the conversation", async () => {
    await world.commitTo("release", { "b.txt": "b\n" });
    expect(await page("/pull/1")).toContain('value="release"');
    expect((await post("/pull/1/retarget", { base: "release" })).status).toBe(303);
    expect(world.pullRequest(1).baseRef).toBe("release");
    expect(await page("/pull/1")).toContain("changed the base branch from");
    await post("/pull/1/retarget", { base: "main" });
  });

  it("pushes the fix that the author has ready, once", async () => {
    const { number } = await world.openPullRequest({
      title: "With a fix",
      author: "maria",
      head: { "a.py": "x = 7\n" },
      fix: { "a.py": "x = 8\n" },
    });
    expect(await page(`/pull/${number}`)).toContain("Push the fix</button>");
    expect((await post(`/pull/${number}/fix`)).status).toBe(303);
    const { headSha } = world.pullRequest(number);
    expect((await world.forge.repository.blob(`${headSha}:a.py`)).toString()).toBe("x = 8\n");
    expect(await page(`/pull/${number}`)).not.toContain("Push the fix</button>");
    expect((await post(`/pull/${number}/fix`)).status).toBe(422);
  });

  it("replies in a thread and resolves it", async () => {
    const path = `/pull/1/replies/${comment}`;
    expect((await post(path, { body: "/accept known", author: "priya" })).status).toBe(303);
    expect(world.reviewComments(1).at(-1)).toMatchObject({
      inReplyTo: comment,
      author: { login: "priya" },
      body: "/accept known",
    });
    await post(`/pull/1/resolve/${comment}`, { author: "priya" });
    expect(await page("/pull/1")).toContain("marked this conversation as resolved");
    await post(`/pull/1/resolve/${comment}`);
    expect(await page("/pull/1")).not.toContain("marked this conversation as resolved");
  });

  it("queues what has passed, shows the group's check, and takes it back", async () => {
    const api = createApiClient(world);
    const { number, headSha } = await world.openPullRequest({
      title: "To be queued",
      author: "maria",
      head: { "q.py": "q = 1\n" },
    });
    expect(await page(`/pull/${number}`)).not.toContain("Merge when ready");
    world.requireCheck("main", world.app.id);
    expect(await page(`/pull/${number}`)).toMatch(/disabled>Merge when ready/);
    const output = { title: "Nothing found", summary: "S" };
    const run = { name: "cyclekey", conclusion: "success", output };
    await api.send("POST", at("/check-runs"), { ...run, head_sha: headSha });
    expect(await page(`/pull/${number}`)).toMatch(/primary">Merge when ready/);
    expect((await post(`/pull/${number}/enqueue`)).status).toBe(303);
    expect(await page(`/pull/${number}`)).toContain("Queued to merge…");
    expect((await post(`/pull/${number}/dequeue`)).status).toBe(303);
    expect(await page(`/pull/${number}`)).toContain("from the merge queue");
    await post(`/pull/${number}/enqueue`);
    const group = world.forge.store.queue.at(-1)!.headSha;
    await api.send("POST", at("/check-runs"), { ...run, head_sha: group });
    await world.waitUntil("the merge", () => world.pullRequest(number).mergedAt !== undefined);
    expect(await page(`/pull/${number}`)).toContain("successfully merged");
  });

  it("names who edited a comment of somebody else", async () => {
    world.editReviewComment(world.reviewComments(1)[0]!, "Nothing to see.", "eve");
    expect(await page("/pull/1")).toContain("edited by eve");
  });
});

describe("a suggestion", () => {
  it("is the block between its fences, however long they are", () => {
    expect(readSuggestion("text\n````suggestion\na\n```\nb\n````\n")).toEqual(["a", "```", "b"]);
    expect(readSuggestion("```suggestion\n```")).toEqual([]);
    expect(readSuggestion("```suggestion\n\n```")).toEqual([""]);
    expect(readSuggestion("```python\nx\n```")).toBeUndefined();
  });

  it("replaces its lines and keeps line endings and a missing last newline", () => {
    expect(replaceLines("a\nb\nc\n", 2, 2, ["x", "y"])).toBe("a\nx\ny\nc\n");
    expect(replaceLines("a\r\nb\r\n", 1, 1, [])).toBe("b\r\n");
    expect(replaceLines("a\nb", 2, 2, ["c"])).toBe("a\nc");
  });
});

describe("Markdown", () => {
  it("keeps GitHub's subset and drops the rest", () => {
    const { html } = renderMarkdown("a <kbd>k</kbd> [x](javascript:alert(1)) <style>p{}</style>");
    expect(html).toBe("<p>a <kbd>k</kbd> [x](javascript:alert(1)) </p>\n");
  });
});
