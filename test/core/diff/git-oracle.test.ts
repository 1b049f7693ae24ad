import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { diffTexts } from "../../../src/core/diff/diff-texts.js";
import { fileText } from "../../../src/core/diff/hunk-lines.js";
import { splitLines } from "../../../src/core/diff/lines.js";
import { parsePatch } from "../../../src/core/diff/parse-patch.js";
import { rebuildBase } from "../../../src/core/diff/rebuild-base.js";
import { touchedRanges } from "../../../src/core/diff/touched.js";
import type { Hunk } from "../../../src/core/model/change.js";
import { versions } from "./generate.js";

const CASES = 600;
const SEED = Number(process.env.FC_SEED ?? 20261122);

interface Case {
  readonly base: string;
  readonly head: string;
  /** What git writes, without its file header; undefined when git sees no difference. */
  readonly patch: string | undefined;
  readonly withoutContext: string | undefined;
}

let folder = "";
let cases: readonly Case[] = [];

/** One git process for all files: a folder of base versions against a folder of head versions. */
function patchesOf(context: number): ReadonlyMap<string, string> {
  let output = "";
  try {
    execFileSync(
      "git",
      [
        "-c",
        "core.autocrlf=false",
        "diff",
        "--no-index",
        "--no-color",
        "--no-ext-diff",
        "--text",
      ].concat([`-U${context}`, "--no-renames", "base", "head"]),
      { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28, stdio: "pipe" },
    );
  } catch (error) {
    output = (error as { stdout: string }).stdout;
  }
  const patches = new Map<string, string>();
  for (const part of `\n${output}`.split("\ndiff --git a/base/").slice(1)) {
    const start = part.indexOf("\n@@ ");
    if (start !== -1) patches.set(part.slice(0, part.indexOf(" ")), part.slice(start + 1));
  }
  return patches;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cyclekey-diff-"));
  mkdirSync(join(folder, "base"));
  mkdirSync(join(folder, "head"));
  const texts = fc.sample(versions, { numRuns: CASES, seed: SEED });
  texts.forEach(({ base, head }, index) => {
    writeFileSync(join(folder, "base", `f${index}`), base);
    writeFileSync(join(folder, "head", `f${index}`), head);
  });
  const patches = patchesOf(3);
  const withoutContext = patchesOf(0);
  cases = texts.map((text, index) => ({
    ...text,
    patch: patches.get(`f${index}`),
    withoutContext: withoutContext.get(`f${index}`),
  }));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What every hunk promises about the two texts. */
function checkLineMap(hunks: readonly Hunk[], base: string, head: string): void {
  const baseLines = splitLines(base);
  const headLines = splitLines(head);
  for (const hunk of hunks) {
    expect(hunk.lines.filter((line) => line.base !== undefined)).toHaveLength(hunk.baseCount);
    expect(hunk.lines.filter((line) => line.head !== undefined)).toHaveLength(hunk.headCount);
    for (const line of hunk.lines) {
      if (line.base !== undefined) expect(baseLines[line.base - 1]).toBe(fileText(line));
      if (line.head !== undefined) expect(headLines[line.head - 1]).toBe(fileText(line));
      expect(line.kind).toBe(
        line.base === undefined ? "added" : line.head === undefined ? "deleted" : "context",
      );
    }
  }
}

describe(`against git itself, ${CASES} random edits (seed ${SEED})`, () => {
  it("sees a patch exactly where the two versions differ", () => {
    const changed = cases.filter(({ base, head }) => base !== head);
    expect(changed.length).toBeGreaterThan(CASES / 2);
    for (const { base, head, patch } of cases) expect(patch !== undefined).toBe(base !== head);
  });

  it("reads every patch of git and numbers its lines as they stand in both versions", () => {
    for (const { base, head, patch } of cases) {
      if (patch === undefined) continue;
      const hunks = parsePatch(patch);
      expect(hunks, patch).toBeDefined();
      checkLineMap(hunks ?? [], base, head);
    }
  });

  it("reads a patch without its last newline, as GitHub sends it, the same way", () => {
    for (const { patch } of cases) {
      if (patch !== undefined)
        expect(parsePatch(patch.replace(/\n$/, ""))).toEqual(parsePatch(patch));
    }
  });

  it("rebuilds base from head and the patch of git", () => {
    for (const { base, head, patch } of cases) {
      if (patch !== undefined) expect(rebuildBase(head, parsePatch(patch) ?? [])).toBe(base);
    }
  });

  it("rebuilds base from a patch without context", () => {
    for (const { base, head, withoutContext } of cases) {
      if (withoutContext === undefined) continue;
      expect(rebuildBase(head, parsePatch(withoutContext) ?? [])).toBe(base);
    }
  });

  it("touches the lines that git counts in a diff without context", () => {
    for (const { patch, withoutContext } of cases) {
      if (patch === undefined || withoutContext === undefined) continue;
      const headers = withoutContext
        .split("\n")
        .filter((line) => /^@@ -[\d,]+ \+[\d,]+ @@/.test(line));
      const left = touchedRanges(parsePatch(patch) ?? [], "LEFT");
      const right = touchedRanges(parsePatch(patch) ?? [], "RIGHT");
      const expected = headers.map((header) => {
        const [, base = "", baseCount = "1", head = "", headCount = "1"] =
          /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(header) ?? [];
        return [range(Number(base), Number(baseCount)), range(Number(head), Number(headCount))];
      });
      expect(left.map((one, index) => [one, right[index]])).toEqual(expected);
    }
  });

  it("makes hunks of its own from which base is rebuilt too", () => {
    for (const { base, head } of cases) {
      const hunks = diffTexts(base, head);
      expect(hunks.length > 0).toBe(base !== head);
      checkLineMap(hunks, base, head);
      expect(rebuildBase(head, hunks)).toBe(base);
    }
  });
});

function range(start: number, count: number): { start: number; end: number } {
  return count === 0 ? { start: start + 1, end: start } : { start, end: start + count - 1 };
}
