import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCommandLimit } from "../../src/bot/command-limit.js";
import { jobFromComment, jobFromPullRequest } from "../../src/bot/delivery-to-job.js";

const HEAD = "a".repeat(40);
const BASE = "b".repeat(40);
const place = {
  installation: { id: 5 },
  repository: { name: "shop", node_id: "R_1", owner: { login: "octo" } },
};
const pullRequest = {
  ...place,
  action: "opened",
  pull_request: { number: 7, head: { sha: HEAD }, base: { sha: BASE } },
};
const comment = {
  ...place,
  action: "created",
  sender: { type: "User" },
  issue: { number: 7, user: { id: 1 }, pull_request: { url: "x" } },
  comment: { id: 31, body: "/rescan", user: { id: 2, login: "bob", type: "User" } },
};

describe("a pull_request delivery", () => {
  it("becomes a job that names the pull request", () => {
    expect(jobFromPullRequest(pullRequest, "d-1")).toEqual({
      installationId: 5,
      owner: "octo",
      repo: "shop",
      repositoryId: "R_1",
      number: 7,
      hint: { headSha: HEAD, baseSha: BASE },
      commands: [],
      delivery: "d-1",
    });
  });

  it("that was edited matters only when the base changed", () => {
    const title = { ...pullRequest, action: "edited", changes: { title: { from: "x" } } };
    const base = { ...pullRequest, action: "edited", changes: { base: { ref: { from: "x" } } } };
    expect(jobFromPullRequest(title, "d")).toBeUndefined();
    expect(jobFromPullRequest(base, "d")).toBeDefined();
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
    expect(jobFromPullRequest(payload, "d")).toBeUndefined();
  });
});

describe("an issue_comment delivery", () => {
  it("becomes a job with a command", () => {
    expect(jobFromComment(comment, "d")).toMatchObject({
      number: 7,
      commands: [{ commentId: 31, author: "bob", byPullRequestAuthor: false }],
    });
    expect(jobFromComment(comment, "d")).not.toHaveProperty("hint");
  });

  it("knows the author of the pull request by id", () => {
    const own = { ...comment, issue: { ...comment.issue, user: { id: 2 } } };
    expect(jobFromComment(own, "d")?.commands[0]?.byPullRequestAuthor).toBe(true);
  });

  it.each([
    ["a bot", { comment: { ...comment.comment, user: { id: 2, login: "b[bot]", type: "Bot" } } }],
    ["a bot that sends", { sender: { type: "Bot" } }],
    ["a comment on an issue", { issue: { number: 7, user: { id: 1 } } }],
    ["other words", { comment: { ...comment.comment, body: "please /rescan" } }],
    ["a quote", { comment: { ...comment.comment, body: "> /rescan" } }],
    ["no comment", { comment: null }],
  ])("from %s is no job", (_, change) => {
    expect(jobFromComment({ ...comment, ...change }, "d")).toBeUndefined();
  });
});

it("No payload whatsoever makes a handler throw", () => {
  fc.assert(
    fc.property(fc.anything(), fc.object(), (any, nested) => {
      for (const payload of [
        any,
        nested,
        { ...pullRequest, ...nested },
        { ...comment, ...nested },
      ]) {
        jobFromPullRequest(payload, "d");
        jobFromComment(payload, "d");
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
