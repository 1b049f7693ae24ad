import { describe, expect, it } from "vitest";
import type { PullRequestJob } from "../../src/jobs/job.js";
import {
  type Answer,
  blob,
  createScript,
  expectToken,
  listed,
  MERGE_BASE,
  queried,
  sibling,
  stateOf,
  TARGET,
  useWire,
} from "../github/wire.js";
import { runJob } from "./job-runner.js";
import { PATHS } from "./wire-paths.js";

const JOB: PullRequestJob = { kind: "pull-request", installationId: 1, ...TARGET, commands: [] };
const README = listed("README.md", "@@ -1 +1 @@\n-a\n+b");
const SETTINGS = listed(
  "shop/settings.py",
  "@@ -1 +1 @@\n-SESSION_COOKIE_SECURE = True\n+SESSION_COOKIE_SECURE = False",
);
const WEAK = blob("SESSION_COOKIE_SECURE = False\n");

useWire();

/** The answer to a query of files alone. */
function files(f0: unknown): Answer {
  return [200, { data: { repository: { id: "R_1", f0 } } }];
}

/** What the check of the head comes to, when nothing can matter in the range of the job itself. */
async function check(
  more: Parameters<typeof stateOf>[0],
  script = createScript(),
  ...queries: readonly Answer[]
) {
  expectToken();
  script.on("GET", PATHS.files(), [200, [README]]);
  script.on("POST", "/graphql", queried(stateOf(more)), ...queries);
  script.on("POST", PATHS.checks, [201, { id: 1 }]);
  await runJob(JOB);
  const body = script.sent.at(-1)?.body as {
    conclusion: string;
    output: { summary: string; annotations: [] };
  };
  return { ...body, sent: script.sent.map(({ method, path }) => `${method} ${path}`) };
}

describe("a pull request into another branch than the default one", () => {
  it("fails for what is new there, without comments or annotations on it", async () => {
    const script = createScript();
    script.on("GET", PATHS.compareMain, [
      200,
      { merge_base_commit: { sha: MERGE_BASE }, files: [SETTINGS] },
    ]);
    const { conclusion, output, sent } = await check(
      { baseRefName: "legacy" },
      script,
      files(WEAK),
      files(null),
    );
    expect(conclusion).toBe("failure");
    expect(output.summary).toContain("main");
    expect(output.annotations).toEqual([]);
    expect(sent).not.toContain(`POST ${PATHS.reviews}`);
  });

  it("passes when nothing can matter there either", async () => {
    const script = createScript();
    script.on("GET", PATHS.compareMain, [
      200,
      { merge_base_commit: { sha: MERGE_BASE }, files: [README] },
    ]);
    expect((await check({ baseRefName: "legacy" }, script)).conclusion).toBe("success");
  });

  it.each([
    ["cannot be compared", [404, { message: "Not Found" }]],
    [
      "has more files than GitHub lists",
      [
        200,
        {
          merge_base_commit: { sha: MERGE_BASE },
          files: Array.from({ length: 300 }, (_, index) =>
            listed(`a${index}.txt`, "@@ -1 +1 @@\n-a\n+b"),
          ),
        },
      ],
    ],
  ] as const)("does not pass when it %s", async (_, answer) => {
    const script = createScript();
    script.on("GET", PATHS.compareMain, answer as never);
    expect((await check({ baseRefName: "legacy" }, script)).conclusion).toBe("failure");
  });
});

describe("a pull request that shares its head", () => {
  it("needs no comparison where the other one goes into the default branch", async () => {
    const script = createScript();
    script.on("GET", PATHS.files(8), [200, [README]]);
    const { conclusion } = await check(
      { baseRefName: "legacy", siblings: [sibling(8, "main")] },
      script,
      queried({ ...stateOf({}), number: 8 } as object),
    );
    expect(conclusion).toBe("success");
  });

  it("forgets the other one when it is closed meanwhile", async () => {
    const script = createScript();
    script.on("GET", PATHS.files(8), [200, [SETTINGS]]);
    const closed = queried({ ...stateOf({ state: "CLOSED" }), number: 8 } as object, [WEAK]);
    const { conclusion } = await check({ siblings: [sibling(8, "legacy")] }, script, closed);
    expect(conclusion).toBe("success");
  });

  it("does not pass when the other one cannot be read", async () => {
    const script = createScript();
    script.on("GET", PATHS.files(8), [404, { message: "Not Found" }]);
    const { conclusion, output } = await check({ siblings: [sibling(8, "legacy")] }, script);
    expect(conclusion).toBe("failure");
    expect(output.summary).toContain("#8");
  });

  it("does not pass when more than five do", async () => {
    const script = createScript();
    const numbers = [8, 9, 10, 11, 12, 13];
    const judged = numbers.slice(0, 5);
    for (const number of judged) script.on("GET", PATHS.files(number), [200, [README]]);
    const siblings = numbers.map((number) => sibling(number, "main"));
    const states = judged.map((number) => queried({ ...stateOf({}), number } as object));
    expect((await check({ siblings }, script, ...states)).conclusion).toBe("failure");
  });

  it("does not pass when GitHub may know more of them than it lists", async () => {
    const siblings = Array.from({ length: 100 }, (_, index) =>
      sibling(100 + index, "main", { state: "CLOSED" }),
    );
    expect((await check({ siblings })).conclusion).toBe("failure");
  });
});
