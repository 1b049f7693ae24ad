import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Coverage, FAULTS } from "./coverage.js";
import { PROMISES } from "./promises.js";

/** Text between quotes of any kind, as a test's name stands in its file. */
function holds(source: string, name: string): boolean {
  return ['"', "`"].some((quote) => source.includes(`${quote}${name}`));
}

/** Names of tests that are not where they are said to be. */
function missing(coverage: Coverage): readonly string[] {
  return Object.values(coverage)
    .flat()
    .filter((reference) => {
      const [, file = "", name = ""] = /^([a-z/-]+): (.+)$/.exec(reference) ?? [];
      const path = join(import.meta.dirname, "..", `${file}.test.ts`);
      return !existsSync(path) || !holds(readFileSync(path, "utf8"), name);
    });
}

describe("every promise about conduct", () => {
  it("has a test, which is where it is said to be", () => {
    expect(missing(PROMISES)).toEqual([]);
  });

  it("has at least one", () => {
    const all = Object.entries({ ...PROMISES, ...FAULTS });
    expect(all.filter(([, tests]) => tests.length === 0)).toEqual([]);
  });
});

describe("every fault", () => {
  it("has a test, which is where it is said to be", () => {
    expect(missing(FAULTS)).toEqual([]);
  });

  it("is listed", () => {
    const numbers = Object.keys(FAULTS).map((fault) => Number.parseInt(fault, 10));
    const first = Array.from({ length: 30 }, (_, index) => index + 9);
    expect(numbers).toEqual([...first, 40, 41, 50, 51, 52, 56]);
  });
});
