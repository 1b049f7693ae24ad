import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { diffTexts } from "../dist/core/diff/diff-texts.js";

const FIXTURES = join(import.meta.dirname, "../fixtures");
const ANNOTATION = /[ \t]*# (?:expect|todo-expect|todo-ok): [\w-]+(?:, [\w-]+)*[ \t]*(?=\r?$)/;

/** The fixtures of one rule: name, and both trees without their annotations. */
export function readFixtures(rule) {
  const folder = join(FIXTURES, rule);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => ({
      name,
      before: readTree(join(folder, name, "before")),
      after: readTree(join(folder, name, "after")),
    }));
}

function readTree(root) {
  if (!existsSync(root)) return new Map();
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return new Map(files.map((file) => [relative(root, file), withoutAnnotations(file)]));
}

function withoutAnnotations(file) {
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.map((line) => line.replace(ANNOTATION, "")).join("\n");
}

/** The change set of a fixture; a path that went and one that came are not taken for a rename. */
export function changeSetOf({ before, after }) {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  const files = paths
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => {
      const [base, head] = [before.get(path) ?? "", after.get(path) ?? ""];
      const status = !before.has(path) ? "added" : after.has(path) ? "modified" : "removed";
      const hunks = diffTexts(base, head);
      return { path, basePath: path, status, kind: "file", base, head, hunks };
    });
  return { base: "before", head: "after", changedFiles: files.length, files, unscanned: [] };
}

/** Both trees of a fixture, for what a scan asks beyond the change set. */
export function repositoryOf({ before, after }) {
  const treeOn = (side) => (side === "LEFT" ? before : after);
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

/** The case as git shows it, without the `index` lines. */
export function patchOf({ files }) {
  return files
    .map(({ path, status, hunks }) =>
      [
        `--- ${status === "added" ? "/dev/null" : `a/${path}`}`,
        `+++ ${status === "removed" ? "/dev/null" : `b/${path}`}`,
        ...hunks.flatMap((hunk) => [
          `@@ -${hunk.baseStart},${hunk.baseCount} +${hunk.headStart},${hunk.headCount} @@`,
          ...hunk.lines.map(({ kind, text }) => MARK[kind] + text),
        ]),
      ].join("\n"),
    )
    .join("\n");
}

const MARK = { context: " ", added: "+", deleted: "-" };
