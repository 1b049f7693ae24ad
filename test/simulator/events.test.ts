import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createGitHub, type GitHubWorld } from "../../src/simulator/world.js";
import { type ApiClient, at, createApiClient } from "./api-client.js";
import { listenTo, type Receiver } from "./receiver.js";

let world: GitHubWorld;
let api: ApiClient;
let receiver: Receiver;

const EVENTS = [
  "pull_request",
  "pull_request_review_comment",
  "check_run",
  "check_suite",
  "merge_group",
];

beforeAll(async () => {
  world = await createGitHub({ app: { events: EVENTS } });
  api = createApiClient(world);
  receiver = await listenTo(world);
  await world.openPullRequest({
    title: "Change",
    author: "maria",
    base: { "a.py": "x = 1\n" },
    head: { "a.py": "x = 2\n" },
  });
});
afterAll(async () => {
  await world.close();
  receiver.close();
});

async function report(headSha: string, conclusion: string): Promise<number> {
  const output = { title: "T", summary: "S" };
  const { body } = await api.send("POST", at("/check-runs"), {
    name: "cyclekey",
    head_sha: headSha,
    conclusion,
    output,
  });
  return body.id;
}

describe("what happens to a pull request", () => {
  it("is told with what an App needs to know", async () => {
    expect(await receiver.heard("pull_request.opened")).toHaveLength(1);
    world.convertToDraft(1);
    expect(await receiver.heard("pull_request.converted_to_draft")).toMatchObject([
      { pull_request: { draft: true } },
    ]);
    world.markReady(1);
    await world.commitTo("release", { "b.txt": "b\n" });
    const from = world.pullRequest(1).baseSha;
    await world.retarget(1, "release");
    expect(await receiver.heard("pull_request.edited")).toMatchObject([
      {
        changes: { base: { ref: { from: "main" }, sha: { from } } },
        pull_request: { base: { ref: "release" } },
      },
    ]);
    await world.retarget(1, "main");
    world.closePullRequest(1);
    expect(await receiver.heard("pull_request.closed")).toMatchObject([
      { pull_request: { state: "closed", merged: false } },
    ]);
    await world.reopenPullRequest(1);
    expect(await receiver.heard("pull_request.reopened")).toHaveLength(1);
  });

  it("is closed while its branch goes on, and opens again at what that has become", async () => {
    const other = await world.openPullRequest({
      title: "The same",
      author: "maria",
      sameHeadAs: 1,
    });
    const { number, headSha } = other;
    world.closePullRequest(number);
    const head = await world.push(1, { files: { "a.py": "A = 3\n" } });
    expect(world.pullRequest(number).headSha).toBe(headSha);
    await world.reopenPullRequest(number);
    expect(world.pullRequest(number)).toMatchObject({ state: "open", headSha: head });
    world.closePullRequest(number);
    await world.push(1, { files: { "a.py": "A = 4\n" }, force: true });
    await expect(world.reopenPullRequest(number)).rejects.toThrow("Unprocessable Entity");
    expect(world.pullRequest(number)).toMatchObject({ state: "closed", headSha: head });
  });

  it("is told once a reply stands in a thread, with the comment it answers", async () => {
    const top = await world.remark(1, "priya", {
      path: "a.py",
      side: "RIGHT",
      line: 1,
      startLine: undefined,
      startSide: undefined,
      body: "Why?",
    });
    world.reply(top, "maria", "Because.");
    const heard = await receiver.heard("pull_request_review_comment.created");
    expect(heard.map((one) => one.comment.in_reply_to_id)).toEqual([undefined, top.id]);
    expect(heard[1]).toMatchObject({
      sender: { login: "maria" },
      pull_request: { number: 1 },
      comment: { body: "Because.", user: { login: "maria", type: "User" } },
    });
  });
});

describe("checks", () => {
  it("come back to the App that wrote them, and can be asked for again", async () => {
    const { headSha } = world.pullRequest(1);
    const id = await report(headSha, "success");
    await world.delivered();
    expect(receiver.received.map(({ event, payload }) => `${event}.${payload.action}`)).toEqual([
      "check_run.created",
      "check_run.completed",
      "check_suite.completed",
    ]);
    await receiver.heard("check_run");
    world.rerunCheck(world.checkRuns(headSha).find((run) => run.id === id)!);
    expect(await receiver.heard("check_run.rerequested")).toMatchObject([
      { check_run: { id, head_sha: headSha, app: { id: world.app.id } } },
    ]);
    const press = (path: string) => fetch(`${world.url}/pull/1/${path}`, { method: "POST" });
    await press(`rerun/${id}`);
    expect(await receiver.heard("check_run.rerequested")).toMatchObject([{ check_run: { id } }]);
    await press("rerunall");
    expect(await receiver.heard("check_suite.rerequested")).toHaveLength(1);
    world.rerunAllChecks(1);
    expect(await receiver.heard("check_suite.rerequested")).toMatchObject([
      { check_suite: { head_sha: headSha, app: { id: world.app.id } } },
    ]);
  });
});

describe("the merge queue", () => {
  it("asks for checks on a commit of its own and merges when they pass", async () => {
    await expect(world.enqueue(1)).rejects.toThrow();
    world.requireCheck("main", world.app.id);
    const main = await world.forge.repository.resolve("refs/heads/main");
    const { headSha } = await world.enqueue(1);
    const [{ merge_group: group }] = await receiver.heard("merge_group.checks_requested");
    expect(group).toMatchObject({
      head_sha: headSha,
      head_ref: `refs/heads/gh-readonly-queue/main/pr-1-${main}`,
      base_sha: main,
      base_ref: "refs/heads/main",
    });
    const compared = await api.send("GET", at(`/compare/${main}...${headSha}`));
    expect(compared.body.files).toMatchObject([{ filename: "a.py", patch: expect.any(String) }]);
    await report(headSha, "success");
    await world.waitUntil("the merge", () => world.pullRequest(1).mergedAt !== undefined);
    expect(await world.forge.repository.resolve("refs/heads/main")).toBe(headSha);
    expect(await receiver.heard("merge_group.destroyed")).toMatchObject([{ reason: "merged" }]);
    const { body } = await api.graphql(
      `{ repository(owner: "acme", name: "shop") { pullRequest(number: 1) { state } } }`,
    );
    expect(body.data.repository.pullRequest.state).toBe("MERGED");
  });

  it("throws out what fails and builds those behind it anew", async () => {
    const open = (path: string) =>
      world.openPullRequest({ title: path, author: "maria", head: { [path]: "y = 1\n" } });
    const bad = await open("bad.py");
    const good = await open("good.py");
    const first = await world.enqueue(bad.number);
    const second = await world.enqueue(good.number);
    expect(second.baseSha).toBe(first.headSha);
    const stale = second.headSha;
    await report(first.headSha, "failure");
    await world.waitUntil("another group", () => second.headSha !== stale);
    expect(first.state).toBe("failed");
    expect(world.pullRequest(bad.number).state).toBe("open");
    await report(second.headSha, "neutral");
    await world.waitUntil("the merge", () => second.state === "merged");
    const files = await world.forge.repository.git("ls-tree", "--name-only", "main");
    expect(files.toString().split("\n")).toEqual(["a.py", "good.py", ""]);
  });

  it("lets go of what is pushed to, closed or taken out", async () => {
    const queued = async (path: string) => {
      const head = { [path]: "z = 1\n" };
      const { number } = await world.openPullRequest({ title: path, author: "maria", head });
      return { number, entry: await world.enqueue(number) };
    };
    const pushed = await queued("pushed.py");
    const closed = await queued("closed.py");
    const taken = await queued("taken.py");
    const stays = await queued("stays.py");
    await world.push(pushed.number, { files: { "pushed.py": "z = 2\n" } });
    world.closePullRequest(closed.number);
    await world.dequeue(taken.number);
    await world.waitUntil("the line to close up", () => closed.entry.state === "removed");
    expect([pushed, taken].map(({ entry }) => entry.state)).toEqual(["removed", "removed"]);
    expect(stays.entry).toMatchObject({ state: "waiting" });
    const main = await world.forge.repository.resolve("refs/heads/main");
    await world.waitUntil("the group to stand on main", () => stays.entry.baseSha === main);
    await report(stays.entry.headSha, "success");
    await world.waitUntil("the merge", () => stays.entry.state === "merged");
  });
});
