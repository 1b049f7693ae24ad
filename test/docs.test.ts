import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { RULES } from "../src/core/rules/index.js";

const ROOT = join(import.meta.dirname, "..");
const ids = RULES.map(({ meta }) => meta.id);

function namesIn(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, name.length - ending.length))
    .sort();
}

describe("the catalogue", () => {
  it("has one file, one page and one line in the registry for each rule", () => {
    expect(ids).toEqual([...new Set(ids)].sort());
    expect(namesIn("src/core/rules", ".ts").filter((name) => name !== "index")).toEqual(ids);
    expect(namesIn("docs/rules", ".md").filter((name) => name !== "README")).toEqual(ids);
  });

  it("says for each rule all that its page shows", () => {
    for (const { meta } of RULES) {
      const { why, remedy, verify, limits } = meta.docs;
      for (const text of [meta.title, meta.seed, why, remedy, verify, limits]) {
        expect(text.trim().length, meta.id).toBeGreaterThan(5);
      }
      expect(meta.title, meta.id).not.toMatch(/\.$/);
      expect(meta.references.length, meta.id).toBeGreaterThan(0);
      for (const address of meta.references) expect(address, meta.id).toMatch(/^https:\/\/[^\s]+$/);
    }
  });

  it("stands on pages that are what the rules and their fixtures say now", () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(ROOT, "docs/generate.mjs"), "--check"],
      { encoding: "utf8" },
    );
    expect(stderr).toBe("");
    expect(stdout).toBe("");
    expect(status).toBe(0);
  }, 240_000);
});
