import { spawnSync } from "node:child_process";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { applySuggestion } from "../../src/core/diff/apply-suggestion.js";
import type { Finding, Suggestion } from "../../src/core/model/finding.js";
import type { ScanResult } from "../../src/core/model/scan-result.js";
import type { ParsePython } from "../../src/core/python/parser.js";
import { RULES } from "../../src/core/rules/index.js";
import { scan } from "../../src/core/scan.js";
import { loadPython } from "../../src/grammar/node.js";
import {
  changeBetween,
  type FixtureCase,
  filesOf,
  readFixtureCases,
  type Tree,
} from "../fixture-cases.js";
import { variation, vary } from "./variations.js";

const CASES = 1_000;
const SEED = 20_261_122;
const python = spawnSync("python3", ["--version"]).status === 0;

let parse: ParsePython;
beforeAll(async () => {
  parse = await loadPython();
});

const fixable = readFixtureCases().filter(({ fixed }) => fixed !== undefined);
const aCase = fc
  .tuple(fc.constantFrom(...fixable), variation)
  .map(([fixture, how]) => vary(fixture, how));
const samples: readonly FixtureCase[] = fc.sample(aCase, { numRuns: CASES, seed: SEED });

function review(before: Tree, after: Tree): ScanResult {
  return scan(changeBetween(before, after), parse, { repository: filesOf(before, after) });
}

const reviewed = new Map<FixtureCase, readonly Finding[]>();

/** What a sample shows; every property asks for it. */
function findingsOf(sample: FixtureCase): readonly Finding[] {
  const known = reviewed.get(sample) ?? review(sample.before, sample.after).findings;
  reviewed.set(sample, known);
  return known;
}

function prints(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ fingerprint }) => fingerprint).sort();
}

function suggestionsOf(findings: readonly Finding[]): readonly Suggestion[] {
  const texts = new Set(
    findings.flatMap(({ suggestion }) => (suggestion ? JSON.stringify(suggestion) : [])),
  );
  return [...texts].map((text) => JSON.parse(text) as Suggestion);
}

/** Accepts suggestions one after another; what an earlier one shifted is counted along. */
function accept(tree: Tree, suggestions: readonly Suggestion[]): Tree {
  const fixed = new Map(tree);
  suggestions.forEach((suggestion, index) => {
    const { path, startLine, endLine } = suggestion;
    const by = suggestions
      .slice(0, index)
      .filter((earlier) => earlier.path === path && earlier.startLine < startLine)
      .reduce((sum, earlier) => sum + grows(earlier), 0);
    const moved = { ...suggestion, startLine: startLine + by, endLine: endLine + by };
    fixed.set(path, applySuggestion(fixed.get(path) ?? "", moved));
  });
  return fixed;
}

function grows({ startLine, endLine, replacement, deletes }: Suggestion): number {
  return (deletes ? 0 : replacement.split("\n").length) - (endLine - startLine + 1);
}

/** What a case is, for the message of a failure. */
function show({ rule, name, after }: FixtureCase): string {
  return [`${rule}/${name}`, ...[...after].map(([path, text]) => `--- ${path}\n${text}`)].join(
    "\n",
  );
}

function failures(check: (fixture: FixtureCase) => boolean): readonly string[] {
  return samples.filter((fixture) => !check(fixture)).map(show);
}

describe(`${CASES} variations of the fixtures with suggestions (seed ${SEED})`, () => {
  it("keep the suggestions of rules whose fix is safe in nine of ten", () => {
    expect(shareFixed(samples.flatMap(findingsOf))).toBeGreaterThanOrEqual(0.9);
  }, 300_000);

  it("lose a finding with each suggestion, and gain none", () => {
    const wrong = failures((sample) => {
      const { before, after } = sample;
      const findings = findingsOf(sample);
      const known = new Set(prints(findings));
      return suggestionsOf(findings).every((suggestion) => {
        const left = new Set(prints(review(before, accept(after, [suggestion])).findings));
        const fixed = findings.filter((one) => isSame(one.suggestion, suggestion));
        return (
          fixed.every(({ fingerprint }) => !left.has(fingerprint)) &&
          [...left].every((fingerprint) => known.has(fingerprint))
        );
      });
    });
    expect(wrong).toEqual([]);
  }, 300_000);

  it("end in the same files whatever is accepted first", () => {
    const wrong = failures((sample) => {
      const { after } = sample;
      const suggestions = suggestionsOf(findingsOf(sample));
      const turned = [...suggestions].reverse();
      const rotated = [...suggestions.slice(1), ...suggestions.slice(0, 1)];
      const one = JSON.stringify([...accept(after, suggestions)]);
      return [turned, rotated].every((order) => JSON.stringify([...accept(after, order)]) === one);
    });
    expect(wrong).toEqual([]);
  }, 300_000);

  it("are silent when the change is taken back", () => {
    expect(failures(({ before, after }) => review(after, before).findings.length === 0)).toEqual(
      [],
    );
  }, 300_000);

  it("give the same bytes twice, whatever the order of the files", () => {
    const wrong = failures(({ before, after }) => {
      const change = changeBetween(before, after);
      const shuffled = { ...change, files: [...change.files].reverse() };
      const files = filesOf(before, after);
      const bytes = JSON.stringify(scan(change, parse, { repository: files }));
      return [change, shuffled].every(
        (one) => JSON.stringify(scan(one, parse, { repository: files })) === bytes,
      );
    });
    expect(wrong).toEqual([]);
  }, 300_000);
});

const SAFE = new Set(
  RULES.filter(({ meta }) => meta.suggestion === "safe").map(({ meta }) => meta.id),
);

/** Share of the findings of rules whose fix is safe that carry one. */
function shareFixed(findings: readonly Finding[]): number {
  const safe = findings.filter(({ rule }) => SAFE.has(rule));
  return safe.filter(({ suggestion }) => suggestion !== undefined).length / safe.length;
}

describe("the fixtures of all rules", () => {
  it("carry a suggestion in nine of ten findings where the rule's fix is safe", () => {
    const findings = readFixtureCases().flatMap(
      ({ before, after }) => review(before, after).findings,
    );
    expect(findings.length).toBeGreaterThan(300);
    expect(shareFixed(findings)).toBeGreaterThanOrEqual(0.9);
  }, 300_000);
});

function isSame(one: Suggestion | undefined, other: Suggestion): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

describe.skipIf(!python)("suggestions (needs python3 as the oracle)", () => {
  it("leave what CPython parses, each alone and all together", () => {
    const texts = samples.flatMap((sample) => {
      const { after } = sample;
      const suggestions = suggestionsOf(findingsOf(sample));
      const trees = [...suggestions.map((one) => [one]), suggestions].map((some) =>
        accept(after, some),
      );
      return trees.flatMap((tree) =>
        [...tree].flatMap(([path, text]) =>
          path.endsWith(".py") ? [{ path, text, was: after.get(path) ?? "" }] : [],
        ),
      );
    });
    const now = parsing(texts.map(({ text }) => text));
    const was = parsing(texts.map((one) => one.was));
    const broken = texts.filter((_, index) => was[index] && !now[index]);
    expect(broken).toEqual([]);
    expect(now.filter(Boolean).length).toBeGreaterThan(CASES / 2);
  }, 300_000);
});

/** Which of the texts CPython parses: all in one process. */
function parsing(texts: readonly string[]): readonly boolean[] {
  const { status, stdout, stderr } = spawnSync(
    "python3",
    [join(import.meta.dirname, "parse-all.py")],
    { encoding: "utf8", input: JSON.stringify(texts), maxBuffer: 64 * 1024 * 1024 },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as boolean[];
}
