import { describe, expect, it } from "vitest";
import { formatMarker } from "../../src/core/review/marker.js";
import type { PullRequestJob } from "../../src/jobs/job.js";
import {
  BASE_SHA,
  blob,
  createScript,
  expectToken,
  HEAD,
  listed,
  queried,
  reply,
  started,
  stateOf,
  TARGET,
  thread,
  useWire,
} from "../github/wire.js";
import { runJob } from "./job-runner.js";
import { PATHS } from "./wire-paths.js";

const JOB: PullRequestJob = { kind: "pull-request", installationId: 1, ...TARGET, commands: [] };
const SETTINGS = listed(
  "shop/settings.py",
  "@@ -1 +1 @@\n-SESSION_COOKIE_SECURE = True\n+SESSION_COOKIE_SECURE = False",
);
const SEEN = { reactionGroups: [{ content: "EYES", viewerHasReacted: true }] };

useWire();

/** The body of the comment that the finding gets, as the review posts it. */
async function postedBody(): Promise<string> {
  const script = createScript();
  expectToken();
  script.on("GET", PATHS.files(), [200, [SETTINGS]]);
  script.on("POST", "/graphql", queried(stateOf({}), [blob("SESSION_COOKIE_SECURE = False\n")]));
  script.on("POST", "/graphql", started());
  script.on("POST", PATHS.reviews, [200, { id: 2 }]);
  script.on("PATCH", `${PATHS.checks}/1`, [200, {}]);
  await runJob(JOB);
  const [comment] = script.sent[3]!.body.comments as { body: string }[];
  return comment!.body;
}

/** Runs the job on the finding's thread with these replies, and returns what it asked. */
async function work(
  replies: readonly object[],
  announce: (script: ReturnType<typeof createScript>) => void,
  more: Parameters<typeof queried>[2] = {},
) {
  const state = stateOf({ threads: [thread(30, await postedBody(), replies)] });
  const script = createScript();
  expectToken();
  script.on("GET", PATHS.files(), [200, [SETTINGS]]);
  script.on("POST", "/graphql", queried(state, [blob("SESSION_COOKIE_SECURE = False\n")], more));
  announce(script);
  await runJob(JOB);
  return script.sent.slice(2).map(({ method, path, body }) => {
    const said = body?.content ?? body?.conclusion ?? body?.status ?? "";
    return `${method} ${path.replace("/repos/octo/shop/", "")} ${said}`.trim();
  });
}

/** The body of the comment once it was accepted. */
async function obeyed(): Promise<string> {
  const state = stateOf({
    threads: [thread(30, await postedBody(), [reply(31, "/accept set by the proxy", SEEN)])],
  });
  const script = createScript();
  expectToken();
  script.on("GET", PATHS.files(), [200, [SETTINGS]]);
  script.on("POST", "/graphql", queried(state, [blob("SESSION_COOKIE_SECURE = False\n")]));
  script.on("GET", PATHS.permission("bob"), [200, { permission: "write" }]);
  script.on("POST", "/graphql", started());
  script.on("PATCH", PATHS.edit(30), [200, {}]);
  script.on("PATCH", `${PATHS.checks}/1`, [200, {}]);
  script.on("POST", PATHS.reactions(31), [201, {}]);
  await runJob(JOB);
  return String(script.sent.find(({ path }) => path === PATHS.edit(30))?.body.body);
}

describe("a reply that accepts", () => {
  it("is seen, asked about live, obeyed and then answered", async () => {
    const asked = await work([reply(31, "/accept set by the proxy")], (script) => {
      script.on("GET", PATHS.permission("bob"), [200, { permission: "write" }]);
      script.on("POST", PATHS.reactions(31), [201, {}], [201, {}]);
      script.on("POST", "/graphql", started());
      script.on("PATCH", PATHS.edit(30), [200, {}]);
      script.on("PATCH", `${PATHS.checks}/1`, [200, {}]);
    });
    expect(asked).toEqual([
      "GET collaborators/bob/permission",
      "POST pulls/comments/31/reactions eyes",
      "POST /graphql",
      "PATCH pulls/comments/30",
      expect.stringMatching(/^PATCH check-runs\/1 (?:success|neutral)$/),
      "POST pulls/comments/31/reactions rocket",
    ]);
  });

  it("gets no second eyes after a crash", async () => {
    const asked = await work([reply(31, "/accept set by the proxy", SEEN)], (script) => {
      script.on("GET", PATHS.permission("bob"), [200, { permission: "admin" }]);
      script.on("POST", PATHS.reactions(31), [201, {}]);
      script.on("POST", "/graphql", started());
      script.on("PATCH", PATHS.edit(30), [200, {}]);
      script.on("PATCH", `${PATHS.checks}/1`, [200, {}]);
    });
    expect(asked.at(-1)).toBe("POST pulls/comments/31/reactions rocket");
  });

  it("has the check written again when a run before obeyed it and died", async () => {
    const accepted = await obeyed();
    const state = stateOf({
      threads: [thread(30, accepted, [reply(31, "/accept set by the proxy", SEEN)])],
      checks: [
        {
          databaseId: 1,
          status: "COMPLETED",
          conclusion: "SUCCESS",
          externalId: `cyclekey:7:${BASE_SHA}:${HEAD}`,
        },
      ],
    });
    const script = createScript();
    expectToken();
    script.on("GET", PATHS.files(), [200, [SETTINGS]]);
    script.on("POST", "/graphql", queried(state, [blob("SESSION_COOKIE_SECURE = False\n")]));
    script.on("GET", PATHS.permission("bob"), [200, { permission: "write" }]);
    script.on("PATCH", `${PATHS.checks}/1`, [200, {}]);
    script.on("POST", PATHS.reactions(31), [201, {}]);
    await runJob(JOB);
    expect(script.sent.at(-1)?.body).toMatchObject({ content: "rocket" });
  });

  it("with too small a role is refused", async () => {
    const asked = await work(
      [reply(31, "/accept mine")],
      (script) => {
        script.on("GET", PATHS.permission("bob"), [200, { permission: "write" }]);
        script.on("POST", PATHS.reactions(31), [201, {}]);
        script.on("POST", PATHS.checks, [201, { id: 1 }]);
      },
      { repository: "accept:\n  permission: maintain\n" },
    );
    expect(asked).toEqual([
      "GET collaborators/bob/permission",
      "POST check-runs failure",
      "POST pulls/comments/31/reactions confused",
    ]);
  });

  it.each([
    ["by the author", reply(31, "/accept mine", { author: { __typename: "User", login: "Ann" } })],
    ["without a reason", reply(31, "/accept")],
  ])("%s is refused unasked", async (_, said) => {
    const asked = await work([said], (script) => {
      script.on("POST", PATHS.reactions(31), [201, {}]);
      script.on("POST", PATHS.checks, [201, { id: 1 }]);
    });
    expect(asked).toEqual(["POST check-runs failure", "POST pulls/comments/31/reactions confused"]);
  });

  it("of a bot, or that has its answer, costs nothing", async () => {
    const robot = { author: { __typename: "Bot", login: "helper" } };
    const done = { reactionGroups: [{ content: "ROCKET", viewerHasReacted: true }] };
    const asked = await work(
      [reply(31, "/accept beep", robot), reply(32, "/accept done", done)],
      (script) => script.on("POST", PATHS.checks, [201, { id: 1 }]),
    );
    expect(asked).toEqual(["POST check-runs failure"]);
  });
});

describe("replies that contradict each other", () => {
  it("are worked off in their order, and the last one holds", async () => {
    const replies = [
      reply(31, "/accept set by the proxy"),
      reply(32, "/reopen", { author: { __typename: "User", login: "ann" } }),
    ];
    const asked = await work(replies, (script) => {
      script.on("GET", PATHS.permission("bob"), [200, { permission: "write" }]);
      script.on("POST", PATHS.reactions(31), [201, {}], [201, {}]);
      script.on("POST", PATHS.reactions(32), [201, {}], [201, {}]);
      script.on("POST", PATHS.checks, [201, { id: 1 }]);
    });
    expect(asked).toContain("POST check-runs failure");
    expect(asked.slice(-2).map((one) => one.slice(0, 31))).toEqual([
      "POST pulls/comments/31/reaction",
      "POST pulls/comments/32/reaction",
    ]);
  });
});

describe("someone who is refused again and again", () => {
  const asks = (count: number, more: object = {}, from = 31) =>
    Array.from({ length: count }, (_, index) => reply(from + index, "/accept mine", more));

  it("is told ten times, after the check, and asked about once", async () => {
    const asked = await work(asks(40), (script) => {
      script.on("GET", PATHS.permission("bob"), [200, { permission: "read" }]);
      script.on("POST", PATHS.checks, [201, { id: 1 }]);
      for (let id = 31; id < 41; id++) script.on("POST", PATHS.reactions(id), [201, {}]);
    });
    expect(asked.slice(0, 2)).toEqual([
      "GET collaborators/bob/permission",
      "POST check-runs failure",
    ]);
  });

  it("is told no more by the jobs after that", async () => {
    const told = { reactionGroups: [{ content: "CONFUSED", viewerHasReacted: true }] };
    const asked = await work([...asks(10, told), ...asks(5, {}, 41)], (script) => {
      script.on("GET", PATHS.permission("bob"), [200, { permission: "read" }]);
      script.on("POST", PATHS.checks, [201, { id: 1 }]);
    });
    expect(asked).toEqual(["GET collaborators/bob/permission", "POST check-runs failure"]);
  });

  it("is heard all the same once allowed", async () => {
    const told = { reactionGroups: [{ content: "CONFUSED", viewerHasReacted: true }] };
    const asked = await work(
      [...asks(10, told), reply(41, "/accept set by the proxy")],
      (script) => {
        script.on("GET", PATHS.permission("bob"), [200, { permission: "write" }]);
        script.on("POST", PATHS.reactions(41), [201, {}], [201, {}]);
        script.on("POST", "/graphql", started());
        script.on("PATCH", PATHS.edit(30), [200, {}]);
        script.on("PATCH", `${PATHS.checks}/1`, [200, {}]);
      },
    );
    expect(asked.at(-1)).toBe("POST pulls/comments/41/reactions rocket");
  });
});

describe("/reopen where nothing was accepted", () => {
  const author = { author: { __typename: "User", login: "ann" } };

  it("takes nothing back, so it is refused", async () => {
    const asked = await work([reply(31, "/reopen", author)], (script) => {
      script.on("POST", PATHS.checks, [201, { id: 1 }]);
      script.on("POST", PATHS.reactions(31), [201, {}]);
    });
    expect(asked.at(-1)).toBe("POST pulls/comments/31/reactions confused");
  });

  it("gets its rocket when a run before took it back and died", async () => {
    const asked = await work([reply(31, "/reopen", { ...author, ...SEEN })], (script) => {
      script.on("POST", PATHS.checks, [201, { id: 1 }]);
      script.on("POST", PATHS.reactions(31), [201, {}]);
    });
    expect(asked.at(-1)).toBe("POST pulls/comments/31/reactions rocket");
  });
});

it("A resolved comment tells of nothing that could be accepted", async () => {
  const marker = formatMarker({ state: "resolved", told: [{ fingerprint: "f".repeat(32) }] });
  const state = stateOf({
    threads: [thread(30, `gone\n\n${marker}`, [reply(31, "/accept late")])],
  });
  const script = createScript();
  expectToken();
  script.on("GET", PATHS.files(), [200, [listed("README.md", "@@ -1 +1 @@\n-a\n+b")]]);
  script.on("POST", "/graphql", queried(state));
  script.on("POST", PATHS.reactions(31), [201, {}]);
  script.on("POST", PATHS.checks, [201, { id: 1 }]);
  await runJob(JOB);
  expect(script.sent.at(-1)?.body).toMatchObject({ content: "confused" });
});
