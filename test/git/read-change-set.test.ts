import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { rebuildBase } from "../../src/core/diff/rebuild-base.js";
import type { ChangeSet, FileChange } from "../../src/core/model/change.js";
import { readChangeSet } from "../../src/git/read-change-set.js";
import { createRepository, type TemporaryRepository } from "./temporary-repository.js";

const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
const BASE = "DEBUG = False\nSESSION_COOKIE_SECURE = True\nA = 1\n";
const HEAD = "DEBUG = False\nSESSION_COOKIE_SECURE = False\nA = 1\n";

let repository: TemporaryRepository;

beforeEach(() => {
  repository = createRepository();
});
afterEach(() => repository.remove());

function review(range?: string): Promise<ChangeSet> {
  const { directory } = repository;
  return readChangeSet(range === undefined ? { directory } : { directory, range });
}

/** Commits what `before` wrote, then what `after` wrote, and reads the difference. */
async function between(before: () => void, after: () => void): Promise<ChangeSet> {
  before();
  repository.commit();
  after();
  repository.commit();
  const changeSet = await review("HEAD~..HEAD");
  for (const file of changeSet.files) expect(rebuildBase(file.head, file.hunks)).toBe(file.base);
  return changeSet;
}

async function changed(base: string | Buffer, head: string | Buffer): Promise<FileChange> {
  const { files } = await between(
    () => repository.write("settings.py", base),
    () => repository.write("settings.py", head),
  );
  expect(files).toHaveLength(1);
  return files[0]!;
}

describe("a change between two commits", () => {
  it("has both texts and the hunks of git", async () => {
    const change = await changed(BASE, HEAD);
    expect(change).toMatchObject({
      path: "settings.py",
      basePath: "settings.py",
      status: "modified",
      kind: "file",
      base: BASE,
      head: HEAD,
    });
    expect(change.hunks[0]?.lines.map(({ kind }) => kind)).toEqual([
      "context",
      "deleted",
      "added",
      "context",
    ]);
  });

  it.each([
    ["CRLF", BASE.replaceAll("\n", "\r\n"), HEAD.replaceAll("\n", "\r\n")],
    ["no final newline on the left", BASE.trimEnd(), HEAD],
    ["no final newline on the right", BASE, HEAD.trimEnd()],
    ["U+2028 and a form feed", `A = "\u2028"\f\n${BASE}`, `A = "\u2028"\f\n${HEAD}`],
    ["a byte order mark", `\ufeff${BASE}`, `\ufeff${HEAD}`],
    ["a base that is empty", "", HEAD],
    ["a head that is empty", BASE, ""],
  ])("keeps %s", async (_, base, head) => {
    expect(await changed(base, head)).toMatchObject({ base, head });
  });

  it("shows bytes that are not UTF-8 as U+FFFD, and still has hunks", async () => {
    const change = await changed(BASE, Buffer.from(`# caf\xe9\n${HEAD}`, "latin1"));
    expect(change.head).toContain("caf\ufffd");
    expect(change.hunks).toHaveLength(1);
  });

  it("knows added, removed and renamed files", async () => {
    const long = `${"X = 1\n".repeat(20)}`;
    const { files, changedFiles } = await between(
      () => {
        repository.write("gone/settings.py", BASE);
        repository.write("old_settings.py", long + BASE);
        repository.write("notes.txt", "a\n");
      },
      () => {
        rmSync(join(repository.directory, "gone"), { recursive: true });
        rmSync(join(repository.directory, "old_settings.py"));
        repository.write("new_settings.py", long + HEAD);
        repository.write("other/settings.py", "SESSION_COOKIE_SECURE = False\nB = 2\n");
        repository.write("notes.txt", "b\n");
      },
    );
    expect(changedFiles).toBe(4);
    const seen = files.map(({ status, basePath, path, base, head }) => ({
      status,
      basePath,
      path,
      base,
      head,
    }));
    expect(seen).toEqual([
      {
        status: "removed",
        basePath: "gone/settings.py",
        path: "gone/settings.py",
        base: BASE,
        head: "",
      },
      {
        status: "renamed",
        basePath: "old_settings.py",
        path: "new_settings.py",
        base: long + BASE,
        head: long + HEAD,
      },
      {
        status: "added",
        basePath: "other/settings.py",
        path: "other/settings.py",
        base: "",
        head: "SESSION_COOKIE_SECURE = False\nB = 2\n",
      },
    ]);
  });

  it("is not read where path and patch tell that nothing can matter", async () => {
    const { files, changedFiles, unscanned } = await between(
      () => {
        repository.write("a.txt", "a\n");
        repository.write("shop/prices.py", "x = 1\n");
      },
      () => {
        repository.write("a.txt", "b\n");
        repository.write("shop/prices.py", "x = 2\n");
      },
    );
    expect({ files, changedFiles, unscanned }).toEqual({
      files: [],
      changedFiles: 2,
      unscanned: [],
    });
  });

  it("has nothing to review when only the mode or the name changed", async () => {
    const { files, changedFiles } = await between(
      () => {
        repository.write("settings.py", BASE);
        repository.write("a_settings.py", `${BASE}B = 2\n`);
        repository.git("config", "core.fileMode", "true");
      },
      () => {
        chmodSync(join(repository.directory, "settings.py"), 0o755);
        repository.git("mv", "a_settings.py", "b_settings.py");
      },
    );
    expect({ files, changedFiles }).toEqual({ files: [], changedFiles: 2 });
  });

  it("reads a module that attributes hide from diffs", async () => {
    repository.write(".gitattributes", "settings.py -diff\n");
    expect(await changed(BASE, HEAD)).toMatchObject({ base: BASE, head: HEAD });
  });

  it("reads a module with a NUL, which git calls binary", async () => {
    const head = `${HEAD}B = "\0"\n`;
    expect(await changed(BASE, head)).toMatchObject({ base: BASE, head });
  });

  it("runs no program that configuration or attributes name", async () => {
    await changed(BASE, HEAD);
    repository.write("settings.py", BASE);
    const marker = join(repository.directory, "ran");
    repository.git("config", "diff.external", `touch ${marker}; false`);
    repository.git("config", "diff.spy.textconv", `touch ${marker}; cat`);
    repository.git("config", "core.fsmonitor", `touch ${marker}; false`);
    repository.write(".git/info/attributes", "*.py diff=spy\n");
    expect((await review("HEAD~..HEAD")).files).toHaveLength(1);
    expect((await review()).files).toHaveLength(1);
    expect(existsSync(marker)).toBe(false);
    repository.git("status");
    expect(existsSync(marker)).toBe(true);
  });

  it("reads the hunks of git whatever its configuration says of diffs", async () => {
    const choices = {
      "color.ui": "always",
      "diff.noprefix": "true",
      "diff.mnemonicPrefix": "true",
      "diff.context": "0",
      "diff.interHunkContext": "9",
      "diff.suppressBlankEmpty": "true",
      "diff.renames": "false",
      "diff.algorithm": "histogram",
      "diff.wsErrorHighlight": "all",
      "diff.colorMoved": "zebra",
      "diff.relative": "true",
      "core.quotePath": "false",
    };
    for (const [name, value] of Object.entries(choices)) repository.git("config", name, value);
    const change = await changed(`\n\n${BASE}`, `\n\n${HEAD}`);
    expect(change.hunks[0]).toMatchObject({
      baseStart: 1,
      baseCount: 5,
      headStart: 1,
      headCount: 5,
    });
  });

  it.each([
    ["quotes and blanks", 'a "b"\\c/settings.py'],
    ["a line feed and what looks like a patch", "x\ndiff --git a b\n@@ -1 +1 @@\n/settings.py"],
    ["letters beyond ASCII", "übung/漢字/settings.py"],
    ["a leading dash", "-p/settings.py"],
    ["what looks like a pathspec", ":(exclude)*/settings.py"],
  ])("has a name with %s", async (_, path) => {
    const { files } = await between(
      () => repository.write(path, BASE),
      () => repository.write(path, HEAD),
    );
    expect(files).toMatchObject([{ path, base: BASE, head: HEAD }]);
    expect(files[0]?.hunks).toHaveLength(1);
  });

  it("follows no symbolic link, and says so where a module may stand", async () => {
    const link = join(repository.directory, "settings.py");
    const { files, unscanned } = await between(
      () => repository.write("settings.py", BASE),
      () => {
        unlinkSync(link);
        symlinkSync("/etc/hostname", link);
        symlinkSync("/etc/hostname", join(repository.directory, "readme"));
      },
    );
    expect(files).toMatchObject([{ path: "settings.py", status: "removed", base: BASE, head: "" }]);
    expect(unscanned).toMatchObject([{ path: "settings.py", reason: "unreadable" }]);
  });

  it("passes over submodules", async () => {
    repository.write("a.txt", "a\n");
    const id = repository.commit();
    repository.git("update-index", "--add", "--cacheinfo", `160000,${id},vendor.py`);
    repository.git("commit", "-q", "-m", "submodule");
    const { files, changedFiles, unscanned } = await review("HEAD~..HEAD");
    expect({ files, changedFiles, unscanned }).toEqual({
      files: [],
      changedFiles: 1,
      unscanned: [],
    });
  });

  it("names a module that is too large, without reading it", async () => {
    const { files, unscanned } = await between(
      () => repository.write("settings.py", BASE),
      () => repository.write("settings.py", HEAD + "# filler\n".repeat(60_000)),
    );
    expect(files).toEqual([]);
    expect(unscanned).toMatchObject([{ path: "settings.py", reason: "too-large" }]);
    expect(unscanned[0]?.detail).toContain("540,0");
  });
});

describe("a range", () => {
  beforeEach(() => {
    repository.write("settings.py", BASE);
    repository.commit();
    repository.git("checkout", "-q", "-b", "topic");
    repository.write("settings.py", HEAD);
    repository.commit();
    repository.git("checkout", "-q", "main");
    repository.write("late_settings.py", BASE);
    repository.commit();
  });

  it("with two dots compares the two as they are", async () => {
    const { files, base, head } = await review("main..topic");
    expect(files.map(({ path, status }) => `${status} ${path}`)).toEqual([
      "removed late_settings.py",
      "modified settings.py",
    ]);
    expect([base, head]).toEqual([
      repository.git("rev-parse", "main"),
      repository.git("rev-parse", "topic"),
    ]);
  });

  it("with three dots starts at the merge base, as GitHub does", async () => {
    const { files, base } = await review("main...topic");
    expect(files.map(({ path }) => path)).toEqual(["settings.py"]);
    expect(base).toBe(repository.git("rev-parse", "main~"));
  });

  it("takes any tree, the empty one too", async () => {
    const { files, base } = await review(`${EMPTY_TREE}..topic`);
    expect(files).toMatchObject([{ path: "settings.py", status: "added", base: "", head: HEAD }]);
    expect(base).toBe(EMPTY_TREE);
    expect((await review("main^{tree}..topic^{tree}")).files).toHaveLength(2);
  });

  it("takes HEAD for a side that is left out", async () => {
    expect((await review("topic..")).files).toHaveLength(2);
    expect((await review("..topic")).files).toHaveLength(2);
  });

  it("is read in a bare repository too", async () => {
    const bare = join(repository.directory, "bare.git");
    repository.git("clone", "-q", "--bare", repository.directory, bare);
    const { files } = await readChangeSet({ directory: bare, range: "main...topic" });
    expect(files).toMatchObject([{ base: BASE, head: HEAD }]);
  });

  it("is read in a git directory and in a folder below the top", async () => {
    mkdirSync(join(repository.directory, "deep"));
    for (const folder of [".git", "deep"]) {
      const directory = join(repository.directory, folder);
      const { files } = await readChangeSet({ directory, range: "main...topic" });
      expect(files).toMatchObject([{ path: "settings.py", base: BASE, head: HEAD }]);
    }
  });
});

describe("the working tree", () => {
  beforeEach(() => {
    repository.write("settings.py", BASE);
    repository.write("views.py", "x = 1\n");
    repository.write(".gitignore", "ignored/\n");
    repository.commit();
    repository.git("checkout", "-q", "-b", "topic");
  });

  it("is compared with where it left the default branch: commits, index, disk, new files", async () => {
    repository.write("a_settings.py", BASE);
    repository.commit();
    repository.write("b_settings.py", BASE);
    repository.git("add", "b_settings.py");
    repository.write("settings.py", HEAD);
    repository.write("c_settings.py", BASE);
    repository.write("ignored/settings.py", BASE);
    const { files, head, base, changedFiles } = await review();
    expect(files.map(({ path, status }) => `${status} ${path}`)).toEqual([
      "added a_settings.py",
      "added b_settings.py",
      "modified settings.py",
      "added c_settings.py",
    ]);
    expect(changedFiles).toBe(4);
    expect(head).toBe("working tree");
    expect(base).toBe(repository.git("rev-parse", "main"));
    for (const file of files) expect(rebuildBase(file.head, file.hunks)).toBe(file.base);
  });

  it("has no change where only line ends were converted on checkout", async () => {
    repository.write("settings.py", BASE.replaceAll("\n", "\r\n"));
    expect((await review()).files).toEqual([]);
    repository.write("settings.py", HEAD.replaceAll("\n", "\r\n"));
    expect((await review()).files).toMatchObject([{ base: BASE, head: HEAD }]);
  });

  it("is not followed through symbolic links", async () => {
    const elsewhere = createRepository();
    elsewhere.write("settings.py", "SECRET_ELSEWHERE = 1\n");
    unlinkSync(join(repository.directory, "settings.py"));
    symlinkSync(
      join(elsewhere.directory, "settings.py"),
      join(repository.directory, "settings.py"),
    );
    symlinkSync(elsewhere.directory, join(repository.directory, "app"));
    symlinkSync(join(elsewhere.directory, "settings.py"), join(repository.directory, "prod.py"));
    const changeSet = await review();
    elsewhere.remove();
    expect(JSON.stringify(changeSet)).not.toContain("SECRET_ELSEWHERE");
    expect(changeSet.unscanned.map(({ path, reason }) => `${reason} ${path}`).sort()).toEqual([
      "unreadable prod.py",
      "unreadable settings.py",
    ]);
  });

  it("names what is too large or not a file", async () => {
    repository.write("settings.py", "# filler\n".repeat(60_000));
    expect((await review()).unscanned).toMatchObject([{ reason: "too-large" }]);
  });

  it("prefers the default branch of the origin", async () => {
    repository.write("settings.py", HEAD);
    repository.commit();
    repository.git("update-ref", "refs/remotes/origin/trunk", "HEAD");
    repository.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk");
    expect((await review()).files).toEqual([]);
  });

  it("is left as it was, its index too", async () => {
    repository.write("settings.py", HEAD);
    const before = repository.git("hash-object", ".git/index");
    await review();
    expect(repository.git("hash-object", ".git/index")).toBe(before);
    expect(repository.git("status", "--short")).toBe("M settings.py");
  });
});

describe("what cannot be read", () => {
  const refused = async (directory: string, range?: string) =>
    readChangeSet(range === undefined ? { directory } : { directory, range }).then(
      () => "no error",
      (error: Error) => `${error.name}: ${error.message}`,
    );

  it("is a directory without a repository, or none at all", async () => {
    expect(await refused("/")).toMatch(/UserError: \/ is not in a git repository/);
    const missing = join(repository.directory, "missing");
    expect(await refused(missing)).toMatch(/UserError: .*missing is not a directory/);
  });

  it("is an unknown revision, an option in its place, a file, or no range", async () => {
    repository.write("a.txt", "a\n");
    repository.commit();
    const { directory } = repository;
    expect(await refused(directory, "HEAD..nope")).toMatch(/UserError: "nope" is not a revision/);
    expect(await refused(directory, "--output=x..HEAD")).toMatch(/UserError: "--output=x" is not/);
    expect(await refused(directory, "HEAD..HEAD:a.txt")).toMatch(
      /UserError: "HEAD:a.txt" is a file/,
    );
    expect(await refused(directory, "HEAD")).toMatch(/UserError: "HEAD" is not a range/);
  });

  it("is a repository without commits, without a default branch, or a bare one without a range", async () => {
    expect(await refused(repository.directory)).toMatch(/UserError: The repository has no commit/);
    repository.write("a.txt", "a\n");
    repository.commit();
    repository.git("branch", "-m", "odd");
    expect(await refused(repository.directory)).toMatch(/UserError: There is no origin\/HEAD/);
    expect(await refused(join(repository.directory, ".git"))).toMatch(
      /UserError: .*no working tree/,
    );
  });

  it("is two histories without a common commit", async () => {
    repository.commit();
    repository.git("checkout", "-q", "--orphan", "other");
    repository.git("commit", "-q", "--allow-empty", "-m", "other");
    expect(await refused(repository.directory, "main...other")).toMatch(/no common commit/);
  });

  it("is a blob or a tree that the clone has not", async () => {
    repository.write("settings.py", BASE);
    repository.commit();
    repository.write("settings.py", HEAD);
    repository.commit();
    const { directory } = repository;
    const drop = (revision: string) => {
      const id = repository.git("rev-parse", revision);
      rmSync(join(directory, ".git/objects", id.slice(0, 2), id.slice(2)), { force: true });
      return id;
    };
    const blob = drop("HEAD:settings.py");
    expect(await refused(directory, "HEAD~..HEAD")).toContain(`UserError: Object ${blob}`);
    drop("HEAD^{tree}");
    expect(await refused(directory, "HEAD~..HEAD")).toMatch(/UserError: "HEAD" cannot be read/);
  });
});

describe("a clone without large files", () => {
  it("is reviewed as long as it has what matters", async () => {
    const rows = Array.from({ length: 200 }, (_, index) => `row ${index}\n`).join("");
    repository.write("old.csv", rows);
    repository.write("settings.py", BASE);
    repository.commit();
    rmSync(join(repository.directory, "old.csv"));
    repository.write("new.csv", `${rows}one more\n`);
    repository.write("settings.py", HEAD);
    repository.commit();
    const id = repository.git("rev-parse", "HEAD:new.csv");
    rmSync(join(repository.directory, ".git/objects", id.slice(0, 2), id.slice(2)));
    // git would read it from there.
    rmSync(join(repository.directory, "new.csv"));
    const { files, changedFiles } = await review("HEAD~..HEAD");
    expect(files).toMatchObject([{ path: "settings.py", base: BASE, head: HEAD }]);
    expect(files[0]?.hunks).toHaveLength(1);
    expect(changedFiles).toBe(3);
  });
});

describe("the environment", () => {
  it("of a git hook does not lead to another repository", async () => {
    const other = createRepository();
    repository.write("settings.py", BASE);
    repository.commit();
    process.env.GIT_DIR = join(other.directory, ".git");
    process.env.GIT_EXTERNAL_DIFF = "false";
    try {
      expect((await review(`${EMPTY_TREE}..HEAD`)).files).toHaveLength(1);
    } finally {
      delete process.env.GIT_DIR;
      delete process.env.GIT_EXTERNAL_DIFF;
      other.remove();
    }
  });
});
