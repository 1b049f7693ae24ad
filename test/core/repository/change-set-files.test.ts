import { describe, expect, it } from "vitest";
import { diffTexts } from "../../../src/core/diff/diff-texts.js";
import type { ChangedFile, ChangeSet } from "../../../src/core/model/change.js";
import type { RepositoryFiles, Wanted } from "../../../src/core/model/repository.js";
import { NOTHING_FETCHED } from "../../../src/core/model/repository.js";
import { filesAround } from "../../../src/core/repository/change-set-files.js";

const BASE = "A = 1\nB = 2\n";
const HEAD = "A = 1\nB = 3\n";

function listed(path: string, more: Partial<ChangedFile> = {}): ChangedFile {
  const hunks = diffTexts(BASE, HEAD);
  return { path, basePath: path, status: "modified", kind: "file", hunks, ...more };
}

const changeSet: ChangeSet = {
  base: "b",
  head: "h",
  changedFiles: 5,
  listed: [
    listed("read.py"),
    listed("other.py"),
    listed("came.py", { status: "added" }),
    listed("went.py", { status: "removed" }),
    listed("new/name.py", { status: "renamed", basePath: "old/name.py", hunks: [] }),
  ],
  files: [{ ...listed("read.py"), hunks: diffTexts(BASE, HEAD), base: BASE, head: HEAD }],
  unscanned: [],
};

function around(fetched: Partial<RepositoryFiles> = {}) {
  const asked: Wanted[] = [];
  const files = filesAround(changeSet, { ...NOTHING_FETCHED, ...fetched }, (one) =>
    asked.push(one),
  );
  return { files, asked: () => asked.map(({ kind, side, path }) => `${kind} ${side} ${path}`) };
}

describe("the files around a change set", () => {
  it("are its own without being asked for", () => {
    const { files, asked } = around();
    expect([files.text("LEFT", "read.py"), files.text("RIGHT", "read.py")]).toEqual([BASE, HEAD]);
    expect(files.text("LEFT", "came.py")).toBeNull();
    expect(files.text("RIGHT", "went.py")).toBeNull();
    expect(files.text("RIGHT", "old/name.py")).toBeNull();
    expect(files.text("LEFT", "new/name.py")).toBeNull();
    expect(asked()).toEqual([]);
  });

  it("are asked for at head alone where both sides are the same", () => {
    const { files, asked } = around();
    expect(files.text("LEFT", "same.py")).toBeUndefined();
    expect(files.text("LEFT", "other.py")).toBeUndefined();
    expect(files.text("LEFT", "old/name.py")).toBeUndefined();
    expect(asked()).toEqual([
      "file RIGHT same.py",
      "file RIGHT other.py",
      "file RIGHT new/name.py",
    ]);
  });

  it("are asked for at base only where nothing at head tells it", () => {
    const { files, asked } = around();
    expect(files.text("LEFT", "went.py")).toBeUndefined();
    expect(asked()).toEqual(["file LEFT went.py"]);
  });

  it("have the base that the hunks lead back to", () => {
    const { files } = around({ text: () => HEAD });
    expect(files.text("LEFT", "other.py")).toBe(BASE);
    expect(files.text("LEFT", "old/name.py")).toBe(HEAD);
    expect(files.text("LEFT", "same.py")).toBe(HEAD);
  });

  it("stand in the folders of both sides, by one listing of head", () => {
    const { files } = around({ entries: () => ["came.py", "other.py", "read.py", "same.py"] });
    expect(files.entries("LEFT", "")).toEqual(["other.py", "read.py", "same.py", "went.py"]);
    expect(around({ entries: () => null }).files.entries("LEFT", "old")).toEqual(["name.py"]);
  });
});
