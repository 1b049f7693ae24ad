import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Wanted } from "../../src/core/model/repository.js";
import { scanInRounds } from "../../src/core/scan-in-rounds.js";
import { readChangeSet } from "../../src/git/read-change-set.js";
import { wantedReader } from "../../src/git/read-wanted.js";
import { loadPython } from "../../src/grammar/node.js";
import { createRepository, type TemporaryRepository } from "./temporary-repository.js";

let repository: TemporaryRepository;
beforeEach(() => {
  repository = createRepository();
});
afterEach(() => repository.remove());

const SECURE = "SESSION_COOKIE_SECURE = True\n";
const START = "from .base import *\n\nDEBUG = False\n";

const file = (path: string, side: Wanted["side"] = "RIGHT"): Wanted => ({
  side,
  path,
  kind: "file",
});
const folder = (path: string): Wanted => ({ side: "RIGHT", path, kind: "directory" });

async function reader(range?: string) {
  const { directory } = repository;
  const changes = await readChangeSet(range === undefined ? { directory } : { directory, range });
  return { changes, read: wantedReader(directory, changes) };
}

describe("what a scan wants of a local repository", () => {
  it("is read at the two commits, folders at head", async () => {
    repository.write("a/b.py", "one\n");
    repository.write("a/c/d.py", "");
    repository.commit();
    repository.write("a/b.py", "two\n");
    repository.commit();
    const { read } = await reader("HEAD~..HEAD");
    expect(
      await read([
        file("a/b.py"),
        folder("a"),
        file("a/b.py", "LEFT"),
        file("none.py"),
        file("a"),
        folder("a/b.py"),
        folder(""),
        file("a\nb.py"),
        file("a/c/d.py"),
      ]),
    ).toEqual(["two\n", ["b.py", "c/"], "one\n", null, null, null, ["a/"], null, ""]);
  });

  it("is not read when it is too large", async () => {
    repository.write("big.py", "#".repeat(600_000));
    repository.commit();
    const { read } = await reader("HEAD..HEAD");
    expect(await read([file("big.py")])).toEqual([null]);
  });

  it("is read from the working tree, and not through links out of it", async () => {
    repository.write("a/b.py", "one\n");
    repository.commit();
    repository.write("a/b.py", "two\n");
    mkdirSync(join(repository.directory, "e"));
    symlinkSync("/", join(repository.directory, "out"));
    const { read } = await reader();
    expect(
      await read([file("a/b.py"), file("a/b.py", "LEFT"), folder("a"), folder("e"), folder("out")]),
    ).toEqual(["two\n", "one\n", ["b.py"], [], null]);
  });

  it("decides what a dropped flag means, in one round of git", async () => {
    const parse = await loadPython();
    for (const [base, expected] of [
      [SECURE, []],
      ["USE_TZ = True\n", ["insecure-session-cookie"]],
    ] as const) {
      repository.write("config/settings/base.py", base);
      repository.write("config/settings/production.py", START + SECURE);
      repository.commit();
      repository.write("config/settings/production.py", START);
      repository.commit();
      const { changes, read } = await reader("HEAD~..HEAD");
      let rounds = 0;
      const result = await scanInRounds(changes, parse, (wanted) => {
        rounds++;
        return read(wanted);
      });
      expect(result.findings.map(({ rule }) => rule)).toEqual(expected);
      expect(rounds).toBe(1);
    }
  });
});
