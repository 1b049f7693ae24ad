import { beforeAll, describe, expect, it } from "vitest";
import { applySuggestion } from "../src/core/diff/apply-suggestion.js";
import type { Finding, Suggestion } from "../src/core/model/finding.js";
import type { ScanResult } from "../src/core/model/scan-result.js";
import type { ParsePython } from "../src/core/python/parser.js";
import { RULES } from "../src/core/rules/index.js";
import { scan } from "../src/core/scan.js";
import { loadPython } from "../src/grammar/node.js";
import {
  changeBetween,
  type FixtureCase,
  filesOf,
  readFixtureCases,
  type Tree,
} from "./fixture-cases.js";

let parse: ParsePython;
beforeAll(async () => {
  parse = await loadPython();
});

const cases = readFixtureCases();

function review(before: Tree, after: Tree): ScanResult {
  return scan(changeBetween(before, after), parse, { repository: filesOf(before, after) });
}

function places(findings: readonly Finding[]): string[] {
  return findings
    .map(({ rule, region }) => `${rule} ${region.side} ${region.path}:${region.startLine}`)
    .sort();
}

function expectedPlaces(fixture: FixtureCase): string[] {
  return fixture.expectations
    .filter(({ known }) => known !== "todo-expect")
    .map(({ rule, side, path, line }) => `${rule} ${side} ${path}:${line}`)
    .sort();
}

/** Accepts every suggestion, in the given order; equal ones once. */
function accept(tree: Tree, findings: readonly Finding[], order: 1 | -1): Tree {
  const unique = new Map<string, Suggestion>();
  for (const { suggestion } of findings) {
    if (suggestion) unique.set(JSON.stringify(suggestion), suggestion);
  }
  const fixed = new Map(tree);
  const shifts = new Map<string, { line: number; by: number }[]>();
  for (const suggestion of [...unique.values()].sort(
    (a, b) => order * (a.startLine - b.startLine),
  )) {
    const { path, startLine, endLine, replacement, deletes } = suggestion;
    const earlier = shifts.get(path) ?? [];
    const by = earlier.filter(({ line }) => line < startLine).reduce((sum, one) => sum + one.by, 0);
    const moved = { ...suggestion, startLine: startLine + by, endLine: endLine + by };
    fixed.set(path, applySuggestion(fixed.get(path)!, moved));
    const lines = deletes ? 0 : replacement.split("\n").length;
    shifts.set(path, [...earlier, { line: startLine, by: lines - (endLine - startLine + 1) }]);
  }
  return fixed;
}

describe.each(cases.map((fixture) => [`${fixture.rule}/${fixture.name}`, fixture] as const))(
  "fixture %s",
  (_, fixture) => {
    it("finds what its annotations say and nothing else", () => {
      const result = review(fixture.before, fixture.after);
      expect(places(result.findings)).toEqual(expectedPlaces(fixture));
    });

    it("says nothing when the change is taken back", () => {
      expect(places(review(fixture.after, fixture.before).findings)).toEqual([]);
    });

    it("is fixed by its suggestions", () => {
      const { findings } = review(fixture.before, fixture.after);
      const fixed = accept(fixture.after, findings, 1);
      expect(accept(fixture.after, findings, -1)).toEqual(fixed);
      expect(fixture.fixed ?? fixture.after).toEqual(fixed);
      if (fixture.fixed) {
        const left = findings
          .filter(({ suggestion }) => !suggestion)
          .map(({ fingerprint }) => fingerprint);
        const again = review(fixture.before, fixture.fixed).findings;
        expect(again.map(({ fingerprint }) => fingerprint).sort()).toEqual(left.sort());
      }
    });

    it("fills every hole of its messages", () => {
      for (const { message } of review(fixture.before, fixture.after).findings) {
        for (const [, hole] of message.template.matchAll(/\{(\w+)\}/g)) {
          expect(message.values).toHaveProperty(hole!);
        }
      }
    });
  },
);

describe("known gaps", () => {
  const gaps = cases.flatMap((fixture) =>
    fixture.expectations
      .filter(({ known }) => known !== "expect")
      .map((gap) => [`${gap.known}: ${fixture.rule}/${fixture.name}`, fixture, gap] as const),
  );

  it.each(gaps)("%s is still open", (_, fixture, gap) => {
    const found = places(review(fixture.before, fixture.after).findings);
    const place = `${gap.rule} ${gap.side} ${gap.path}:${gap.line}`;
    expect(found.includes(place)).toBe(gap.known === "todo-ok");
  });

  it("name rules that exist", () => {
    const ids = new Set(RULES.map(({ meta }) => meta.id));
    const unknown = cases
      .flatMap(({ expectations }) => expectations)
      .filter(({ rule }) => !ids.has(rule));
    expect(unknown).toEqual([]);
  });
});

describe("the fixtures of a rule", () => {
  const rules = RULES.map(({ meta }) => meta.id);

  it("are there for every rule, and for no other", () => {
    expect([...new Set(cases.map(({ rule }) => rule))].sort()).toEqual([...rules].sort());
  });

  it.each(rules)("%s: some speak and some are silent", (rule) => {
    const own = cases.filter((fixture) => fixture.rule === rule);
    const loud = own.filter(({ expectations }) => expectations.some((one) => one.rule === rule));
    expect(loud.length).toBeGreaterThan(0);
    expect(own.length).toBeGreaterThan(loud.length);
  });
});
