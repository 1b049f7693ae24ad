import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const SRC = resolve(import.meta.dirname, "../src");

/** What each layer may import of the others, and which packages. Node's own modules are packages here. */
const LAYERS: Readonly<Record<string, { layers: readonly string[]; packages: RegExp }>> = {
  core: { layers: [], packages: /^(diff|js-yaml|@noble\/hashes\/.*)$/ },
  grammar: { layers: ["core"], packages: /^(node:.*|web-tree-sitter)$/ },
  git: { layers: ["core"], packages: /^node:.*$/ },
  github: { layers: ["core"], packages: /^(node:.*|@octokit\/.*)$/ },
  jobs: { layers: ["core", "grammar", "github"], packages: /^node:(timers.*|crypto)$/ },
  bot: { layers: ["core", "grammar", "github", "jobs"], packages: /^(node:.*|probot|pino)$/ },
  cli: {
    layers: ["core", "grammar", "git", "github", "jobs", "bot"],
    packages: /^(node:.*|commander|pino)$/,
  },
  simulator: {
    layers: ["core", "grammar"],
    packages: /^(node:.*|graphql|markdown-it|sanitize-html)$/,
  },
};

/** Folders with rooms of their own; the files beside the rooms count as one more. */
const ROOMS = ["core/python", "core/settings", "core/login", "core/session", "github", "simulator"];

/** Words for rooms that hold anything. */
const EMPTY_NAMES = /(?:^|[/-])(?:utils?|helpers?|common|managers?|services?|misc)(?:[/.-]|$)/;

/** Tables of facts, which are as long as the facts. */
const DATA = new Set(["core/session/words/wordlists.ts"]);

/** `import ... from`, `export ... from`, `import "..."` and `import("...")`. */
const IMPORT =
  /^(?:import|export)\b([^"';]*)\bfrom "([^"]+)"|^import()"([^"]+)"|\bimport(\()"([^"]+)"\)/gm;

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(IMPORT)].map((match) => ({
    file: relative(SRC, file),
    target: match[2] ?? match[4] ?? match[6]!,
    typeOnly: /^\s+type\b/.test(match[1] ?? ""),
  }));
}

function layerOf(path: string): string {
  return relative(SRC, path).split("/")[0]!;
}

describe("the layers", () => {
  it.each(Object.keys(LAYERS))("%s has files to guard", (layer) => {
    expect(sourceFiles(join(SRC, layer)).length).toBeGreaterThan(0);
  });

  it("are all of them named here", () => {
    const folders = readdirSync(SRC, { withFileTypes: true }).map((entry) => entry.name);
    expect(folders.sort()).toEqual(Object.keys(LAYERS).sort());
  });

  it.each(Object.keys(LAYERS))("%s imports downwards only", (layer) => {
    const { layers, packages } = LAYERS[layer]!;
    const wrong = sourceFiles(join(SRC, layer))
      .flatMap(importsOf)
      .filter(({ file, target, typeOnly }) => {
        if (!target.startsWith(".")) {
          const typesOfTheTree = layer === "core" && typeOnly && target === "web-tree-sitter";
          return !packages.test(target) && !typesOfTheTree;
        }
        const other = layerOf(resolve(SRC, dirname(file), target));
        return other !== layer && !layers.includes(other);
      });
    expect(wrong).toEqual([]);
  });

  it("know the environment in one place; others only hand it to the programs they start", () => {
    const readers = sourceFiles(SRC)
      .filter((file) => layerOf(file) !== "simulator")
      .filter((file) =>
        /\bprocess\.env\b|\benv\b.*from "node:process"/.test(readFileSync(file, "utf8")),
      )
      .map((file) => relative(SRC, file));
    expect(readers).toEqual(["cli/environment.ts", "git/environment.ts"]);
  });

  it("run nothing that a pull request could choose", () => {
    const runners = sourceFiles(SRC)
      .filter((file) =>
        /\beval\(|new Function\(|node:vm|import\((?!")/.test(readFileSync(file, "utf8")),
      )
      .map((file) => relative(SRC, file));
    expect(runners).toEqual([]);
  });

  it("start programs only where git and the demo's bot are", () => {
    const starters = sourceFiles(SRC)
      .filter((file) => importsOf(file).some(({ target }) => target === "node:child_process"))
      .map((file) => layerOf(file));
    expect([...new Set(starters)].sort()).toEqual(["git", "simulator"]);
  });
});

describe("the rooms", () => {
  it.each(ROOMS)("of %s import in one direction", (folder) => {
    const top = join(SRC, folder);
    const edges = new Map<string, Set<string>>();
    for (const { file, target } of sourceFiles(top).flatMap(importsOf)) {
      if (!target.startsWith(".")) continue;
      const from = relative(top, dirname(join(SRC, file)));
      const to = relative(top, dirname(resolve(SRC, dirname(file), target)));
      if (to !== from && !to.startsWith(".."))
        edges.set(from, (edges.get(from) ?? new Set()).add(to));
    }
    expect(edges.size).toBeGreaterThan(1);
    const reaches = (from: string, seen = new Set<string>()): Set<string> => {
      for (const to of edges.get(from) ?? []) if (!seen.has(to)) reaches(to, seen.add(to));
      return seen;
    };
    expect([...edges.keys()].filter((room) => reaches(room).has(room))).toEqual([]);
  });
});

describe("a file", () => {
  it("is named for what it holds", () => {
    const vague = sourceFiles(SRC)
      .map((file) => relative(SRC, file))
      .filter((file) => EMPTY_NAMES.test(file));
    expect(vague).toEqual([]);
  });

  it("is no longer than one idea", () => {
    const long = sourceFiles(SRC)
      .map((file) => ({
        file: relative(SRC, file),
        lines: readFileSync(file, "utf8").split("\n").length,
      }))
      .filter(({ file, lines }) => lines > 301 && !DATA.has(file));
    expect(long).toEqual([]);
  });
});
