import { describe, expect, it } from "vitest";
import type { Wanted } from "../../src/core/model/repository.js";
import { wantedReader } from "../../src/github/files/read-wanted.js";
import {
  BASE_SHA,
  blob,
  connect,
  createScript,
  expectToken,
  HEAD,
  MERGE_BASE,
  TARGET,
  useWire,
} from "./wire.js";

useWire();

const STATE = { number: 7, headSha: HEAD, baseSha: BASE_SHA, draft: false };
const COMPARE = `/repos/octo/shop/compare/${BASE_SHA}...${HEAD}?per_page=1`;

function answer(...objects: readonly unknown[]) {
  const named = objects.map((object, index) => [`f${index}`, object] as const);
  return [200, { data: { repository: { id: "R_1", ...Object.fromEntries(named) } } }] as const;
}

describe("what a scan wants of GitHub", () => {
  it("is read in one query a round, at head", async () => {
    expectToken();
    const script = createScript();
    const entries = [
      { name: "base.py", type: "blob" },
      { name: "parts", type: "tree" },
    ];
    const cut = { ...blob("x"), isTruncated: true, isBinary: null };
    script.on("POST", "/graphql", answer({ entries }, blob("A = 1\n"), null, cut));
    const wanted: readonly Wanted[] = [
      { side: "RIGHT", path: "config", kind: "directory" },
      { side: "RIGHT", path: 'evil"}}.py', kind: "file" },
      { side: "RIGHT", path: "none.py", kind: "file" },
      { side: "RIGHT", path: "cut.py", kind: "file" },
    ];
    const read = wantedReader(connect().forInstallation(1), TARGET, STATE);
    expect(await read(wanted)).toEqual([["base.py", "parts/"], "A = 1\n", null, null]);
    expect(script.sent).toHaveLength(1);
    expect(script.sent[0]?.body.variables).toMatchObject({ f0: `${HEAD}:config` });
    expect(String(script.sent[0]?.body.query)).not.toContain("evil");
  });

  it("is read at the merge base where the pull request changed it, which is looked up once", async () => {
    expectToken();
    const script = createScript();
    script.on("GET", COMPARE, [200, { merge_base_commit: { sha: MERGE_BASE } }]);
    script.on("POST", "/graphql", answer(blob("A = 1\n")), answer(blob("B = 1\n")));
    const read = wantedReader(connect().forInstallation(1), TARGET, STATE);
    expect(await read([{ side: "LEFT", path: "a.py", kind: "file" }])).toEqual(["A = 1\n"]);
    expect(await read([{ side: "LEFT", path: "b.py", kind: "file" }])).toEqual(["B = 1\n"]);
    expect(script.sent.map(({ method }) => method)).toEqual(["GET", "POST", "POST"]);
    expect(script.sent[1]?.body.variables).toMatchObject({ f0: `${MERGE_BASE}:a.py` });
  });
});
