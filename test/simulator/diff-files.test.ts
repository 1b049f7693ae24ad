import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { diffFiles, MAX_PATCH_LINES } from "../../src/simulator/git/diff-files.js";
import { mapLine } from "../../src/simulator/git/line-map.js";
import {
  createRepository,
  type Files,
  type Repository,
} from "../../src/simulator/git/repository.js";

let repository: Repository;
beforeAll(async () => {
  repository = await createRepository();
});
afterAll(() => repository.remove());

const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join("");

let commits = 0;
async function commit(files: Files, parent?: string): Promise<string> {
  commits += 1;
  const ref = `refs/heads/branch-${commits}`;
  const at = new Date(1_700_000_000_000 + commits * 1000);
  return repository.commit({ ref, parent, files, message: ref, author: "maria", at });
}

async function diff(before: Files, after: Files) {
  const base = await commit(before);
  const head = await commit(after, base);
  return { base, head, files: await diffFiles(repository, base, head) };
}

describe("the list of changed files", () => {
  it("has git's hunks, without a header and with section headings", async () => {
    const before = `def view():\n${numbered(20)}`;
    const { base, head, files } = await diff(
      { "a.py": before },
      { "a.py": before.replace("line 12\n", "line twelve\n") },
    );
    const whole = (await repository.git("diff", base, head)).toString();
    expect(files).toHaveLength(1);
    expect(whole.endsWith(`${files[0]!.patch}\n`)).toBe(true);
    expect(files[0]!.patch).toMatch(/^@@ -10,7 \+10,7 @@ line 8\n line 9\n/);
    expect(files[0]).toMatchObject({ status: "modified", additions: 1, deletions: 1 });
  });

  it("names added, removed and renamed files, and the paths that git would quote", async () => {
    const { files } = await diff(
      { "gone.py": "x = 1\n", "old/näme.py": numbered(30), "kept.py": "1\n" },
      {
        "gone.py": null,
        "old/näme.py": null,
        "new/a b.py": numbered(30).replace("line 3\n", "line three\n"),
        "added.py": "y = 2\n",
      },
    );
    expect(files.map((file) => [file.status, file.filename, file.previousFilename])).toEqual([
      ["added", "added.py", undefined],
      ["removed", "gone.py", undefined],
      ["renamed", "new/a b.py", "old/näme.py"],
    ]);
    expect(files[2]!.patch).toContain("+line three");
  });

  it("leaves the patch out for binary files, pure renames and large diffs", async () => {
    const { files } = await diff(
      { "logo.bin": Buffer.from([1, 0, 2]), "a.txt": "same\n", "big.txt": "" },
      {
        "logo.bin": Buffer.from([1, 0, 3]),
        "a.txt": null,
        "b.txt": "same\n",
        "big.txt": numbered(MAX_PATCH_LINES + 1),
      },
    );
    expect(files.map((file) => [file.filename, file.patch])).toEqual([
      ["b.txt", undefined],
      ["big.txt", undefined],
      ["logo.bin", undefined],
    ]);
    expect(files[1]!.additions).toBe(MAX_PATCH_LINES + 1);
  });

  it("says where a file ends without a newline and keeps carriage returns", async () => {
    const { files } = await diff({ "a.txt": "one\r\ntwo" }, { "a.txt": "one\r\nthree\r\n" });
    expect(files[0]!.patch).toBe(
      "@@ -1,2 +1,2 @@\n one\r\n-two\n\\ No newline at end of file\n+three\r",
    );
  });
});

describe("the place of a line in a later commit", () => {
  it("moves with what is inserted and deleted above it, and is lost when it changes", async () => {
    const first = await commit({ "a.txt": numbered(10) });
    const later = await commit(
      { "a.txt": `new\n${numbered(10).replace("line 2\n", "").replace("line 7\n", "seven\n")}` },
      first,
    );
    const place = (line: number) => mapLine(repository, first, later, "a.txt", line);
    expect(await Promise.all([1, 2, 3, 6, 7, 8, 10].map(place))).toEqual([
      2,
      undefined,
      3,
      6,
      undefined,
      8,
      10,
    ]);
  });
});

describe("a diff that is too long", () => {
  it("starves the files behind 20,000 lines: no patch and no changes", async () => {
    const lines = (count: number) => "x = 1\n".repeat(count);
    const added = Array.from({ length: 12 }, (_, index) => [
      `f${String(index).padStart(2, "0")}.py`,
      lines(1900),
    ]);
    const { files } = await diff({ "a.txt": "a\n" }, Object.fromEntries(added));
    const shown = files.filter((file) => file.patch !== undefined);
    expect(shown).toHaveLength(10);
    expect(files.slice(10)).toMatchObject([
      { filename: "f10.py", additions: 0, deletions: 0, status: "added" },
      { filename: "f11.py", additions: 0, deletions: 0, status: "added" },
    ]);
  });

  it("leaves out what the attributes at its head call no text", async () => {
    const { files } = await diff(
      { "settings.py": "A = 1\n", "plain.py": "A = 1\n" },
      {
        ".gitattributes": "settings.py -diff\n",
        "settings.py": "A = 2\n",
        "plain.py": "A = 2\n",
      },
    );
    expect(files.find((file) => file.filename === "settings.py")).toMatchObject({
      status: "modified",
      additions: 0,
      deletions: 0,
      patch: undefined,
    });
    expect(files.find((file) => file.filename === "plain.py")?.patch).toBeDefined();
  });
});
