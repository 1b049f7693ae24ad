import { describe, expect, it } from "vitest";
import { parsePatch } from "../../src/core/diff/parse-patch.js";
import type { ChangedFile } from "../../src/core/model/change.js";
import {
  changesConfiguration,
  isIrrelevant,
  MAX_CANDIDATES,
  pickCandidates,
} from "../../src/github/files/candidates.js";
import type { Listing } from "../../src/github/files/listing.js";
import { observe as look, type Observation } from "../../src/github/observe.js";
import {
  BASE_SHA,
  blob,
  commitWith,
  connect,
  createScript,
  expectToken,
  HEAD,
  MAIN,
  MERGE_BASE,
  NEXT_HEAD,
  queried,
  reply,
  sibling,
  stateOf,
  TARGET,
  thread,
  useWire,
} from "./wire.js";

const COMPARE = `/repos/octo/shop/compare/${BASE_SHA}...${HEAD}?per_page=1`;
const BEFORE = "SESSION_COOKIE_SECURE = True\n";
const AFTER = "SESSION_COOKIE_SECURE = False\n";
const PATCH = "@@ -1 +1 @@\n-SESSION_COOKIE_SECURE = True\n+SESSION_COOKIE_SECURE = False";

useWire();

function file(path: string, more: Partial<ChangedFile> = {}): ChangedFile {
  const hunks = parsePatch(PATCH);
  return { path, basePath: path, status: "modified", kind: "file", hunks, ...more };
}

function listing(...files: readonly ChangedFile[]): Listing {
  return { headSha: HEAD, files, truncated: undefined };
}

function answer(blobs: readonly unknown[], state = stateOf({})): [number, unknown] {
  return queried(state, blobs);
}

/** The answer to a query of blobs alone. */
function blobsOnly(blobs: readonly unknown[]): [number, unknown] {
  const aliases = Object.fromEntries(blobs.map((value, index) => [`f${index}`, value]));
  return [200, { data: { repository: { id: "R_1", ...aliases } } }];
}

async function observe(...given: Parameters<typeof look>): Promise<Observation> {
  const observation = await look(...given);
  expect(observation).toBeDefined();
  return observation as Observation;
}

describe("an observation", () => {
  it("rebuilds base from head and patch, with one request", async () => {
    expectToken();
    const script = createScript();
    script.on("POST", "/graphql", answer([blob(AFTER)]));
    const { changes, pullRequest } = await observe(
      connect().forInstallation(1),
      TARGET,
      listing(file("shop/settings.py")),
    );
    expect(changes.files).toMatchObject([{ path: "shop/settings.py", base: BEFORE, head: AFTER }]);
    expect(pullRequest).toMatchObject({ number: 7, headSha: HEAD, baseSha: BASE_SHA, open: true });
    expect(script.sent[0]?.body).toMatchObject({
      variables: { owner: "octo", name: "shop", number: 7, f0: `${HEAD}:shop/settings.py` },
    });
  });

  it("sends paths as variables, never inside the document", async () => {
    expectToken();
    const path = 'settings"}}){evil}.py';
    const script = createScript();
    script.on("POST", "/graphql", answer([blob(AFTER)]));
    await observe(connect().forInstallation(1), TARGET, listing(file(path)));
    expect(String(script.sent[0]?.body.query)).not.toContain("evil");
  });

  it("compares both blobs when there is no patch, base at the merge base", async () => {
    expectToken();
    const script = createScript();
    script.on("POST", "/graphql", answer([blob(AFTER)]), blobsOnly([blob(BEFORE)]));
    script.on("GET", COMPARE, [200, { merge_base_commit: { sha: MERGE_BASE } }]);
    const { changes } = await observe(
      connect().forInstallation(1),
      TARGET,
      listing(file("settings.py", { hunks: undefined })),
    );
    expect(changes.files).toMatchObject([{ base: BEFORE, head: AFTER }]);
    expect(changes.files[0]?.hunks).toHaveLength(1);
    expect(script.sent[2]?.body).toMatchObject({ variables: { f0: `${MERGE_BASE}:settings.py` } });
  });

  it("reads a removed file at the merge base", async () => {
    expectToken();
    const script = createScript();
    script.on("POST", "/graphql", answer([]), blobsOnly([blob(BEFORE)]));
    script.on("GET", COMPARE, [200, { merge_base_commit: { sha: MERGE_BASE } }]);
    const { changes } = await observe(
      connect().forInstallation(1),
      TARGET,
      listing(file("settings.py", { status: "removed" })),
    );
    expect(changes.files).toMatchObject([{ status: "removed", base: BEFORE, head: "" }]);
  });

  it("fetches base when the patch does not fit head", async () => {
    expectToken();
    const script = createScript();
    const other = "SESSION_COOKIE_SECURE = None\n";
    script.on("POST", "/graphql", answer([blob(other)]), blobsOnly([blob(BEFORE)]));
    script.on("GET", COMPARE, [200, { merge_base_commit: { sha: MERGE_BASE } }]);
    const { changes } = await observe(
      connect().forInstallation(1),
      TARGET,
      listing(file("settings.py")),
    );
    expect(changes.files).toMatchObject([{ base: BEFORE, head: other }]);
  });

  it.each([
    ["too-large", { ...blob(AFTER), isTruncated: true, isBinary: null, byteSize: 600_000 }],
    ["unreadable", { ...blob(AFTER), isBinary: true, text: null }],
    ["unreadable", null],
    ["unsafe-encoding", { ...blob(AFTER), byteSize: 40 }],
  ])("names a file that is %s", async (reason, value) => {
    expectToken();
    createScript().on("POST", "/graphql", answer([value]));
    const { changes } = await observe(
      connect().forInstallation(1),
      TARGET,
      listing(file("settings.py")),
    );
    expect(changes.files).toEqual([]);
    expect(changes.unscanned).toMatchObject([{ path: "settings.py", reason }]);
  });

  it("is none when the head moved after the listing", async () => {
    expectToken();
    createScript().on("POST", "/graphql", answer([], stateOf({ headRefOid: NEXT_HEAD })));
    const client = connect().forInstallation(1);
    await expect(look(client, TARGET, listing(file("settings.py")))).resolves.toBeUndefined();
  });

  it("does not take a list that is cut for the whole", async () => {
    expectToken();
    createScript().on("POST", "/graphql", answer([blob(AFTER)], stateOf({ changedFiles: 2 })));
    const { changes } = await observe(
      connect().forInstallation(1),
      TARGET,
      listing(file("shop/settings.py")),
    );
    expect(changes.unscanned).toMatchObject([{ path: ".", reason: "over-a-cap" }]);
  });

  it("asks for sixty blobs at a time", async () => {
    expectToken();
    const script = createScript();
    const blobs = Array.from({ length: 61 }, () => blob(AFTER));
    script.on("POST", "/graphql", answer(blobs.slice(0, 60)), blobsOnly(blobs.slice(60)));
    const files = blobs.map((_, index) => file(`app${index}/settings.py`));
    const { changes } = await observe(connect().forInstallation(1), TARGET, listing(...files));
    expect(changes.files).toHaveLength(61);
    expect(changes.files[60]?.path).toBe("app60/settings.py");
  });

  it("knows its own comments and checks from those of others", async () => {
    expectToken();
    const state = stateOf({
      threads: [thread(1, "ours"), thread(2, "answered", [reply(9, "really?")])],
      checks: [
        { databaseId: 5, status: "COMPLETED", conclusion: "SUCCESS", externalId: "cyclekey:7" },
      ],
    });
    createScript().on("POST", "/graphql", answer([], state));
    const { pullRequest } = await observe(connect().forInstallation(1), TARGET, listing());
    expect(pullRequest.posted.comments).toMatchObject([
      { id: 1, nodeId: "C_1", threadId: "T_1", humanReply: false, touched: false, replies: [] },
      { id: 2, nodeId: "C_2", threadId: "T_2", humanReply: true },
    ]);
    expect(pullRequest.posted.checks).toMatchObject([
      { id: 5, externalId: "cyclekey:7", status: "completed", conclusion: "success" },
    ]);
  });

  it("reads replies with our answers to them", async () => {
    expectToken();
    const reacted = (...contents: readonly string[]) => ({
      reactionGroups: contents.map((content) => ({ content, viewerHasReacted: true })),
    });
    const theirs = { reactionGroups: [{ content: "ROCKET", viewerHasReacted: false }] };
    const robot = { author: { __typename: "Bot", login: "helper" } };
    const replies = [
      reply(11, "/accept it is a test", theirs),
      reply(12, "/reopen", reacted("EYES")),
      reply(13, "/accept", reacted("EYES", "CONFUSED")),
      reply(14, "/accept gone", { author: null }),
      reply(15, "/accept beep", robot),
    ];
    createScript().on(
      "POST",
      "/graphql",
      answer([], stateOf({ threads: [thread(1, "x", replies)] })),
    );
    const { pullRequest } = await observe(connect().forInstallation(1), TARGET, listing());
    expect(pullRequest.posted.comments[0]?.replies).toEqual([
      {
        id: 11,
        nodeId: "C_11",
        author: "bob",
        bot: false,
        body: "/accept it is a test",
        answer: "none",
      },
      { id: 12, nodeId: "C_12", author: "bob", bot: false, body: "/reopen", answer: "seen" },
      { id: 13, nodeId: "C_13", author: "bob", bot: false, body: "/accept", answer: "refused" },
      { id: 14, nodeId: "C_14", author: "", bot: true, body: "/accept gone", answer: "none" },
      { id: 15, nodeId: "C_15", author: "helper", bot: true, body: "/accept beep", answer: "none" },
    ]);
  });

  it("is deaf to a reply that was edited, and sees that a comment of ours was", async () => {
    expectToken();
    const edited = { editor: { login: "eve" } };
    const ours = thread(1, "x", [reply(11, "/accept fine", edited)]) as {
      comments: { nodes: Record<string, unknown>[] };
    };
    Object.assign(ours.comments.nodes[0]!, edited);
    createScript().on("POST", "/graphql", answer([], stateOf({ threads: [ours] })));
    const { pullRequest } = await observe(connect().forInstallation(1), TARGET, listing());
    expect(pullRequest.posted.comments).toMatchObject([{ touched: true, replies: [{ body: "" }] }]);
  });

  it("sees checks of ours on heads that were left, pushed over or built upon", async () => {
    expectToken();
    const open = { databaseId: 3, status: "IN_PROGRESS", externalId: "x" };
    const state = stateOf({
      earlier: [commitWith(NEXT_HEAD, [open])],
      forcePushed: [commitWith(MERGE_BASE, [{ ...open, databaseId: 4 }]), null as never],
    });
    createScript().on("POST", "/graphql", answer([], state));
    const { pullRequest } = await observe(connect().forInstallation(1), TARGET, listing());
    expect(pullRequest.posted.checks).toEqual([]);
    expect(pullRequest.earlierChecks).toMatchObject([
      { id: 3, headSha: NEXT_HEAD, status: "in_progress" },
      { id: 4, headSha: MERGE_BASE },
    ]);
  });

  it("sees who shares the head: open, of this repository, and with this very head", async () => {
    expectToken();
    const siblings = [
      sibling(9, "develop"),
      sibling(8, "main"),
      sibling(7, "main"),
      sibling(6, "main", { state: "CLOSED" }),
      sibling(5, "main", { headRefOid: NEXT_HEAD }),
      sibling(4, "main", { baseRepository: { id: "R_fork" } }),
    ];
    createScript().on("POST", "/graphql", answer([], stateOf({ siblings })));
    const { pullRequest } = await observe(connect().forInstallation(1), TARGET, listing());
    expect(pullRequest.siblings).toEqual([
      { number: 8, baseRef: "main" },
      { number: 9, baseRef: "develop" },
    ]);
    expect(pullRequest.moreSiblings).toBe(false);
  });

  it("reads what the default branch and the organisation configure", async () => {
    expectToken();
    createScript().on(
      "POST",
      "/graphql",
      queried(stateOf({}), [], { repository: "fail-on: warning", organisation: "fail-on: never" }),
      queried(stateOf({})),
    );
    const client = connect().forInstallation(1);
    const both = await observe(client, TARGET, listing());
    expect(both.defaultBranch).toEqual({ name: "main", sha: MAIN });
    expect(both.configuration).toEqual({
      repository: "fail-on: warning",
      organisation: "fail-on: never",
    });
    const none = await observe(client, TARGET, listing());
    expect(none.configuration).toEqual({});
  });

  it("does not trust a check of another App under our name", async () => {
    expectToken();
    const state = stateOf({ app: 666, checks: [{ databaseId: 5, status: "COMPLETED" }] });
    createScript().on("POST", "/graphql", answer([], state));
    const { pullRequest } = await observe(connect().forInstallation(1), TARGET, listing());
    expect(pullRequest.posted.checks).toEqual([]);
  });

  it("reads all pages of threads", async () => {
    expectToken();
    const script = createScript();
    const first = stateOf({
      threads: [thread(1, "a")],
      page: { hasNextPage: true, endCursor: "next" },
    });
    script.on(
      "POST",
      "/graphql",
      answer([], first),
      answer([], stateOf({ threads: [thread(2, "b")] })),
    );
    const { pullRequest } = await observe(connect().forInstallation(1), TARGET, listing());
    expect(pullRequest.posted.comments.map((comment) => comment.id)).toEqual([1, 2]);
    expect(script.sent[1]?.body).toMatchObject({ variables: { threads: "next" } });
  });
});

describe("a change of the configuration", () => {
  it("keeps a pull request from being irrelevant", () => {
    const change = listing(file(".github/cyclekey.yml"), file("README.md"));
    expect(changesConfiguration(change)).toBe(true);
    expect(isIrrelevant(change)).toBe(false);
    expect(isIrrelevant(listing(file("README.md")))).toBe(true);
  });
});

describe("candidates", () => {
  it("beyond the cap are named, not dropped", () => {
    const files = Array.from({ length: MAX_CANDIDATES + 1 }, (_, i) => file(`a${i}/settings.py`));
    const { files: kept, unscanned } = pickCandidates(listing(...files));
    expect(kept).toHaveLength(MAX_CANDIDATES);
    expect(unscanned).toMatchObject([{ path: `a${MAX_CANDIDATES}/settings.py` }]);
  });

  it("of a list that GitHub cut leave something unscanned", () => {
    expect(pickCandidates({ ...listing(), truncated: "cut" }).unscanned).toHaveLength(1);
  });
});
