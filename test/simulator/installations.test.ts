import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RepositoryWorld } from "../../src/simulator/repository-world.js";
import { createGitHub, type GitHubWorld } from "../../src/simulator/world.js";
import { type ApiClient, at, createApiClient } from "./api-client.js";
import { listenTo, type Receiver } from "./receiver.js";

let world: GitHubWorld;
let api: ApiClient;
let other: RepositoryWorld;
let receiver: Receiver;

const change = { author: "maria", base: { "a.py": "x = 1\n" }, head: { "a.py": "x = 2\n" } };

beforeAll(async () => {
  world = await createGitHub();
  receiver = await listenTo(world);
  api = createApiClient(world);
  other = await world.addRepository("umbrella/portal");
});
afterAll(async () => {
  await world.close();
  receiver.close();
});

function installationOn(account: string) {
  return world.forge.platform.installations.find((one) => one.account === account)!;
}

describe("several installations", () => {
  it("have pull requests, events and ids of their own", async () => {
    const here = await world.openPullRequest({ ...change, title: "Here" });
    const there = await other.openPullRequest({ ...change, title: "There" });
    expect([here.number, there.number]).toEqual([1, 1]);
    expect(here.id).not.toBe(there.id);
    const opened = await receiver.heard("pull_request.opened");
    expect(opened.map((one) => [one.repository.full_name, one.installation.id])).toEqual([
      ["acme/shop", world.installation.id],
      ["umbrella/portal", installationOn("umbrella").id],
    ]);
    expect(opened[1].repository).toMatchObject({
      node_id: expect.stringMatching(/^R_/),
      default_branch: "main",
    });
    expect(opened[1].pull_request).toMatchObject({
      base: { ref: "main", sha: there.baseSha },
      head: { repo: { fork: false } },
    });
  });

  it("see their own repositories and no others, in REST and in GraphQL", async () => {
    const foreign = createApiClient(world, {
      ...world,
      installation: installationOn("umbrella"),
    });
    expect((await api.send("GET", "/repos/umbrella/portal/pulls/1")).status).toBe(404);
    expect((await foreign.send("GET", "/repos/Umbrella/Portal/pulls/1")).status).toBe(200);
    expect((await foreign.send("GET", at("/pulls/1"))).status).toBe(404);
    const listed = await foreign.send("GET", "/installation/repositories");
    expect(listed.body).toMatchObject({
      total_count: 1,
      repositories: [{ full_name: "umbrella/portal" }],
    });
    const mutation = await foreign.graphql(
      "mutation($c: CreateCheckRunInput!) { createCheckRun(input: $c) { checkRun { id } } }",
      { c: { repositoryId: "R_MQ", name: "cyclekey", headSha: "0".repeat(40) } },
    );
    expect(mutation.body.errors[0].type).toBe("NOT_FOUND");
  });

  it("answer a query on two repositories with the one that is there, and say so", async () => {
    const query = `query { repository(owner: "acme", name: "shop") { id }
      organisation: repository(owner: "acme", name: ".github") { id } }`;
    const { body } = await api.graphql(query);
    expect(body.data).toEqual({ repository: { id: expect.any(String) }, organisation: null });
    expect(body.errors).toMatchObject([{ type: "NOT_FOUND", path: ["organisation"] }]);
    await world.addRepository("acme/.github");
    expect((await api.graphql(query)).body.errors).toBeUndefined();
  });

  it("narrow a token to one of their repositories", async () => {
    const path = `/app/installations/${world.installation.id}/access_tokens`;
    const narrow = (repositories: readonly string[]) =>
      api.send("POST", path, { repositories }, api.jwt());
    const { token } = (await narrow([".github"])).body;
    expect((await api.send("GET", at("/pulls/1"), undefined, token)).status).toBe(404);
    expect((await api.send("GET", "/repos/acme/.github", undefined, token)).status).toBe(200);
    expect((await narrow(["portal"])).status).toBe(422);
  });
});

describe("the App and its installations", () => {
  it("use different credentials, and neither may stand in for the other", async () => {
    const paths = ["/app", "/app/installations", "/app/hook/config", "/app/hook/deliveries"];
    for (const path of paths) {
      expect((await api.send("GET", path, undefined, api.jwt())).status, path).toBe(200);
      expect((await api.send("GET", path)).status, path).toBe(401);
    }
    for (const path of [at("/pulls/1"), "/installation/repositories"]) {
      expect((await api.send("GET", path, undefined, api.jwt())).status, path).toBe(401);
    }
  });

  it("keep what was granted until more is accepted", async () => {
    const { permissions } = world.app;
    world.askPermissions({ ...permissions, contents: "write" });
    const show = async () =>
      (await api.send("GET", "/app/installations", undefined, api.jwt())).body[0].permissions;
    expect((await show()).contents).toBe("read");
    world.acceptPermissions(world.installation);
    expect((await show()).contents).toBe("write");
    expect(await receiver.heard("installation.new_permissions_accepted")).toHaveLength(1);
  });

  it("hear of installations and repositories that come and go, without a subscription", async () => {
    const initech = world.addInstallation("initech");
    const added = await world.addRepository("initech/tps");
    world.removeRepository(added);
    await world.delivered();
    const heard = receiver.received.map(({ event, payload }) => `${event}.${payload.action}`);
    expect(heard.sort()).toEqual([
      "installation.created",
      "installation_repositories.added",
      "installation_repositories.removed",
    ]);
    const [gone] = await receiver.heard("installation_repositories.removed");
    expect(gone.repositories_removed).toMatchObject([{ full_name: "initech/tps" }]);
    expect(gone.installation).toMatchObject({ id: initech.id, account: { login: "initech" } });
  });

  it("are refused while suspended, and unknown once uninstalled", async () => {
    const umbrella = installationOn("umbrella");
    const client = createApiClient(world, { ...world, installation: umbrella });
    await client.token();
    const path = `/app/installations/${umbrella.id}/access_tokens`;
    const mint = async () => (await api.send("POST", path, {}, api.jwt())).status;
    world.suspend(umbrella);
    expect((await client.send("GET", "/installation/repositories")).status).toBe(403);
    expect(await mint()).toBe(403);
    await other.openPullRequest({ ...change, title: "Unheard" });
    expect(await receiver.heard("pull_request")).toEqual([]);
    world.unsuspend(umbrella);
    expect(await mint()).toBe(201);
    world.uninstall(umbrella);
    expect((await client.send("GET", "/installation/repositories")).status).toBe(401);
    expect(await mint()).toBe(404);
    await world.delivered();
    const actions = receiver.received.map(({ payload }) => payload.action);
    expect(actions).toEqual(["unsuspend", "deleted"]);
  });
});

describe("the delivery log", () => {
  it("is read by cursor, newest first, and failed ones by their status", async () => {
    receiver.answer(500);
    world.comment(1, "maria", "one");
    await world.delivered();
    receiver.answer(200);
    world.comment(1, "maria", "two");
    await world.delivered();
    const list = (query: string) =>
      api.send("GET", `/app/hook/deliveries${query}`, undefined, api.jwt());
    const first = await list("?per_page=1");
    expect(first.body).toMatchObject([{ event: "issue_comment", status_code: 200 }]);
    const next = /<[^>]*(\?[^>]+)>; rel="next"/.exec(first.headers.get("link") ?? "")![1]!;
    const second = await list(next);
    expect(second.body).toMatchObject([{ event: "issue_comment", status_code: 500 }]);
    const failed = await list("?status=failure");
    expect(failed.body).toMatchObject([{ id: second.body[0].id, redelivery: false }]);

    const path = `/app/hook/deliveries/${failed.body[0].id}/attempts`;
    expect((await api.send("POST", path, {}, api.jwt())).status).toBe(202);
    await world.delivered();
    const [again] = (await list("?per_page=1")).body;
    expect(again).toMatchObject({
      guid: failed.body[0].guid,
      redelivery: true,
      status_code: 200,
      event: "issue_comment",
    });
    expect(again.id).not.toBe(failed.body[0].id);
  });
});

describe("a ruleset", () => {
  it("names the required check, and the App only when it is bound to one", async () => {
    world.requireCheck("main");
    world.requireCheck("release", world.app.id);
    const rules = async (branch: string) =>
      (await api.send("GET", at(`/rules/branches/${branch}`))).body;
    expect(await rules("main")).toMatchObject([
      {
        type: "required_status_checks",
        parameters: { required_status_checks: [{ context: "cyclekey" }] },
      },
    ]);
    const [bound] = await rules("release");
    expect(bound.parameters.required_status_checks).toEqual([
      { context: "cyclekey", integration_id: world.app.id },
    ]);
    expect(await rules("other")).toEqual([]);
  });
});
