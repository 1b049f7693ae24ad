import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createGitHub, type GitHubWorld } from "../../src/simulator/world.js";
import { type ApiClient, at, createApiClient } from "./api-client.js";

let world: GitHubWorld;
let api: ApiClient;
let headSha: string;

const long = "é".repeat(300_000);

beforeAll(async () => {
  world = await createGitHub();
  api = createApiClient(world);
  const pull = await world.openPullRequest({
    title: "Change",
    author: "maria",
    base: { "a.py": "x = 1\n" },
    head: { "a.py": "x = 2\n", "b.bin": Buffer.from([0, 1]), "long.txt": long },
  });
  headSha = pull.headSha;
  await api.send("POST", at("/pulls/1/reviews"), {
    event: "COMMENT",
    comments: [{ path: "a.py", line: 1, side: "RIGHT", body: "Look." }],
  });
});
afterAll(() => world.close());

const THREADS = `query($after: String) {
  repository(owner: "acme", name: "shop") {
    pullRequest(number: 1) {
      headRefOid
      reviewThreads(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { id isResolved isOutdated comments(first: 50) {
          nodes { id fullDatabaseId body isMinimized minimizedReason viewerDidAuthor author { login } }
        } }
      }
    }
  }
}`;

async function thread() {
  const { body } = await api.graphql(THREADS);
  return body.data.repository.pullRequest.reviewThreads.nodes[0];
}

describe("queries", () => {
  it("reads blobs by commit and path, cut at 512,000 bytes", async () => {
    const { body } = await api.graphql(
      `query($a: String!, $b: String!, $c: String!, $none: String!) {
        repository(owner: "acme", name: "shop") {
          a: object(expression: $a) { ...B } b: object(expression: $b) { ...B }
          c: object(expression: $c) { ...B } none: object(expression: $none) { ...B }
        }
      } fragment B on Blob { byteSize isBinary isTruncated text }`,
      {
        a: `${headSha}:a.py`,
        b: `${headSha}:b.bin`,
        c: `${headSha}:long.txt`,
        none: `${headSha}:none.py`,
      },
    );
    const { a, b, c, none } = body.data.repository;
    expect(a).toEqual({ byteSize: 6, isBinary: false, isTruncated: false, text: "x = 2\n" });
    expect(b).toMatchObject({ isBinary: true, text: null });
    expect(c).toMatchObject({ byteSize: 600_000, isTruncated: true });
    expect(Buffer.byteLength(c.text)).toBe(512_000);
    expect(none).toBeNull();
  });

  it("lists a folder by commit and path", async () => {
    const { body } = await api.graphql(
      `query($root: String!, $file: String!) { repository(owner: "acme", name: "shop") {
        root: object(expression: $root) { ...T } file: object(expression: $file) { ...T }
      } } fragment T on Tree { entries { name type } }`,
      { root: `${headSha}:`, file: `${headSha}:a.py` },
    );
    const { root, file } = body.data.repository;
    expect(root.entries).toContainEqual({ name: "a.py", type: "blob" });
    expect(file).toEqual({});
  });

  it("shows threads, and comments as their author sees them", async () => {
    const shown = await thread();
    expect(shown).toMatchObject({ isResolved: false, isOutdated: false });
    expect(shown.comments.nodes[0]).toMatchObject({
      body: "Look.",
      isMinimized: false,
      viewerDidAuthor: true,
      author: { login: "cyclekey" },
    });
  });

  it("wants a page size of at most 100", async () => {
    const sized = (size: string) =>
      api.graphql(`{ repository(owner: "acme", name: "shop") { pullRequest(number: 1) {
        reviewThreads${size} { totalCount } } } }`);
    expect((await sized("")).body.errors[0].type).toBe("MISSING_PAGINATION_BOUNDARIES");
    expect((await sized("(first: 101)")).body.errors[0].type).toBe("EXCESSIVE_PAGINATION");
    expect((await sized("(first: 1)")).body.errors).toBeUndefined();
  });

  it("refuses to be asked for more than 500,000 nodes, fragments included", async () => {
    const query = (size: number) => `query($ids: [ID!]!) { nodes(ids: $ids) { ...R } }
      fragment R on Repository { pullRequests(first: 100) { nodes { commits(last: 100) { nodes {
        commit { checkSuites(first: ${size}) { totalCount } } } } } } }`;
    const type = async (size: number) =>
      (await api.graphql(query(size), { ids: [] })).body.errors?.[0].type;
    expect(await type(48)).toBeUndefined();
    expect(await type(49)).toBe("MAX_NODE_LIMIT_EXCEEDED");
  });

  it("refuses what GitHub's schema does not have", async () => {
    const { status, body } = await api.graphql(
      `{ repository(owner: "acme", name: "shop") { sha } }`,
    );
    expect(status).toBe(200);
    expect(body.errors[0].message).toContain('Cannot query field "sha"');
  });

  it("says what it cannot find", async () => {
    const { body } = await api.graphql(`{ repository(owner: "acme", name: "nope") { id } }`);
    expect(body.errors[0]).toMatchObject({ type: "NOT_FOUND", path: ["repository"] });
  });
});

describe("mutations", () => {
  const CREATE = `mutation($check: CreateCheckRunInput!) { createCheckRun(input: $check) {
    checkRun { databaseId status conclusion repository { pullRequest(number: 1) {
      commits(last: 1) { nodes { commit { oid checkSuites(first: 10, filterBy: {checkName: "cyclekey"}) {
        nodes { app { databaseId } checkRuns(first: 20, filterBy: {checkName: "cyclekey"}) {
          nodes { databaseId externalId conclusion } } } } } } } } } } } }`;

  const check = async (more: object = {}) => {
    const { body } = await api.graphql(`{ repository(owner: "acme", name: "shop") { id } }`);
    return {
      repositoryId: body.data.repository.id,
      name: "cyclekey",
      headSha,
      externalId: "one",
      status: "COMPLETED",
      conclusion: "SUCCESS",
      output: { title: "T", summary: "S" },
      ...more,
    };
  };

  it("creates a check run and reads on from it in one request", async () => {
    const { body } = await api.graphql(CREATE, { check: await check() });
    const run = body.data.createCheckRun.checkRun;
    const { commit } = run.repository.pullRequest.commits.nodes[0];
    expect(commit.oid).toBe(headSha);
    expect(commit.checkSuites.nodes[0]).toEqual({
      app: { databaseId: world.app.id },
      checkRuns: {
        nodes: [{ databaseId: run.databaseId, externalId: "one", conclusion: "SUCCESS" }],
      },
    });
  });

  it("counts annotations as REST does", async () => {
    const annotations = Array.from({ length: 51 }, () => ({
      path: "a.py",
      location: { startLine: 1, endLine: 1 },
      annotationLevel: "NOTICE",
      message: "m",
    }));
    const output = { title: "T", summary: "S", annotations };
    const { body } = await api.graphql(CREATE, { check: await check({ output }) });
    expect(body.errors[0].type).toBe("UNPROCESSABLE");
  });

  it("minimises and shows again", async () => {
    const { id } = (await thread()).comments.nodes[0];
    await api.graphql(
      `mutation($id: ID!) { minimizeComment(input: {subjectId: $id, classifier: RESOLVED}) {
        minimizedComment { isMinimized } } }`,
      { id },
    );
    expect((await thread()).comments.nodes[0]).toMatchObject({
      isMinimized: true,
      minimizedReason: "resolved",
    });
    await api.graphql(
      `mutation($id: ID!) { unminimizeComment(input: {subjectId: $id}) {
        unminimizedComment { isMinimized } } }`,
      { id },
    );
    expect((await thread()).comments.nodes[0].isMinimized).toBe(false);
  });

  it("resolves a thread only for Apps that may write contents", async () => {
    const RESOLVE = `mutation($id: ID!) { resolveReviewThread(input: {threadId: $id}) {
      thread { isResolved } } }`;
    const { id } = await thread();
    const refused = await api.graphql(RESOLVE, { id });
    expect(refused.body.data.resolveReviewThread).toBeNull();
    expect(refused.body.errors[0]).toMatchObject({
      type: "FORBIDDEN",
      message: "Resource not accessible by integration",
    });
    const writer = world.installAnotherApp({
      id: 81,
      slug: "writer",
      permissions: { ...world.app.permissions, contents: "write" },
    });
    const client = createApiClient(world, writer);
    const { body } = await client.graphql(RESOLVE, { id });
    expect(body.data.resolveReviewThread.thread.isResolved).toBe(true);
  });
});
