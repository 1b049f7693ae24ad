import { describe, expect, it } from "vitest";
import type { CheckRunPlan, NewComment, ReviewPlan } from "../../src/core/model/review.js";
import { formatMarker } from "../../src/core/review/marker.js";
import { applyPlan } from "../../src/github/apply.js";
import { cancelCheck } from "../../src/github/check-runs.js";
import { createCheckAndLook } from "../../src/github/create-check-and-look.js";
import { Retryable } from "../../src/github/errors.js";
import { mayWrite } from "../../src/github/permission.js";
import { readPullRequest } from "../../src/github/pull-request-state.js";
import { react } from "../../src/github/reactions.js";
import {
  APP_ID,
  BASE_SHA,
  connect,
  createScript,
  expectToken,
  HEAD,
  NEXT_HEAD,
  stateOf,
  TARGET,
  thread,
  useWire,
} from "./wire.js";

const CHECKS = "/repos/octo/shop/check-runs";
const REVIEWS = "/repos/octo/shop/pulls/7/reviews";
const COMMENTS = "/repos/octo/shop/pulls/7/comments";
const EXTERNAL_ID = `cyclekey:7:${BASE_SHA}:${HEAD}`;
const UNPROCESSABLE = { message: "Unprocessable Entity", errors: ["Line could not be resolved"] };

const check: CheckRunPlan = {
  headSha: HEAD,
  externalId: EXTERNAL_ID,
  conclusion: "failure",
  title: "1 error",
  summary: "what was found",
  annotations: [
    { path: "a.py", startLine: 1, endLine: 2, level: "warning", title: "t", message: "m" },
  ],
};

function comment(digit: string, more: Partial<NewComment> = {}): NewComment {
  const marker = formatMarker({ state: "live", told: [{ fingerprint: digit.repeat(32) }] });
  return { path: "a.py", side: "RIGHT", line: 3, body: `finding ${digit}\n${marker}`, ...more };
}

function own(id: number, status: string, conclusion: string | null, externalId = EXTERNAL_ID) {
  return { databaseId: id, status, conclusion, externalId };
}

useWire();

async function apply(plan: Partial<ReviewPlan>, state = stateOf({}), rescan = false) {
  expectToken();
  await applyPlan(
    connect().forInstallation(1),
    TARGET,
    readPullRequest(state, APP_ID),
    { comments: [], edits: [], check, withoutEffect: [], ...plan },
    { rescan },
  );
}

const order = (script: ReturnType<typeof createScript>) =>
  script.sent.map(({ method, path }) => `${method} ${path.replace("/repos/octo/shop", "")}`);

describe("a plan without comments", () => {
  it("is one completed check run", async () => {
    const script = createScript();
    script.on("POST", CHECKS, [201, { id: 1 }]);
    await apply({});
    expect(script.sent[0]?.body).toMatchObject({
      name: "cyclekey",
      head_sha: HEAD,
      external_id: EXTERNAL_ID,
      status: "completed",
      conclusion: "failure",
      completed_at: "2026-11-22T12:00:00.000Z",
      output: {
        title: "1 error",
        summary: "what was found",
        annotations: [{ path: "a.py", start_line: 1, end_line: 2, annotation_level: "warning" }],
      },
    });
  });

  it("writes nothing when the same check stands", async () => {
    const state = stateOf({ checks: [own(1, "COMPLETED", "FAILURE")] });
    await applyPlan(
      connect().forInstallation(1),
      TARGET,
      readPullRequest(state, APP_ID),
      { comments: [], edits: [], check, withoutEffect: [] },
      { rescan: false },
    );
  });

  it("rewrites that check when someone asked, without doubling its annotations", async () => {
    const script = createScript();
    script.on("PATCH", `${CHECKS}/1`, [200, { id: 1 }]);
    await apply({}, stateOf({ checks: [own(1, "COMPLETED", "FAILURE")] }), true);
    expect(script.sent[0]?.body).toMatchObject({ output: { annotations: [] } });
  });

  it("rewrites it when the conclusion, or the base, is another", async () => {
    const script = createScript();
    script.on("PATCH", `${CHECKS}/1`, [200, { id: 1 }]);
    script.on("PATCH", `${CHECKS}/2`, [200, { id: 2 }]);
    await apply({}, stateOf({ checks: [own(1, "COMPLETED", "SUCCESS")] }));
    const elsewhere = `cyclekey:7:${NEXT_HEAD}:${HEAD}`;
    await apply({}, stateOf({ checks: [own(2, "COMPLETED", "FAILURE", elsewhere)] }));
    expect(script.sent[1]?.body).toMatchObject({ external_id: EXTERNAL_ID });
  });

  it("completes the check that a run before it left open", async () => {
    const script = createScript();
    script.on("PATCH", `${CHECKS}/3`, [200, { id: 3 }]);
    await apply({}, stateOf({ checks: [own(3, "IN_PROGRESS", null)] }));
    expect(script.sent[0]?.body).toMatchObject({ status: "completed", conclusion: "failure" });
  });

  it("leaves the check of another pull request with the same head alone", async () => {
    const script = createScript();
    script.on("POST", CHECKS, [201, { id: 9 }]);
    const other = own(8, "IN_PROGRESS", null, `cyclekey:8:${BASE_SHA}:${HEAD}`);
    await apply({}, stateOf({ checks: [other] }));
    expect(order(script)).toEqual(["POST /check-runs"]);
  });
});

describe("a plan with comments", () => {
  it("opens the check, reviews, edits and completes, in this order", async () => {
    const script = createScript();
    script.on("POST", CHECKS, [201, { id: 1 }]);
    script.on("POST", REVIEWS, [200, { id: 2 }]);
    script.on("PATCH", "/repos/octo/shop/pulls/comments/5", [200, { id: 5 }]);
    script.on("POST", "/graphql", [200, { data: { minimizeComment: null } }]);
    script.on("PATCH", `${CHECKS}/1`, [200, { id: 1 }]);
    await apply(
      {
        comments: [comment("1", { startLine: 2 }), comment("2", { side: "LEFT", startLine: 3 })],
        edits: [{ id: 5, nodeId: "C_5", body: "Resolved", visibility: "minimize" }],
      },
      stateOf({ threads: [thread(5, "old")] }),
    );
    expect(order(script)).toEqual([
      "POST /check-runs",
      "POST /pulls/7/reviews",
      "POST /graphql",
      "PATCH /pulls/comments/5",
      "PATCH /check-runs/1",
    ]);
    expect(script.sent[0]?.body).toMatchObject({ status: "in_progress", external_id: EXTERNAL_ID });
    expect(script.sent[1]?.body).toMatchObject({
      commit_id: HEAD,
      event: "COMMENT",
      comments: [
        { path: "a.py", line: 3, side: "RIGHT", start_line: 2, start_side: "RIGHT" },
        { path: "a.py", line: 3, side: "LEFT" },
      ],
    });
    const [, second] = script.sent[1]!.body.comments as object[];
    expect(second).not.toHaveProperty("start_line");
    expect(script.sent[2]?.body).toMatchObject({ variables: { subjectId: "C_5" } });
  });

  it("does not write while the head has moved", async () => {
    const script = createScript();
    const moved = [{ number: 7, head: { sha: NEXT_HEAD } }];
    script.on("POST", CHECKS, [201, { id: 1, pull_requests: moved }]);
    await expect(apply({ comments: [comment("1")] })).rejects.toBeInstanceOf(Retryable);
    expect(order(script)).toEqual(["POST /check-runs"]);
  });

  it("is not sent again when the answer to the review is lost", async () => {
    const script = createScript();
    script.on("POST", CHECKS, [201, { id: 1 }]);
    script.on("POST", REVIEWS, [502, { message: "Server Error" }]);
    await expect(apply({ comments: [comment("1")] })).rejects.toBeInstanceOf(Retryable);
    expect(order(script)).toEqual(["POST /check-runs", "POST /pulls/7/reviews"]);
  });

  it("posts one by one after 422, drops the refused one and names it in the check", async () => {
    const script = createScript();
    script.on("POST", CHECKS, [201, { id: 1 }]);
    script.on("POST", REVIEWS, [422, UNPROCESSABLE]);
    // Normally GitHub keeps nothing of a refused review; here it kept the first comment.
    const kept = stateOf({ threads: [thread(11, comment("1").body)] });
    script.on("POST", "/graphql", [200, { data: { repository: { pullRequest: kept } } }]);
    script.on("POST", COMMENTS, [201, { id: 12 }], [422, UNPROCESSABLE]);
    script.on("PATCH", `${CHECKS}/1`, [200, { id: 1 }]);
    await apply({
      comments: [comment("1"), comment("2"), comment("3", { path: "b`.py", line: 44 })],
    });
    expect(script.sent.filter(({ path }) => path === COMMENTS)).toHaveLength(2);
    const summary = (script.sent.at(-1)!.body.output as { summary: string }).summary;
    expect(summary).toContain("what was found");
    expect(summary).toContain("``b`.py``, line 44");
    expect(summary).not.toContain("a.py");
  });

  it("looks again when the review was refused because the head moved", async () => {
    const script = createScript();
    script.on("POST", CHECKS, [201, { id: 1 }]);
    script.on("POST", REVIEWS, [422, UNPROCESSABLE]);
    const moved = stateOf({ headRefOid: NEXT_HEAD });
    script.on("POST", "/graphql", [200, { data: { repository: { pullRequest: moved } } }]);
    await expect(apply({ comments: [comment("1")] })).rejects.toBeInstanceOf(Retryable);
  });

  it("goes on when a comment to edit is gone, or may not be hidden", async () => {
    const script = createScript();
    script.on("POST", CHECKS, [201, { id: 1 }]);
    const forbidden = { data: null, errors: [{ type: "FORBIDDEN", message: "no" }] };
    script.on("POST", "/graphql", [200, { data: { minimizeComment: null } }]);
    script.on("PATCH", "/repos/octo/shop/pulls/comments/5", [404, { message: "Not Found" }]);
    script.on("POST", "/graphql", [200, forbidden]);
    script.on("PATCH", "/repos/octo/shop/pulls/comments/6", [200, {}]);
    script.on("PATCH", `${CHECKS}/1`, [200, { id: 1 }]);
    await apply({
      edits: [
        { id: 5, nodeId: "C_5", body: "Resolved", visibility: "minimize" },
        { id: 6, nodeId: "C_6", body: "Resolved", visibility: "minimize" },
      ],
    });
    expect(order(script).at(-1)).toBe("PATCH /check-runs/1");
  });
});

describe("single verbs", () => {
  it("create a check and look, in one mutation", async () => {
    expectToken();
    const script = createScript();
    script.on("POST", "/graphql", [
      200,
      {
        data: {
          createCheckRun: {
            checkRun: { databaseId: 77, repository: { pullRequest: stateOf({}) } },
          },
        },
      },
    ]);
    const client = connect().forInstallation(1);
    const pullRequest = await createCheckAndLook(client, TARGET, check);
    expect(script.sent[0]?.body).toMatchObject({
      variables: {
        number: 7,
        check: {
          repositoryId: "R_1",
          name: "cyclekey",
          headSha: HEAD,
          status: "COMPLETED",
          conclusion: "FAILURE",
          output: {
            annotations: [
              { path: "a.py", location: { startLine: 1, endLine: 2 }, annotationLevel: "WARNING" },
            ],
          },
        },
      },
    });
    expect(pullRequest.posted.checks).toMatchObject([{ id: 77, status: "completed" }]);
  });

  it("cancel a check of a head that was left", async () => {
    expectToken();
    const script = createScript();
    script.on("PATCH", `${CHECKS}/4`, [200, {}]);
    await cancelCheck(connect().forInstallation(1), TARGET, 4, NEXT_HEAD);
    expect(script.sent[0]?.body).toMatchObject({ status: "completed", conclusion: "cancelled" });
  });

  it.each([
    ["admin", true],
    ["write", true],
    ["read", false],
    ["none", false],
  ])("know that %s may write: %s", async (permission, expected) => {
    expectToken();
    createScript().on("GET", "/repos/octo/shop/collaborators/bob/permission", [
      200,
      { permission },
    ]);
    await expect(mayWrite(connect().forInstallation(1), TARGET, "bob")).resolves.toBe(expected);
  });

  it("take a stranger's 404 for no", async () => {
    expectToken();
    createScript().on("GET", "/repos/octo/shop/collaborators/eve/permission", [
      404,
      { message: "Not Found" },
    ]);
    await expect(mayWrite(connect().forInstallation(1), TARGET, "eve")).resolves.toBe(false);
  });

  it("react, also when the comment is gone", async () => {
    expectToken();
    const script = createScript();
    const path = "/repos/octo/shop/issues/comments/3/reactions";
    script.on("POST", path, [201, {}], [404, { message: "Not Found" }]);
    const client = connect().forInstallation(1);
    await react(client, TARGET, 3, "eyes");
    await react(client, TARGET, 3, "rocket");
    expect(script.sent.map(({ body }) => body.content)).toEqual(["eyes", "rocket"]);
  });
});
