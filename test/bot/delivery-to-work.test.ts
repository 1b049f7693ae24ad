import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCommandLimit } from "../../src/bot/command-limit.js";
import { EVENTS, workFrom } from "../../src/bot/delivery-to-work.js";

const HEAD = "a".repeat(40);
const BASE = "b".repeat(40);
const APP = 4711;
const PLACE = { installationId: 5, owner: "octo", repo: "shop", repositoryId: "R_1" };
const place = {
  installation: { id: 5 },
  repository: {
    name: "shop",
    node_id: "R_1",
    owner: { login: "octo" },
    default_branch: "main",
  },
};
const pullRequest = {
  ...place,
  action: "opened",
  pull_request: { number: 7, head: { sha: HEAD }, base: { sha: BASE, ref: "main" } },
};
const comment = {
  ...place,
  action: "created",
  sender: { type: "User" },
  issue: { number: 7, user: { id: 1 }, pull_request: { url: "x" } },
  comment: { id: 31, body: "/rescan", user: { id: 2, login: "bob", type: "User" } },
};
const reply = {
  ...place,
  action: "created",
  sender: { type: "User" },
  pull_request: { number: 7 },
  comment: {
    id: 32,
    in_reply_to_id: 30,
    body: "/accept it is a test",
    user: { id: 2, login: "bob", type: "User" },
  },
};
const checkRun = {
  ...place,
  action: "rerequested",
  check_run: {
    head_sha: HEAD,
    external_id: `cyclekey:7:${BASE}:${HEAD}`,
    app: { id: APP },
    check_suite: { head_branch: null },
    pull_requests: [{ number: 666 }],
  },
};
const checkSuite = {
  ...place,
  action: "rerequested",
  check_suite: { head_sha: HEAD, head_branch: "topic", app: { id: APP } },
};
const mergeGroup = {
  ...place,
  action: "checks_requested",
  merge_group: {
    head_sha: HEAD,
    head_ref: `refs/heads/gh-readonly-queue/main/pr-7-${BASE}`,
    base_sha: BASE,
  },
};
const installation = {
  action: "created",
  installation: { id: 5 },
  repositories: [{ node_id: "R_1" }, { node_id: "R_2" }, { node_id: 3 }],
};

const from = (event: string, payload: unknown) => workFrom(event, payload, "d-1", APP);

describe("a pull_request delivery", () => {
  it("becomes a job that names the pull request", () => {
    expect(from("pull_request", pullRequest)).toEqual({
      job: {
        kind: "pull-request",
        ...PLACE,
        number: 7,
        hint: { headSha: HEAD, baseSha: BASE, ontoDefaultBranch: true },
        commands: [],
        delivery: "d-1",
      },
    });
  });

  it("says whether the base is the default branch", () => {
    const elsewhere = { ...pullRequest.pull_request, base: { sha: BASE, ref: "legacy" } };
    expect(from("pull_request", { ...pullRequest, pull_request: elsewhere })).toMatchObject({
      job: { hint: { headSha: HEAD, baseSha: BASE } },
    });
    expect(from("pull_request", { ...pullRequest, pull_request: elsewhere })).not.toHaveProperty(
      "job.hint.ontoDefaultBranch",
    );
  });

  it("that was edited matters only when the base changed", () => {
    const title = { ...pullRequest, action: "edited", changes: { title: { from: "x" } } };
    const base = { ...pullRequest, action: "edited", changes: { base: { ref: { from: "x" } } } };
    expect(from("pull_request", title)).toBeUndefined();
    expect(from("pull_request", base)).toBeDefined();
  });

  it("of a push names the head that it left", () => {
    const before = "c".repeat(40);
    const pushed = { ...pullRequest, action: "synchronize", before };
    expect(from("pull_request", pushed)).toMatchObject({ job: { left: [before] } });
    for (const odd of [
      { ...pushed, before: "x" },
      { ...pullRequest, before },
    ]) {
      expect(from("pull_request", odd)).not.toHaveProperty("job.left");
    }
  });

  it("that closes it is looked at for those who share its head", () => {
    const work = from("pull_request", { ...pullRequest, action: "closed" });
    expect(work).toMatchObject({ closes: true, job: { number: 7 } });
    expect(work).not.toHaveProperty("job.hint");
  });

  it.each([
    { ...pullRequest, installation: null },
    { ...pullRequest, installation: { id: "5; drop" } },
    { ...pullRequest, repository: { ...place.repository, name: ".." } },
    { ...pullRequest, repository: { ...place.repository, owner: { login: "a/b" } } },
    { ...pullRequest, repository: undefined },
    { ...pullRequest, pull_request: { ...pullRequest.pull_request, number: -1 } },
    { ...pullRequest, pull_request: { ...pullRequest.pull_request, head: { sha: "main" } } },
    null,
    [],
    7,
  ])("without what is needed is no job: %j", (payload) => {
    expect(from("pull_request", payload)).toBeUndefined();
  });
});

describe("an issue_comment delivery", () => {
  it("becomes a job with a command, and with nothing else to do", () => {
    const work = from("issue_comment", comment);
    expect(work).toMatchObject({
      askedBy: "bob",
      job: {
        number: 7,
        commands: [{ commentId: 31, author: "bob", byPullRequestAuthor: false }],
        commandsOnly: true,
      },
    });
    expect(work).not.toHaveProperty("job.hint");
    expect(work).not.toHaveProperty("job.commands.0.misplaced");
  });

  it("knows the author of the pull request by id", () => {
    const own = { ...comment, issue: { ...comment.issue, user: { id: 2 } } };
    expect(from("issue_comment", own)).toMatchObject({
      job: { commands: [{ byPullRequestAuthor: true }] },
    });
  });

  it.each(["/accept it is a test", "/reopen"])("knows that %s belongs elsewhere", (body) => {
    const payload = { ...comment, comment: { ...comment.comment, body } };
    expect(from("issue_comment", payload)).toMatchObject({
      job: { commands: [{ misplaced: true }] },
    });
  });

  it.each([
    ["a bot", { comment: { ...comment.comment, user: { id: 2, login: "b[bot]", type: "Bot" } } }],
    ["a bot that sends", { sender: { type: "Bot" } }],
    ["a comment on an issue", { issue: { number: 7, user: { id: 1 } } }],
    ["other words", { comment: { ...comment.comment, body: "please /rescan" } }],
    ["a quote", { comment: { ...comment.comment, body: "> /rescan" } }],
    ["no comment", { comment: null }],
  ])("from %s is no job", (_, change) => {
    expect(from("issue_comment", { ...comment, ...change })).toBeUndefined();
  });
});

describe("a pull_request_review_comment delivery", () => {
  it("with a command becomes a job that reads the threads itself", () => {
    expect(from("pull_request_review_comment", reply)).toEqual({
      askedBy: "bob",
      job: { kind: "pull-request", ...PLACE, number: 7, commands: [], delivery: "d-1" },
    });
  });

  it.each([
    ["a bot", { user: { id: 2, login: "b[bot]", type: "Bot" } }],
    ["no reply", { in_reply_to_id: undefined }],
    ["other words", { body: "why?" }],
    ["a quote", { body: "> /accept it is a test" }],
    ["the command of the conversation", { body: "/rescan" }],
  ])("that is %s is no job", (_, change) => {
    const payload = { ...reply, comment: { ...reply.comment, ...change } };
    expect(from("pull_request_review_comment", payload)).toBeUndefined();
  });
});

describe("a check_run delivery", () => {
  it("means the pull request that the check was made for, never those that it lists", () => {
    expect(from("check_run", checkRun)).toEqual({
      job: {
        kind: "pull-request",
        ...PLACE,
        number: 7,
        commands: [],
        again: true,
        delivery: "d-1",
      },
    });
  });

  it("means the merge group that the check was made for, with its branch", () => {
    const check_run = {
      ...checkRun.check_run,
      external_id: `cyclekey:merge-group:${BASE}:${HEAD}`,
      check_suite: { head_branch: "gh-readonly-queue/main/x" },
    };
    expect(from("check_run", { ...checkRun, check_run })).toMatchObject({
      job: {
        kind: "merge-group",
        baseSha: BASE,
        headSha: HEAD,
        headRef: "gh-readonly-queue/main/x",
        again: true,
      },
    });
  });

  it("means the commit when the check says nothing", () => {
    const check_run = { ...checkRun.check_run, external_id: "?" };
    expect(from("check_run", { ...checkRun, check_run })).toMatchObject({
      job: { kind: "commit", headSha: HEAD, again: true },
    });
  });

  it("of another App is none of ours", () => {
    const app = { id: 666 };
    const foreign = { ...checkRun, check_run: { ...checkRun.check_run, app } };
    expect(from("check_run", foreign)).toBeUndefined();
    const suite = { ...checkSuite, check_suite: { ...checkSuite.check_suite, app } };
    expect(from("check_suite", suite)).toBeUndefined();
  });
});

describe("a check_suite delivery", () => {
  it("means whatever was checked on the commit", () => {
    expect(from("check_suite", checkSuite)).toEqual({
      job: {
        kind: "commit",
        ...PLACE,
        headSha: HEAD,
        headRef: "topic",
        again: true,
        delivery: "d-1",
      },
    });
  });
});

describe("a merge_group delivery", () => {
  it("becomes a job of its own kind", () => {
    expect(from("merge_group", mergeGroup)).toEqual({
      job: {
        kind: "merge-group",
        ...PLACE,
        baseSha: BASE,
        headSha: HEAD,
        headRef: mergeGroup.merge_group.head_ref,
        delivery: "d-1",
      },
    });
  });
});

describe("a delivery about an installation", () => {
  it("asks for a sweep of what is new", () => {
    expect(from("installation", installation)).toEqual({
      sweep: { installationId: 5, repositories: ["R_1", "R_2"] },
    });
    const added = { ...installation, action: "added", repositories_added: [{ node_id: "R_9" }] };
    expect(from("installation_repositories", added)).toEqual({
      sweep: { installationId: 5, repositories: ["R_9"] },
    });
  });

  it("asks for a sweep of everything when it names nothing", () => {
    const { repositories, ...bare } = installation;
    expect(repositories).toHaveLength(3);
    expect(from("installation", { ...bare, action: "unsuspend" })).toEqual({
      sweep: { installationId: 5, repositories: [] },
    });
  });

  it.each(["deleted", "suspend", "removed"])("that is %s asks for nothing", (action) => {
    expect(from("installation", { ...installation, action })).toBeUndefined();
  });
});

it("No payload whatsoever makes a handler throw", () => {
  const names = [...new Set(EVENTS.map((event) => event.split(".")[0] ?? ""))];
  const known = [pullRequest, comment, reply, checkRun, checkSuite, mergeGroup, installation];
  fc.assert(
    fc.property(fc.anything(), fc.object(), fc.constantFrom(...names), (any, nested, name) => {
      for (const payload of [any, nested, ...known.map((one) => ({ ...one, ...nested }))]) {
        from(name, payload);
      }
    }),
    { numRuns: 500 },
  );
});

describe("commands", () => {
  it("of one person are limited, and nobody else's with them", () => {
    let time = 0;
    const limit = createCommandLimit(() => time, { perPullRequest: 2, perInstallation: 3 });
    const taken = (pr: string, who: string) => limit.take(1, pr, who);
    expect([taken("a", "eve"), taken("a", "eve"), taken("a", "eve")]).toEqual([true, true, false]);
    expect([taken("b", "eve"), taken("b", "eve")]).toEqual([true, false]);
    expect(taken("a", "ann")).toBe(true);
    time = 60_001;
    expect(taken("a", "eve")).toBe(true);
  });
});
