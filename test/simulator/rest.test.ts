import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createGitHub, type GitHubWorld } from "../../src/simulator/world.js";
import { type ApiClient, at, createApiClient } from "./api-client.js";

const LINES = Array.from({ length: 40 }, (_, index) => `value_${index + 1} = ${index + 1}\n`);
const BEFORE = LINES.join("");
const AFTER = LINES.map((line, index) => (index === 9 ? "value_10 = True\n" : line))
  .filter((_, index) => index !== 29)
  .join("");

let world: GitHubWorld;
let api: ApiClient;
let headSha: string;

beforeAll(async () => {
  world = await createGitHub();
  api = createApiClient(world);
  const pull = await world.openPullRequest({
    title: "Change two places",
    author: "maria",
    base: { "app/values.py": BEFORE },
    head: { "app/values.py": AFTER, "logo.png": Buffer.from([0, 1, 2]) },
  });
  headSha = pull.headSha;
});
afterAll(() => world.close());

describe("credentials", () => {
  it("exchanges a JWT that the App's key signed for a token of one hour", async () => {
    const path = `/app/installations/${world.installation.id}/access_tokens`;
    const { status, body } = await api.send("POST", path, {}, api.jwt());
    expect(status).toBe(201);
    const minutes = (Date.parse(body.expires_at) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(59);
    expect(minutes).toBeLessThanOrEqual(60);
    expect(body.permissions).toEqual(world.app.permissions);
  });

  it("refuses a JWT of another key, one that lives too long, and an unknown token", async () => {
    const path = `/app/installations/${world.installation.id}/access_tokens`;
    const stranger = world.installAnotherApp({ id: 77, slug: "stranger" });
    const forged = createApiClient(world, { ...world, privateKey: stranger.privateKey }).jwt();
    const lasting = api.jwt({ exp: Math.floor(Date.now() / 1000) + 3600 });
    expect((await api.send("POST", path, {}, forged)).status).toBe(401);
    expect((await api.send("POST", path, {}, lasting)).status).toBe(401);
    const answer = await api.send("GET", at("/pulls/1"), undefined, "ghs_unknown");
    expect(answer.status).toBe(401);
    expect(answer.body.message).toBe("Bad credentials");
  });

  it("refuses requests without a User-Agent, as GitHub does", async () => {
    const { request } = await import("node:http");
    const status = await new Promise((resolve) => {
      request(`${world.url}/api/v3/app`, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end();
    });
    expect(status).toBe(403);
  });

  it("answers 404 for a repository outside the installation", async () => {
    expect((await api.send("GET", "/repos/acme/other/pulls/1")).status).toBe(404);
  });

  it("says which permission is missing", async () => {
    const reader = world.installAnotherApp({
      id: 78,
      slug: "reader",
      permissions: { metadata: "read", pull_requests: "read" },
    });
    const other = createApiClient(world, reader);
    const answer = await other.send("POST", at("/pulls/1/reviews"), { event: "COMMENT" });
    expect(answer.status).toBe(403);
    expect(answer.body.message).toBe("Resource not accessible by integration");
    expect(answer.headers.get("x-accepted-github-permissions")).toBe("pull_requests=write");
    expect((await other.send("GET", at("/contents/app%2Fvalues.py"))).status).toBe(403);
  });
});

describe("pull requests", () => {
  it("lists files with patch, blob and an address that names the head", async () => {
    const { body, headers } = await api.send("GET", at("/pulls/1/files?per_page=100"));
    expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(headers.get("x-ratelimit-remaining")).toMatch(/^\d+$/);
    expect(headers.get("x-github-request-id")).toBeTruthy();
    expect(body).toHaveLength(2);
    const [values, logo] = body;
    expect(values.patch).toMatch(/^@@ -7,7 \+7,7 @@/);
    expect(values.contents_url).toBe(
      `${world.url}/api/v3/repos/acme/shop/contents/app/values.py?ref=${headSha}`,
    );
    expect(values.sha).toBe(await world.forge.repository.resolve(`${headSha}:app/values.py`));
    expect("patch" in logo).toBe(false);
  });

  it("pages lists and links to the next page", async () => {
    const first = await api.send("GET", at("/pulls/1/files?per_page=1"));
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
    const second = await api.send("GET", next.slice(`${world.url}/api/v3`.length));
    expect([first.body[0].filename, second.body[0].filename]).toEqual([
      "app/values.py",
      "logo.png",
    ]);
    expect(second.headers.get("link")).toBeNull();
  });

  it("finds the merge base when the base branch moved on", async () => {
    const pull = await world.openPullRequest({
      title: "Another",
      author: "jonas",
      base: { "later.txt": "later\n" },
      head: { "mine.txt": "mine\n" },
    });
    const base = world.pullRequest(1).baseSha;
    const { body } = await api.send("GET", at(`/compare/${pull.baseSha}...${headSha}?per_page=1`));
    expect(body.merge_base_commit.sha).toBe(base);
  });

  it("gives contents in base64 or raw", async () => {
    const path = at(`/contents/app%2Fvalues.py?ref=${headSha}`);
    const { body } = await api.send("GET", path);
    expect(Buffer.from(body.content, "base64").toString()).toBe(AFTER);
    const blob = await api.send("GET", at(`/git/blobs/${body.sha}`));
    expect(Buffer.from(blob.body.content, "base64").toString()).toBe(AFTER);
  });
});

describe("reviews", () => {
  const review = (comments: readonly object[], more: object = {}) =>
    api.send("POST", at("/pulls/1/reviews"), {
      commit_id: headSha,
      event: "COMMENT",
      comments,
      ...more,
    });
  const onLine = (line: number, more: object = {}) => ({
    path: "app/values.py",
    body: "Look.",
    line,
    side: "RIGHT",
    ...more,
  });

  it("takes comments on context, added and deleted lines, and ranges inside a hunk", async () => {
    const { status } = await review([
      onLine(10),
      onLine(8),
      onLine(30, { side: "LEFT" }),
      onLine(12, { start_line: 9, start_side: "RIGHT" }),
    ]);
    expect(status).toBe(200);
    const { body } = await api.send("GET", at("/pulls/1/comments"));
    expect(body.map((comment: { line: number }) => comment.line)).toEqual([10, 8, 30, 12]);
    expect(body[0].user).toMatchObject({ login: "cyclekey[bot]", type: "Bot" });
  });

  it.each([
    ["a line outside every hunk", onLine(20), "Line could not be resolved"],
    ["a deleted line on the right", onLine(41), "Line could not be resolved"],
    ["an unknown path", onLine(10, { path: "other.py" }), "Path could not be resolved"],
    ["a file without a patch", onLine(1, { path: "logo.png" }), "Line could not be resolved"],
    [
      "a start that does not precede the end",
      onLine(10, { start_line: 10 }),
      "Pull request review thread start line must precede the end line.",
    ],
    [
      "a range over two hunks",
      onLine(29, { start_line: 10 }),
      "Pull request review thread start line must be part of the same hunk as the line.",
    ],
  ])("refuses the whole review for %s", async (_, comment, reason) => {
    const before = world.reviewComments(1).length;
    const { status, body } = await review([onLine(10), comment]);
    expect(status).toBe(422);
    expect(body).toMatchObject({
      message: "Unprocessable Entity",
      errors: [reason],
      status: "422",
    });
    expect(world.reviewComments(1)).toHaveLength(before);
  });

  it("takes 65,536 characters and not one more", async () => {
    expect((await review([onLine(10, { body: "x".repeat(65_536) })])).status).toBe(200);
    expect((await review([onLine(10, { body: "x".repeat(65_537) })])).status).toBe(422);
  });

  it("knows only commits of the pull request", async () => {
    const { status } = await review([onLine(10)], { commit_id: world.pullRequest(1).baseSha });
    expect(status).toBe(422);
  });

  it("keeps a pending review to itself and allows one at a time", async () => {
    const shown = (await api.send("GET", at("/pulls/1/comments?per_page=100"))).body.length;
    const pending = await review([onLine(10)], { event: undefined });
    expect(pending.body.state).toBe("PENDING");
    expect((await api.send("GET", at("/pulls/1/comments?per_page=100"))).body).toHaveLength(shown);
    expect((await review([onLine(10)])).body.errors).toEqual([
      "User can only have one pending review per pull request",
    ]);
    const { status } = await api.send("DELETE", at(`/pulls/1/reviews/${pending.body.id}`));
    expect(status).toBe(200);
    expect((await review([onLine(10)])).status).toBe(200);
  });

  it("lets an App edit its own comments only", async () => {
    const mine = world.reviewComments(1)[0]!;
    const human = await world.remark(1, "maria", {
      path: "app/values.py",
      side: "RIGHT",
      line: 10,
      startLine: undefined,
      startSide: undefined,
      body: "Mine.",
    });
    const patch = (id: number) =>
      api.send("PATCH", at(`/pulls/comments/${id}`), { body: "Edited." });
    expect((await patch(mine.id)).body.body).toBe("Edited.");
    expect((await patch(human.id)).status).toBe(403);
  });

  it("answers a reply in its thread", async () => {
    const top = world.reviewComments(1)[0]!;
    const { status, body } = await api.send("POST", at(`/pulls/1/comments/${top.id}/replies`), {
      body: "Yes.",
    });
    expect(status).toBe(201);
    expect(body.in_reply_to_id).toBe(top.id);
  });
});

describe("check runs", () => {
  const annotation = (line: number) => ({
    path: "app/values.py",
    start_line: line,
    end_line: line,
    annotation_level: "warning",
    message: "Look.",
  });
  const create = (output: object) =>
    api.send("POST", at("/check-runs"), {
      name: "cyclekey",
      head_sha: headSha,
      conclusion: "success",
      output: { title: "Title", summary: "Summary", ...output },
    });

  it("is completed by a conclusion and found by its commit", async () => {
    const { status, body } = await create({});
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: "completed", conclusion: "success" });
    const listed = await api.send("GET", at(`/commits/${headSha}/check-runs?check_name=cyclekey`));
    expect(listed.body).toMatchObject({ total_count: 1, check_runs: [{ id: body.id }] });
  });

  it("takes 50 annotations a request, and an update adds to them", async () => {
    const fifty = Array.from({ length: 50 }, (_, index) => annotation(index + 1));
    const refused = await create({ annotations: [...fifty, annotation(51)] });
    expect(refused.status).toBe(422);
    expect(refused.body.message).toBe(
      "Invalid request.\n\nNo more than 50 items are allowed; 51 were supplied.",
    );
    const { body } = await create({ annotations: fifty });
    const path = at(`/check-runs/${body.id}`);
    const output = { title: "T", summary: "S", annotations: [annotation(51)] };
    const updated = await api.send("PATCH", path, { output });
    expect(updated.body.output.annotations_count).toBe(51);
  });

  it.each([
    ["no title", { title: undefined }],
    ["a summary that is too long", { summary: "x".repeat(65_536) }],
  ])("refuses %s", async (_, output) => {
    expect((await create(output)).status).toBe(422);
  });

  it("is not changed by another App", async () => {
    const { body } = await create({});
    const other = world.installAnotherApp({ id: 79, slug: "other" });
    const client = createApiClient(world, other);
    const answer = await client.send("PATCH", at(`/check-runs/${body.id}`), { status: "queued" });
    expect(answer.status).toBe(403);
    expect(answer.body.message).toContain("Invalid app_id `79`");
  });
});

describe("people", () => {
  it("tells the permission live, in GitHub's four words", async () => {
    world.setPermission("priya", "maintain");
    const path = at("/collaborators/priya/permission");
    expect((await api.send("GET", path)).body).toMatchObject({
      permission: "write",
      role_name: "maintain",
    });
    world.setPermission("priya", "none");
    expect((await api.send("GET", path)).body.permission).toBe("none");
  });

  it("takes a reaction once", async () => {
    const { id } = world.comment(1, "maria", "/rescan");
    const path = at(`/issues/comments/${id}/reactions`);
    expect((await api.send("POST", path, { content: "eyes" })).status).toBe(201);
    expect((await api.send("POST", path, { content: "eyes" })).status).toBe(200);
    expect((await api.send("POST", path, { content: "shrug" })).status).toBe(422);
  });

  it("goes by the comment's parent: issues:write does not react on a pull request", async () => {
    const other = world.installAnotherApp({
      id: 80,
      slug: "issues",
      permissions: { metadata: "read", issues: "write", pull_requests: "read" },
    });
    const { id } = world.comment(1, "maria", "hello");
    const client = createApiClient(world, other);
    const path = at(`/issues/comments/${id}/reactions`);
    expect((await client.send("POST", path, { content: "eyes" })).status).toBe(403);
  });
});

describe("malformed requests", () => {
  it("are told apart as GitHub does", async () => {
    const token = await api.token();
    const post = async (body: string) => {
      const response = await fetch(`${world.url}/api/v3${at("/check-runs")}`, {
        method: "POST",
        headers: { authorization: `token ${token}` },
        body,
      });
      return [response.status, ((await response.json()) as { message: string }).message];
    };
    expect(await post("{")).toEqual([400, "Problems parsing JSON"]);
    expect(await post("[]")).toEqual([400, "Body should be a JSON object"]);
  });
});
