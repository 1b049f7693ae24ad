import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { diffTexts } from "../src/core/diff/diff-texts.js";
import type { ChangeSet, FileChange } from "../src/core/model/change.js";
import type { RepositoryFiles } from "../src/core/model/repository.js";
import type { Side } from "../src/core/model/source.js";

/** A tree of a fixture: path -> text. */
export type Tree = ReadonlyMap<string, string>;

/** What an annotation promises: this rule speaks (or, for a known miss, does not yet) on this line. */
export interface Expectation {
  readonly rule: string;
  readonly path: string;
  readonly side: Side;
  readonly line: number;
  readonly known: "expect" | "todo-expect" | "todo-ok";
}

export interface FixtureCase {
  readonly rule: string;
  readonly name: string;
  readonly before: Tree;
  readonly after: Tree;
  /** The tree after accepting every suggestion; undefined when the case has none. */
  readonly fixed: Tree | undefined;
  readonly expectations: readonly Expectation[];
}

const FIXTURES = join(import.meta.dirname, "../fixtures");
const NOT_RULES = new Set(["pull-requests", "webhooks"]);
const ANNOTATION = /[ \t]*# (expect|todo-expect|todo-ok): ([\w-]+(?:, [\w-]+)*)[ \t]*(?=\r?$)/;

export function readFixtureCases(): readonly FixtureCase[] {
  return readdirSync(FIXTURES)
    .filter((rule) => !NOT_RULES.has(rule))
    .sort()
    .flatMap((rule) =>
      readdirSync(join(FIXTURES, rule))
        .sort()
        .map((name) => readCase(rule, name)),
    );
}

function readCase(rule: string, name: string): FixtureCase {
  const folder = join(FIXTURES, rule, name);
  const before = readTree(join(folder, "before"), "LEFT");
  const after = readTree(join(folder, "after"), "RIGHT");
  const fixed = existsSync(join(folder, "fixed"))
    ? readTree(join(folder, "fixed"), "RIGHT")
    : undefined;
  return {
    rule,
    name,
    before: before.tree,
    after: after.tree,
    fixed: fixed?.tree,
    expectations: [...before.expectations, ...after.expectations],
  };
}

function readTree(root: string, side: Side): { tree: Tree; expectations: Expectation[] } {
  const tree = new Map<string, string>();
  const expectations: Expectation[] = [];
  for (const file of existsSync(root) ? filesUnder(root) : []) {
    const path = relative(root, file);
    const lines = readFileSync(file, "utf8").split("\n");
    const stripped = lines.map((text, index) => {
      const match = ANNOTATION.exec(text);
      if (match === null) return text;
      const known = match[1] as Expectation["known"];
      for (const rule of match[2]!.split(", ")) {
        expectations.push({ rule, path, side, line: index + 1, known });
      }
      return text.replace(ANNOTATION, "");
    });
    tree.set(path, stripped.join("\n"));
  }
  return { tree, expectations };
}

function filesUnder(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** The change set between two trees; a removed and an added file that share most lines are a rename. */
export function changeBetween(before: Tree, after: Tree): ChangeSet {
  const removed = [...before.keys()].filter((path) => !after.has(path));
  const files: FileChange[] = [];
  for (const [path, head] of after) {
    const renamedFrom = before.has(path)
      ? path
      : removed.find((old) => areSimilar(before.get(old)!, head));
    if (renamedFrom !== undefined && renamedFrom !== path) {
      removed.splice(removed.indexOf(renamedFrom), 1);
    }
    const base = renamedFrom === undefined ? "" : before.get(renamedFrom)!;
    const status =
      renamedFrom === undefined ? "added" : renamedFrom === path ? "modified" : "renamed";
    if (base === head && status === "modified") continue;
    files.push(change(path, renamedFrom ?? path, status, base, head));
  }
  for (const path of removed) files.push(change(path, path, "removed", before.get(path)!, ""));
  return { base: "before", head: "after", changedFiles: files.length, files, unscanned: [] };
}

function change(
  path: string,
  basePath: string,
  status: FileChange["status"],
  base: string,
  head: string,
): FileChange {
  return { path, basePath, status, kind: "file", base, head, hunks: diffTexts(base, head) };
}

function areSimilar(a: string, b: string): boolean {
  const linesOfA = new Set(a.split("\n").filter((line) => line.trim() !== ""));
  const linesOfB = b.split("\n").filter((line) => line.trim() !== "");
  const shared = linesOfB.filter((line) => linesOfA.has(line)).length;
  return linesOfB.length > 0 && shared / Math.max(linesOfA.size, linesOfB.length) > 0.5;
}

/** The repository around the change: what the case holds on either side, and nothing else. */
export function filesOf(before: Tree, after: Tree): RepositoryFiles {
  const treeOn = (side: Side) => (side === "LEFT" ? before : after);
  return {
    text: (side, path) => treeOn(side).get(path) ?? null,
    entries: (side, directory) => {
      const start = directory === "" ? "" : `${directory}/`;
      const inside = [...treeOn(side).keys()].filter((path) => path.startsWith(start));
      const names = inside.map((path) => path.slice(start.length).replace(/\/.*/, "/"));
      return names.length === 0 ? null : [...new Set(names)].sort();
    },
  };
}
