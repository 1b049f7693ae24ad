import { describe, expect, it } from "vitest";
import { Retryable } from "../../src/github/client/errors.js";
import { listFiles } from "../../src/github/files/list-files.js";
import {
  connect,
  createScript,
  expectToken,
  HEAD,
  listed,
  NEXT_HEAD,
  TARGET,
  useWire,
} from "./wire.js";

const page = (number: number) => `/repos/octo/shop/pulls/7/files?per_page=100&page=${number}`;
const PATCH = "@@ -1 +1 @@\n-A = True\n+A = False";

useWire();

async function list(...pages: readonly (readonly object[])[]) {
  expectToken();
  const script = createScript();
  pages.forEach((entries, index) => {
    script.on("GET", page(index + 1), [200, entries]);
  });
  return await listFiles(connect().forInstallation(1), TARGET);
}

describe("the list of changed files", () => {
  it("reads head, hunks and status of one page", async () => {
    const listing = await list([listed("shop/settings.py", PATCH)]);
    expect(listing).toMatchObject({ headSha: HEAD, truncated: undefined });
    expect(listing.files[0]).toMatchObject({
      path: "shop/settings.py",
      basePath: "shop/settings.py",
      status: "modified",
      kind: "file",
    });
    expect(listing.files[0]?.hunks).toHaveLength(1);
  });

  it("goes on until a page is not full", async () => {
    const full = Array.from({ length: 100 }, (_, index) => listed(`a${index}.py`, PATCH));
    const listing = await list(full, [listed("last.py", PATCH)]);
    expect(listing.files).toHaveLength(101);
  });

  it("reads again when the head moved between two pages", async () => {
    const at = (sha: string) => ({ contents_url: `https://api.github.com/x?ref=${sha}` });
    const full = Array.from({ length: 100 }, (_, index) => listed(`a${index}.py`, PATCH));
    expectToken();
    const script = createScript();
    script.on("GET", page(1), [200, full], [200, full.map((e) => ({ ...e, ...at(NEXT_HEAD) }))]);
    script.on(
      "GET",
      page(2),
      [200, [listed("last.py", PATCH, at(NEXT_HEAD))]],
      [200, [listed("last.py", PATCH, at(NEXT_HEAD))]],
    );
    const listing = await listFiles(connect().forInstallation(1), TARGET);
    expect(listing.headSha).toBe(NEXT_HEAD);
  });

  it.each([
    ["a missing patch", listed("a.py", undefined, { changes: 3 })],
    ["no changes without a patch", listed("a.py", undefined, { changes: 0 })],
    ["a patch that is cut", listed("a.py", "@@ -1,3 +1,3 @@\n-a")],
    ["a patch with fewer lines than counted", listed("a.py", PATCH, { additions: 9 })],
    ["a copy", listed("a.py", PATCH, { status: "copied", previous_filename: "b.py" })],
  ])("never takes %s for the whole change", async (_, entry) => {
    const listing = await list([entry]);
    expect(listing.files[0]?.hunks).toBeUndefined();
  });

  it("takes a rename without changes for one, unless GitHub ran out of patches", async () => {
    const rename = listed("b.py", undefined, {
      status: "renamed",
      previous_filename: "a.py",
      changes: 0,
    });
    const small = await list([rename]);
    expect(small.files[0]).toMatchObject({ path: "b.py", basePath: "a.py", hunks: [] });
    const padding = `@@ -0,0 +1,10000 @@${"\n+x".repeat(10_000)}`;
    const large = await list([listed("pad.txt", padding, { status: "added" }), rename]);
    expect(large.files[1]?.hunks).toBeUndefined();
  });

  it("recognises a submodule by the line that git writes", async () => {
    const patch = `@@ -1 +1 @@\n-Subproject commit ${HEAD}\n+Subproject commit ${NEXT_HEAD}`;
    const listing = await list([listed("vendor/lib", patch)]);
    expect(listing.files[0]?.kind).toBe("submodule");
  });

  it("is empty for a pull request without changes", async () => {
    await expect(list([])).resolves.toEqual({
      headSha: undefined,
      files: [],
      truncated: undefined,
    });
  });

  it.each([
    ["an object", { message: "hm" }],
    ["a file without a name", [{ status: "modified" }]],
  ])("that is %s is asked for again later", async (_, answer) => {
    expectToken();
    createScript().on("GET", page(1), [200, answer]);
    const listing = listFiles(connect().forInstallation(1), TARGET);
    await expect(listing).rejects.toBeInstanceOf(Retryable);
  });
});
