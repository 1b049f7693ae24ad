import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  badCredentials,
  first,
  graphqlLimit,
  primaryLimit,
  secondaryLimit,
  serverError,
} from "../../src/simulator/platform/faults.js";
import { createsContent } from "../../src/simulator/platform/request-log.js";
import { createGitHub, type GitHubWorld } from "../../src/simulator/world.js";
import { type ApiClient, at, createApiClient } from "./api-client.js";

let world: GitHubWorld;
let api: ApiClient;

beforeAll(async () => {
  world = await createGitHub();
  api = createApiClient(world);
  await world.openPullRequest({
    title: "Change",
    author: "maria",
    base: { "a.py": "x = 1\ny = 1\n" },
    head: { "a.py": "x = 2\ny = 2\n" },
  });
});
afterEach(() => {
  world.faults.beforeRequest = undefined;
  world.faults.refuseComment = undefined;
  world.faults.contentPerMinute = undefined;
  world.faults.contentPerHour = undefined;
  world.faults.pointsPerMinute = undefined;
});
afterAll(() => world.close());

const get = () => api.send("GET", at("/pulls/1"));
const post = () =>
  api.send("POST", at("/check-runs"), { name: "cyclekey", head_sha: world.pullRequest(1).headSha });

describe("a programmed answer", () => {
  it.each([
    ["a secondary limit", secondaryLimit(2), 403, { "retry-after": "2" }],
    ["one without Retry-After", secondaryLimit(undefined, 429), 429, { "retry-after": null }],
    ["bad credentials", badCredentials(), 401, {}],
    ["a server error", serverError(503), 503, {}],
    [
      "a primary limit",
      primaryLimit(new Date(1_800_000_000_000)),
      403,
      { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1800000000" },
    ],
  ])("comes once: %s", async (_, fault, status, headers) => {
    await api.token();
    world.faults.beforeRequest = first(fault, (request) => request.path.endsWith("/pulls/1"));
    const answer = await get();
    expect(answer.status).toBe(status);
    for (const [name, value] of Object.entries(headers)) {
      expect(answer.headers.get(name)).toBe(value);
    }
    expect((await get()).status).toBe(200);
    expect(world.requests.at(-2)).toMatchObject({ status, installationId: world.installation.id });
  });
});

describe("the primary limit of GraphQL", () => {
  it("comes with status 200 and an error", async () => {
    await api.token();
    const limit = graphqlLimit(new Date(1_800_000_000_000));
    world.faults.beforeRequest = first(limit, (request) => request.path === "/graphql");
    const { status, headers, body } = await api.graphql("{ __typename }");
    expect([status, headers.get("x-ratelimit-remaining")]).toEqual([200, "0"]);
    expect(body).toMatchObject({ errors: [{ type: "RATE_LIMITED" }] });
  });
});

describe("a comment that GitHub refuses", () => {
  it("takes the whole review with it, and is refused alone as well", async () => {
    world.faults.refuseComment = (comment) => comment.line === 2;
    const comment = (line: number) => ({ path: "a.py", line, side: "RIGHT", body: "Look." });
    const review = (...lines: readonly number[]) =>
      api.send("POST", at("/pulls/1/reviews"), { event: "COMMENT", comments: lines.map(comment) });
    expect((await review(1, 2)).status).toBe(422);
    expect(world.reviews(1)).toEqual([]);
    expect((await review(1)).status).toBe(200);
    const commit = { commit_id: world.pullRequest(1).headSha };
    const alone = await api.send("POST", at("/pulls/1/comments"), { ...commit, ...comment(2) });
    expect(alone.status).toBe(422);
  });
});

describe("the budget of content", () => {
  it("is counted for each installation by itself, in REST and GraphQL, and reads are free", async () => {
    const already = world.requests.filter(createsContent).length;
    world.faults.contentPerMinute = already + 2;
    await world.addRepository("umbrella/portal");
    const { installations } = world.forge.platform;
    const other = createApiClient(world, { ...world, installation: installations.at(-1)! });
    expect((await post()).status).toBe(201);
    const { body } = await api.graphql(`{ repository(owner: "acme", name: "shop") { id } }`);
    const check = {
      repositoryId: body.data.repository.id,
      name: "cyclekey",
      headSha: world.pullRequest(1).headSha,
    };
    const mutation =
      "mutation($c: CreateCheckRunInput!) { createCheckRun(input: $c) { checkRun { id } } }";
    expect((await api.graphql(mutation, { c: check })).status).toBe(200);
    const refused = await post();
    expect(refused.status).toBe(403);
    expect(refused.body.message).toContain("secondary rate limit");
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(50);
    expect((await get()).status).toBe(200);
    const elsewhere = await other.send("POST", "/repos/umbrella/portal/check-runs", { name: "x" });
    expect(elsewhere.status).toBe(422);
  });
});

describe("the budgets of an hour, and of points", () => {
  /** An installation of its own, which has asked for nothing yet. */
  async function another(account: string) {
    await world.addRepository(`${account}/shop`);
    const installation = world.forge.platform.installations.at(-1)!;
    const client = createApiClient(world, { ...world, installation });
    await client.token();
    return (method: "GET" | "POST") =>
      method === "GET"
        ? client.send(method, `/repos/${account}/shop`)
        : client.send(method, `/repos/${account}/shop/check-runs`, { name: "x" });
  }

  it("refuse what is too much in an hour, and name the time", async () => {
    const send = await another("hourly");
    world.faults.contentPerHour = 1;
    expect((await send("POST")).status).toBe(422);
    const refused = await send("POST");
    expect(refused.status).toBe(403);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(3_500);
    expect((await send("GET")).status).toBe(200);
  });

  it("count a write five points and a read one", async () => {
    const send = await another("points");
    world.faults.pointsPerMinute = 7;
    expect((await send("POST")).status).toBe(422);
    expect((await send("POST")).status).toBe(403);
    expect((await send("GET")).status).toBe(200);
    expect((await send("GET")).status).toBe(200);
    expect((await send("GET")).status).toBe(403);
  });
});

describe("the version of the API", () => {
  it("is refused when GitHub does not know it", async () => {
    const headers = { authorization: `token ${await api.token()}`, "user-agent": "test" };
    const ask = (version: string) =>
      fetch(`${world.url}/api/v3${at("/pulls/1")}`, {
        headers: { ...headers, "x-github-api-version": version },
      });
    expect((await ask("2022-11-28")).status).toBe(200);
    expect((await ask("2021-01-01")).status).toBe(400);
  });
});

describe("a pull request of more than 3,000 files", () => {
  it("lists 3,000 of them, 100 a page, and says nothing about the rest", async () => {
    const head = Object.fromEntries(
      Array.from({ length: 3001 }, (_, index) => [`many/${index}.txt`, `${index}\n`]),
    );
    const { number } = await world.openPullRequest({ title: "Many", author: "maria", head });
    const list = (page: number) =>
      api.send("GET", at(`/pulls/${number}/files?per_page=100&page=${page}`));
    expect((await list(1)).body).toHaveLength(100);
    expect((await list(30)).body).toHaveLength(100);
    expect((await list(31)).body).toEqual([]);
    expect((await api.send("GET", at(`/pulls/${number}`))).body.changed_files).toBe(3001);
    const { baseSha, headSha } = world.pullRequest(number);
    const compared = await api.send("GET", at(`/compare/${baseSha}...${headSha}`));
    expect(compared.body.files).toHaveLength(300);
    const next = await api.send("GET", at(`/compare/${baseSha}...${headSha}?page=2`));
    expect(next.body.files).toEqual([]);
  });
});
