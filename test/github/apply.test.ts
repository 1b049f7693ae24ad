import { describe, expect, it } from "vitest";
import type { CheckRunPlan, NewComment, ReviewPlan } from "../../src/core/model/review.js";
import { formatMarker } from "../../src/core/review/marker.js";
import { cancelCheck } from "../../src/github/apply/check-runs.js";
import { createCheckAndLook } from "../../src/github/apply/create-check-and-look.js";
import { react } from "../../src/github/apply/reactions.js";
import { applyPlan } from "../../src/github/apply.js";
import { Retryable } from "../../src/github/client/errors.js";
import { isAtLeast, readRole } from "../../src/github/pull-request/permission.js";
import { readPullRequest } from "../../src/github/pull-request/pull-request-state.js";
import {
  APP_ID,
  BASE_SHA,
  connect,
  createScript,
  expectToken,
  HEAD,
  NEXT_HEAD,
  queried,
  started,
  stateOf,
  TARGET,
  thread,
  useWire,
} from "./wire.js";

const CHECKS = "/repos/octo/shop/check-runs";
const REVIEWS = "/repos/octo/shop/pulls/7/reviews";
const COMMENTS = "/repos/octo/shop/pulls/7/comments";
const EXTERNAL_ID = `cyclekey:7:${BASE_SHA}:${HEAD}`;
const OTHERS_ID = `cyclekey:8:${BASE_SHA}:${HEAD}`;
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
  return { databaseId: id, status, conclusion, externalId, annotations: { totalCount: 1 } };
}

useWire();

async function apply(plan: Partial<ReviewPlan>, state = stateOf({}), again = false) {
  expectToken();
  await applyPlan(
    connect().forInstallation(1),
    TARGET,
    readPullRequest(state, APP_ID, "R_1"),
    { comments: [], edits: [], check, withoutEffect: [], ...plan },
    { again },
  );
}

function pending(nodes: readonly object[]): [number, unknown] {
  return [200, { data: { repository: { id: "R_1", pullRequest: { reviews: { nodes } } } } }];
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
      readPullRequest(state, APP_ID, "R_1"),
      { comments: [], edits: [], check, withoutEffect: [] },
      { again: false },
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

  it("takes over the check that another pull request has on the same head", async () => {
    const script = createScript();
    script.on("PATCH", `${CHECKS}/8`, [200, {}]);
    await apply({}, stateOf({ checks: [own(8, "IN_PROGRESS", null, OTHERS_ID)] }));
    expect(script.sent[0]?.body).toMatchObject({
      external_id: EXTERNAL_ID,
      conclusion: "failure",
    });
  });

  it("writes more annotations than a request takes in several, the verdict with the last", async () => {
    const annotations = Array.from({ length: 120 }, (_, index) => ({
      ...check.annotations[0]!,
      startLine: index + 1,
      endLine: index + 1,
    }));
    const script = createScript();
    script.on("POST", CHECKS, [201, { id: 1 }]);
    script.on("PATCH", `${CHECKS}/1`, [200, {}], [200, {}], [200, {}]);
    await apply({ check: { ...check, annotations } });
    const outputs = script.sent.slice(1).map(({ body }) => body.output as { annotations: [] });
    expect(outputs.map((output) => output.annotations.length)).toEqual([50, 20, 50]);
    expect(script.sent.map(({ body }) => body.status)).toEqual([
      "in_progress",
      undefined,
      undefined,
      "completed",
    ]);
  });
});

describe("a plan with comments", () => {
  it("opens the check, reviews, edits and completes, in this order", async () => {
    const script = createScript();
    script.on("POST", "/graphql", started());
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
      "POST /graphql",
      "POST /pulls/7/reviews",
      "PATCH /pulls/comments/5",
      "POST /graphql",
      "PATCH /check-runs/1",
    ]);
    expect(script.sent[0]?.body).toMatchObject({
      variables: { check: { status: "IN_PROGRESS", externalId: EXTERNAL_ID, headSha: HEAD } },
    });
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
    expect(script.sent[3]?.body).toMatchObject({ variables: { subjectId: "C_5" } });
  });

  it("does not write while the head has moved", async () => {
    const script = createScript();
    script.on("POST", "/graphql", started(1, stateOf({ headRefOid: NEXT_HEAD })));
    await expect(apply({ comments: [comment("1")] })).rejects.toBeInstanceOf(Retryable);
    expect(order(script)).toEqual(["POST /graphql"]);
  });

  it("gives way to another process whose check on the head is older, and to no younger one", async () => {
    const script = createScript();
    const both = stateOf({ checks: [own(1, "IN_PROGRESS", null), own(2, "IN_PROGRESS", null)] });
    script.on("POST", "/graphql", started(2, both), started(1, both));
    await expect(apply({ comments: [comment("1")] })).rejects.toMatchObject({
      name: "Retryable",
      retryAfter: 10,
    });
    script.on("POST", REVIEWS, [200, { id: 2 }]);
    script.on("PATCH", `${CHECKS}/1`, [200, { id: 1 }]);
    await apply({ comments: [comment("1")] });
    expect(order(script).at(-1)).toBe("PATCH /check-runs/1");
  });

  it("is not sent again when the answer to the review is lost", async () => {
    const script = createScript();
    script.on("POST", "/graphql", started());
    script.on("POST", REVIEWS, [502, { message: "Server Error" }]);
    await expect(apply({ comments: [comment("1")] })).rejects.toBeInstanceOf(Retryable);
    expect(order(script)).toEqual(["POST /graphql", "POST /pulls/7/reviews"]);
  });

  it("posts one by one after 422, drops the refused one and names it in the check", async () => {
    const script = createScript();
    script.on("POST", "/graphql", started());
    script.on("POST", REVIEWS, [422, UNPROCESSABLE]);
    // Normally GitHub keeps nothing of a refused review; here it kept the first comment.
    const kept = stateOf({ threads: [thread(11, comment("1").body)] });
    script.on("POST", "/graphql", queried(kept), pending([]));
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

  it("deletes a review of its own that was never submitted, and none of others", async () => {
    const script = createScript();
    script.on("POST", "/graphql", started());
    script.on("POST", REVIEWS, [422, UNPROCESSABLE]);
    const reviews = [
      { fullDatabaseId: "21", viewerDidAuthor: true },
      { fullDatabaseId: "22", viewerDidAuthor: false },
    ];
    script.on("POST", "/graphql", queried(stateOf({})), pending(reviews));
    script.on("DELETE", `${REVIEWS}/21`, [200, {}]);
    script.on("POST", COMMENTS, [201, { id: 12 }]);
    script.on("PATCH", `${CHECKS}/1`, [200, { id: 1 }]);
    await apply({ comments: [comment("1")] });
    expect(order(script).at(-1)).toBe("PATCH /check-runs/1");
  });

  it("never puts more than thirty into one review", async () => {
    const script = createScript();
    script.on("POST", "/graphql", started());
    script.on("POST", REVIEWS, [200, { id: 2 }], [200, { id: 3 }]);
    script.on("PATCH", `${CHECKS}/1`, [200, { id: 1 }]);
    await apply({
      comments: Array.from({ length: 31 }, (_, index) => comment("1", { line: index + 1 })),
    });
    const sizes = script.sent.slice(1, 3).map(({ body }) => (body.comments as object[]).length);
    expect(sizes).toEqual([30, 1]);
  });

  it("opens the check again when it had ended with another verdict", async () => {
    const script = createScript();
    script.on("PATCH", `${CHECKS}/8`, [200, { id: 8 }], [200, { id: 8 }]);
    script.on("POST", REVIEWS, [200, { id: 2 }]);
    const state = stateOf({ checks: [own(8, "COMPLETED", "SUCCESS", OTHERS_ID)] });
    await apply({ comments: [comment("1")] }, state);
    expect(script.sent[0]?.body).toMatchObject({ status: "in_progress", external_id: EXTERNAL_ID });
    expect(script.sent[2]?.body).toMatchObject({ status: "completed", conclusion: "failure" });
  });

  it("closes and opens threads where the installation grants it", async () => {
    expectToken(1, "t1");
    const github = connect();
    github.learnGrants(1, { contents: "write" });
    const script = createScript();
    script.on("PATCH", `${CHECKS}/1`, [200, {}]);
    const done = [200, { data: {} }] as const;
    expectToken(1, "t2", { contents: "write", pull_requests: "write" });
    script.on("POST", "/graphql", done, done);
    const edit = { nodeId: "C", body: "x", visibility: "keep" } as const;
    const posted = [thread(5, "x"), thread(6, "x")];
    const checks = [own(1, "IN_PROGRESS", null)];
    await applyPlan(
      github.forInstallation(1),
      TARGET,
      readPullRequest(stateOf({ threads: posted, checks }), APP_ID, "R_1"),
      {
        comments: [],
        edits: [
          { ...edit, id: 5, thread: { id: "T_5", resolve: true } },
          { ...edit, id: 6, thread: { id: "T_6", resolve: false } },
        ],
        check,
        withoutEffect: [],
      },
      { again: false },
    );
    expect(script.sent.slice(0, 2).map(({ body }) => body.variables)).toEqual([
      { threadId: "T_5" },
      { threadId: "T_6" },
    ]);
  });

  it("looks again when the review was refused because the head moved", async () => {
    const script = createScript();
    script.on("POST", "/graphql", started());
    script.on("POST", REVIEWS, [422, UNPROCESSABLE]);
    const moved = stateOf({ headRefOid: NEXT_HEAD });
    script.on("POST", "/graphql", queried(moved));
    await expect(apply({ comments: [comment("1")] })).rejects.toBeInstanceOf(Retryable);
  });

  it("goes on when a comment to edit is gone, or may not be hidden", async () => {
    const script = createScript();
    script.on("POST", "/graphql", started());
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
            checkRun: {
              databaseId: 77,
              repository: { defaultBranchRef: { name: "main" }, pullRequest: stateOf({}) },
            },
          },
        },
      },
    ]);
    const client = connect().forInstallation(1);
    const { pullRequest, ontoDefaultBranch } = await createCheckAndLook(client, TARGET, check);
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
    expect(ontoDefaultBranch).toBe(true);
  });

  it("cancel a check of a head that was left", async () => {
    expectToken();
    const script = createScript();
    script.on("PATCH", `${CHECKS}/4`, [200, {}]);
    await cancelCheck(connect().forInstallation(1), TARGET, 4, { title: "t", summary: "s" });
    expect(script.sent[0]?.body).toMatchObject({ status: "completed", conclusion: "cancelled" });
  });

  it.each([
    [{ permission: "admin", role_name: "admin" }, "admin"],
    [{ permission: "write", role_name: "maintain" }, "maintain"],
    [{ permission: "write", role_name: "release-manager" }, "write"],
    [{ permission: "read", role_name: "triage" }, "triage"],
    [{ permission: "none" }, "none"],
    [{}, "none"],
  ])("know the role of %j", async (answer, role) => {
    expectToken();
    createScript().on("GET", "/repos/octo/shop/collaborators/bob/permission", [200, answer]);
    await expect(readRole(connect().forInstallation(1), TARGET, "bob")).resolves.toBe(role);
  });

  it("know which role is more than another", () => {
    expect(isAtLeast("maintain", "write")).toBe(true);
    expect(isAtLeast("triage", "write")).toBe(false);
    expect(isAtLeast("admin", "admin")).toBe(true);
  });

  it("take a stranger's 404 for no", async () => {
    expectToken();
    createScript().on("GET", "/repos/octo/shop/collaborators/eve/permission", [
      404,
      { message: "Not Found" },
    ]);
    await expect(readRole(connect().forInstallation(1), TARGET, "eve")).resolves.toBe("none");
  });

  it("react, also when the comment is gone", async () => {
    expectToken();
    const script = createScript();
    script.on("POST", "/repos/octo/shop/issues/comments/3/reactions", [201, {}]);
    script.on("POST", "/repos/octo/shop/pulls/comments/4/reactions", [
      404,
      { message: "Not Found" },
    ]);
    const client = connect().forInstallation(1);
    await react(client, TARGET, { kind: "conversation", id: 3 }, "eyes");
    await react(client, TARGET, { kind: "review", id: 4 }, "rocket");
    expect(script.sent.map(({ body }) => body.content)).toEqual(["eyes", "rocket"]);
  });
});
