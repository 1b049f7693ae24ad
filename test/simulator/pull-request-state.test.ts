import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createGitHub, type GitHubWorld } from "../../src/simulator/world.js";
import { type ApiClient, at, createApiClient } from "./api-client.js";

let world: GitHubWorld;
let api: ApiClient;

const STATE = `
fragment OwnChecks on Commit {
  checkSuites(first: 10, filterBy: { checkName: "cyclekey" }) { nodes { app { databaseId }
    checkRuns(first: 20, filterBy: { checkName: "cyclekey" }) {
      nodes { databaseId name status conclusion externalId startedAt } } } }
}
query($number: Int!) {
  repository(owner: "acme", name: "shop") {
    defaultBranchRef { name target { oid ... on Commit {
      file(path: ".github/cyclekey.yml") { object { ... on Blob { oid byteSize isBinary isTruncated text } } } } } }
    pullRequest(number: $number) {
      number state isDraft isCrossRepository headRefOid baseRefOid baseRefName updatedAt author { login }
      reviewThreads(first: 100) { nodes { id isResolved comments(first: 50) { nodes {
        fullDatabaseId body viewerDidAuthor author { __typename login } editor { login }
        reactionGroups { content viewerHasReacted } } } } }
      tip: commits(last: 1) { nodes { commit { oid associatedPullRequests(first: 20) { nodes {
        number state isDraft headRefOid baseRefOid baseRefName baseRepository { id } } } } } }
      commits(last: 5) { nodes { commit { oid ...OwnChecks } } }
      timelineItems(last: 3, itemTypes: [HEAD_REF_FORCE_PUSHED_EVENT]) {
        nodes { ... on HeadRefForcePushedEvent { beforeCommit {
          oid ...OwnChecks history(first: 2) { nodes { oid } } } } } }
    }
  }
}`;

async function state(number: number) {
  const { body } = await api.graphql(STATE, { number });
  expect(body.errors).toBeUndefined();
  return body.data.repository;
}

beforeAll(async () => {
  world = await createGitHub();
  api = createApiClient(world);
  await world.openPullRequest({
    title: "Change",
    author: "maria",
    base: { "a.py": "x = 1\n" },
    head: { "a.py": "x = 2\n" },
  });
});
afterAll(() => world.close());

describe("the default branch", () => {
  it("has a tip, and a file at it or none", async () => {
    const { defaultBranchRef } = await state(1);
    expect(defaultBranchRef).toEqual({
      name: "main",
      target: { oid: world.pullRequest(1).baseSha, file: null },
    });
    const tip = await world.commitTo("main", { ".github/cyclekey.yml": "fail-on: warning\n" });
    expect((await state(1)).defaultBranchRef.target).toEqual({
      oid: tip,
      file: { object: expect.objectContaining({ text: "fail-on: warning\n", byteSize: 17 }) },
    });
  });
});

describe("pull requests with one head", () => {
  it("are all associated with it, each with its own base, and follow one push", async () => {
    await world.commitTo("release", { "other.txt": "o\n" });
    const second = await world.openPullRequest({
      title: "The same",
      author: "maria",
      sameHeadAs: 1,
      baseBranch: "release",
    });
    const associated = async () =>
      (await state(1)).pullRequest.tip.nodes[0].commit.associatedPullRequests.nodes.map(
        (one: { number: number; baseRefName: string; state: string }) =>
          `${one.number} ${one.baseRefName} ${one.state}`,
      );
    expect(await associated()).toEqual(["1 main OPEN", "2 release OPEN"]);
    const rest = await api.send("GET", at(`/commits/${second.headSha}/pulls`));
    expect(rest.body.map((one: { number: number }) => one.number)).toEqual([1, 2]);
    const head = await world.push(1, { files: { "a.py": "x = 3\n" } });
    expect(world.pullRequest(2).headSha).toBe(head);
    world.closePullRequest(2);
    expect(await associated()).toEqual(["1 main OPEN"]);
  });
});

describe("a force-push", () => {
  it("stands in the timeline with the checks of the commit it replaced", async () => {
    const before = world.pullRequest(1).headSha;
    await api.send("POST", at("/check-runs"), { name: "cyclekey", head_sha: before });
    const after = await world.forcePush(1, { "a.py": "x = 4\n" });
    const { pullRequest } = await state(1);
    expect(pullRequest.headRefOid).toBe(after);
    expect(
      pullRequest.commits.nodes.map((one: { commit: { oid: string } }) => one.commit.oid),
    ).toEqual([after]);
    const [event] = pullRequest.timelineItems.nodes;
    expect(event.beforeCommit).toMatchObject({
      oid: before,
      history: { nodes: [{ oid: before }, { oid: expect.not.stringMatching(before) }] },
      checkSuites: {
        nodes: [
          { app: { databaseId: world.app.id }, checkRuns: { nodes: [{ status: "QUEUED" }] } },
        ],
      },
    });
  });
});

describe("a comment of the App", () => {
  it("tells who edited it last, and which reactions are the App's", async () => {
    await api.send("POST", at("/pulls/1/reviews"), {
      event: "COMMENT",
      comments: [{ path: "a.py", line: 1, side: "RIGHT", body: "Look." }],
    });
    const [top] = world.reviewComments(1);
    const nodes = async () => (await state(1)).pullRequest.reviewThreads.nodes[0].comments.nodes;
    expect((await nodes())[0]).toMatchObject({
      editor: null,
      author: { __typename: "Bot", login: "cyclekey" },
    });
    await api.send("PATCH", at(`/pulls/comments/${top!.id}`), { body: "Look again." });
    expect((await nodes())[0].editor).toEqual({ login: "cyclekey" });
    world.editReviewComment(top!, "Never mind.", "eve");
    expect((await nodes())[0]).toMatchObject({ editor: { login: "eve" }, body: "Never mind." });

    const reply = world.reply(top!, "priya", "/accept known");
    const react = (content: string) =>
      api.send("POST", at(`/pulls/comments/${reply.id}/reactions`), { content });
    expect((await react("eyes")).status).toBe(201);
    expect((await react("eyes")).status).toBe(200);
    const groups = (await nodes())[1].reactionGroups;
    expect(groups).toHaveLength(8);
    expect(groups.filter((one: { viewerHasReacted: boolean }) => one.viewerHasReacted)).toEqual([
      { content: "EYES", viewerHasReacted: true },
    ]);
  });

  it("is gone with its thread when it is deleted", async () => {
    for (const comment of [...world.reviewComments(1)].reverse())
      world.deleteComment(comment, "eve");
    expect((await state(1)).pullRequest.reviewThreads.nodes).toEqual([]);
  });
});

describe("a fork", () => {
  it("is read through the base repository, and named in no check", async () => {
    const { number, headSha } = await world.openPullRequest({
      title: "From outside",
      author: "stranger",
      head: { "a.py": "x = 5\n" },
      fork: true,
    });
    expect((await state(number)).pullRequest).toMatchObject({
      isCrossRepository: true,
      headRefOid: headSha,
    });
    const { body } = await api.send("GET", at(`/pulls/${number}`));
    expect(body.head).toMatchObject({
      label: "stranger:from-outside",
      repo: { fork: true, full_name: "stranger/shop", owner: { login: "stranger" } },
    });
    expect((await api.send("GET", "/repos/stranger/shop/contents/a.py")).status).toBe(404);
    expect((await api.send("GET", at(`/contents/a.py?ref=${headSha}`))).status).toBe(200);
    const run = await api.send("POST", at("/check-runs"), { name: "cyclekey", head_sha: headSha });
    expect(run.body.pull_requests).toEqual([]);
    const suites = await api.send("GET", at(`/commits/${headSha}/check-suites`));
    expect(suites.body.check_suites).toMatchObject([{ head_branch: null, pull_requests: [] }]);
    const may = await api.send("GET", at("/collaborators/stranger/permission"));
    expect(may.body).toMatchObject({ permission: "read", role_name: "read" });
  });
});

describe("the list of pull requests", () => {
  const OPEN = `query($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Repository { pullRequests(
    states: OPEN, first: 50, orderBy: {field: UPDATED_AT, direction: DESC}) { nodes { number updatedAt } } } } }`;

  it("is read by the repository's id, the one that changed last first", async () => {
    world.forge.store.pullRequests[0]!.updatedAt = new Date(Date.now() - 60_000);
    const { body } = await api.graphql(`{ repository(owner: "acme", name: "shop") { id } }`);
    const ids = [body.data.repository.id, "R_bm9uZQ"];
    const numbers = async () => {
      const answer = (await api.graphql(OPEN, { ids })).body;
      expect(answer.data.nodes[1]).toBeNull();
      expect(answer.errors).toMatchObject([{ type: "NOT_FOUND", path: ["nodes", 1] }]);
      return answer.data.nodes[0].pullRequests.nodes.map((one: { number: number }) => one.number);
    };
    expect(await numbers()).toEqual([3, 1]);
    world.forge.store.pullRequests[2]!.updatedAt = new Date(Date.now() - 30_000);
    world.comment(1, "maria", "Hello.");
    expect(await numbers()).toEqual([1, 3]);
  });
});
