import { describe, expect, it } from "vitest";
import { parsePatch } from "../../src/core/diff/parse-patch.js";
import type { ChangedFile } from "../../src/core/model/change.js";
import type { Listing } from "../../src/github/list-files.js";
import { MAX_CANDIDATES, observe, pickCandidates } from "../../src/github/observe.js";
import {
  BASE_SHA,
  blob,
  connect,
  createScript,
  expectToken,
  HEAD,
  listed,
  MERGE_BASE,
  NEXT_HEAD,
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
  return { headSha: HEAD, files, truncated: false };
}

function answer(blobs: readonly unknown[], state = stateOf({})): [number, unknown] {
  const aliases = Object.fromEntries(blobs.map((value, index) => [`f${index}`, value]));
  return [200, { data: { repository: { id: "R_1", pullRequest: state, ...aliases } } }];
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
    script.on("POST", "/graphql", answer([blob(AFTER)]), answer([blob(BEFORE)]));
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
    script.on("POST", "/graphql", answer([]), answer([blob(BEFORE)]));
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
    script.on("POST", "/graphql", answer([blob(other)]), answer([blob(BEFORE)]));
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

  it("reads again when the head moved after the listing", async () => {
    expectToken();
    const script = createScript();
    const moved = stateOf({ headRefOid: NEXT_HEAD });
    script.on("POST", "/graphql", answer([blob(AFTER)], moved), answer([blob(AFTER)], moved));
    const url = `https://api.github.com/x?ref=${NEXT_HEAD}`;
    script.on("GET", "/repos/octo/shop/pulls/7/files?per_page=100&page=1", [
      200,
      [listed("settings.py", PATCH, { contents_url: url })],
    ]);
    const { changes } = await observe(
      connect().forInstallation(1),
      TARGET,
      listing(file("settings.py")),
    );
    expect(changes.head).toBe(NEXT_HEAD);
    expect(script.sent[2]?.body).toMatchObject({ variables: { f0: `${NEXT_HEAD}:settings.py` } });
  });

  it("asks for sixty blobs at a time", async () => {
    expectToken();
    const script = createScript();
    const blobs = Array.from({ length: 61 }, () => blob(AFTER));
    script.on("POST", "/graphql", answer(blobs.slice(0, 60)), answer(blobs.slice(60)));
    const files = blobs.map((_, index) => file(`app${index}/settings.py`));
    const { changes } = await observe(connect().forInstallation(1), TARGET, listing(...files));
    expect(changes.files).toHaveLength(61);
    expect(changes.files[60]?.path).toBe("app60/settings.py");
  });

  it("knows its own comments and checks from those of others", async () => {
    expectToken();
    const foreign = { id: "C_9", fullDatabaseId: "9", body: "x", viewerDidAuthor: false };
    const state = stateOf({
      threads: [thread(1, "ours"), thread(2, "answered", [foreign])],
      checks: [
        { databaseId: 5, status: "COMPLETED", conclusion: "SUCCESS", externalId: "cyclekey:7" },
      ],
    });
    createScript().on("POST", "/graphql", answer([], state));
    const { pullRequest } = await observe(connect().forInstallation(1), TARGET, listing());
    expect(pullRequest.posted.comments).toMatchObject([
      { id: 1, nodeId: "C_1", humanReply: false },
      { id: 2, nodeId: "C_2", humanReply: true },
    ]);
    expect(pullRequest.posted.checks).toEqual([
      { id: 5, externalId: "cyclekey:7", status: "completed", conclusion: "success" },
    ]);
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

describe("candidates", () => {
  it("beyond the cap are named, not dropped", () => {
    const files = Array.from({ length: MAX_CANDIDATES + 1 }, (_, i) => file(`a${i}/settings.py`));
    const { files: kept, unscanned } = pickCandidates(listing(...files));
    expect(kept).toHaveLength(MAX_CANDIDATES);
    expect(unscanned).toMatchObject([{ path: `a${MAX_CANDIDATES}/settings.py` }]);
  });

  it("of a list that GitHub cut leave something unscanned", () => {
    expect(pickCandidates({ ...listing(), truncated: true }).unscanned).toHaveLength(1);
  });
});
