import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readManifest } from "../../src/simulator/apps/permissions.js";
import { createGitHub, type GitHubWorld } from "../../src/simulator/world.js";
import { at, createApiClient } from "./api-client.js";

const SECRET = "a secret of more than thirty-two characters";

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const received: Received[] = [];
let receiver: Server;
let world: GitHubWorld;
let status = 200;

beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    received.push({ headers: request.headers, body });
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => {
    receiver.listen(0, "127.0.0.1", resolve);
  });
  world = await createGitHub({ app: { events: ["pull_request", "issue_comment"] } });
  const { port } = receiver.address() as AddressInfo;
  world.deliverTo(`http://127.0.0.1:${port}/hook`, SECRET);
  await world.openPullRequest({
    title: "Change",
    author: "maria",
    base: { "a.py": "x = 1\n" },
    head: { "a.py": "x = 2\n" },
    draft: true,
  });
  await world.delivered();
});
afterAll(async () => {
  await world.close();
  receiver.close();
});

describe("webhooks", () => {
  it("are signed over the bytes that were sent, and carry GitHub's fields", () => {
    const { headers, body } = received.at(-1)!;
    const signature = createHmac("sha256", SECRET).update(body).digest("hex");
    expect(headers["x-hub-signature-256"]).toBe(`sha256=${signature}`);
    expect(headers["x-github-event"]).toBe("pull_request");
    expect(headers["user-agent"]).toMatch(/^GitHub-Hookshot\//);
    const pull = world.pullRequest(1);
    expect(JSON.parse(body)).toMatchObject({
      action: "opened",
      number: 1,
      installation: { id: world.installation.id },
      repository: { name: "shop", full_name: "acme/shop", owner: { login: "acme" } },
      pull_request: {
        number: 1,
        draft: true,
        state: "open",
        head: { sha: pull.headSha },
        base: { sha: pull.baseSha },
        user: { login: "maria", type: "User" },
      },
      sender: { login: "maria", type: "User" },
    });
  });

  it("tell only of what the App subscribed to", () => {
    const events = new Set(received.map(({ headers }) => headers["x-github-event"]));
    expect([...events]).toEqual(["pull_request"]);
  });

  it("are logged with the answer and sent again under the same id", async () => {
    status = 500;
    world.comment(1, "maria", "/rescan");
    await world.delivered();
    const failed = world.deliveries.at(-1)!;
    expect(failed).toMatchObject({ event: "issue_comment", action: "created", status: 500 });
    status = 200;
    const again = await world.redeliver(failed.guid);
    expect(again).toMatchObject({ guid: failed.guid, redelivery: true, status: 200 });
    expect(received.at(-1)!.body).toBe(received.at(-2)!.body);
    expect(received.at(-1)!.headers["x-github-delivery"]).toBe(failed.guid);
  });

  it("can be held back and sent in another order", async () => {
    world.holdDeliveries();
    const from = received.length;
    world.comment(1, "maria", "first");
    world.comment(1, "maria", "second");
    await world.delivered();
    expect(received).toHaveLength(from);
    for (const { guid } of world.deliveries.slice(-2).reverse()) await world.redeliver(guid);
    const bodies = received.slice(from).map(({ body }) => JSON.parse(body).comment.body);
    expect(bodies).toEqual(["second", "first"]);
  });

  it("of a comment name the pull request but not its head", () => {
    const { issue } = JSON.parse(received.at(-1)!.body);
    expect(issue.pull_request.url).toContain("/pulls/1");
    expect(JSON.stringify(issue)).not.toContain(world.pullRequest(1).headSha);
  });
});

describe("what the App's manifest says", () => {
  it("is read with its comments and nothing else", () => {
    const manifest = readManifest(
      "name: x\ndefault_permissions:\n  # why\n  checks: write # here too\n  contents: read\n\ndefault_events:\n  - pull_request\n- issue_comment\npublic: false\n",
    );
    expect(manifest).toEqual({
      permissions: { checks: "write", contents: "read" },
      events: ["pull_request", "issue_comment"],
    });
  });
});

describe("faults", () => {
  it("come before or after the effect, and requests are logged in order", async () => {
    const api = createApiClient(world);
    await api.token();
    const from = world.requests.length;
    const run = (name: string) =>
      api.send("POST", at("/check-runs"), { name, head_sha: world.pullRequest(1).headSha });
    world.faults.beforeRequest = () => "bad-gateway";
    expect((await run("before")).status).toBe(502);
    world.faults.beforeRequest = undefined;
    world.faults.afterEffect = () => "drop";
    await expect(run("after")).rejects.toThrow();
    world.faults.afterEffect = undefined;
    const names = world.checkRuns(world.pullRequest(1).headSha).map((one) => one.name);
    expect(names).toEqual(["after"]);
    expect(world.requests.slice(from).map(({ method, path }) => `${method} ${path}`)).toEqual([
      `POST ${at("/check-runs")}`,
      `POST ${at("/check-runs")}`,
    ]);
  });
});
