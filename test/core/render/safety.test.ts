import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../../src/core/model/finding.js";
import type { Posted, RangeVerdict, ReviewPlan } from "../../../src/core/model/review.js";
import { parseMarker, withoutMarker } from "../../../src/core/review/marker.js";
import { planReview, type ReviewInput } from "../../../src/core/review/plan.js";
import { planFailure } from "../../../src/core/review/plan-without-scan.js";
import {
  addedFile,
  applyPlan,
  findingAt,
  inputOf,
  PULL_REQUEST,
  REMOVED_FLAG,
  scanOf,
} from "../review/examples.js";
import { readMarkdown } from "./markdown-shape.js";
import { anyName, HOSTILE_NAMES } from "./names.js";

/** A finding all of whose words someone else chose. */
function named(finding: Finding, name: string): Finding {
  return {
    ...finding,
    symbol: name,
    message: { template: "`{a}` was {b}, and is {c}.", values: { a: name, b: name, c: name } },
    region: { ...finding.region, path: name },
  };
}

function everythingNamed(name: string): ReviewInput {
  const { suggestion: _, ...flag } = REMOVED_FLAG;
  const error = named(findingAt(1, 3), name);
  const suppression = { rule: "unrotated-login", reason: name, line: 4, added: true };
  const failing = [named(flag, name)];
  const others: readonly RangeVerdict[] = [
    {
      label: { kind: "pull-request", number: 8, baseRef: name },
      conclusion: "failure",
      failing,
      unscanned: 1,
    },
    { label: { kind: "default-branch", name }, conclusion: "unknown", failing: [], unscanned: 0 },
  ];
  const entry = { key: name, path: name, symbol: name, category: "token" } as const;
  const scan = scanOf(
    [
      error,
      named(findingAt(2, 5, { severity: "warning", suppression }), name),
      named(findingAt(3, 6, { severity: "notice" }), name),
    ],
    {
      suppressed: [named(findingAt(4, 7, { suppression: { ...suppression, added: false } }), name)],
      suppressionProblems: [
        { path: name, line: 1, rule: name, problem: "unknown-rule" },
        { path: name, line: 2, rule: name, problem: "unused" },
        { path: name, line: 3, rule: name, problem: "no-reason" },
      ],
      inventory: [{ ...entry, line: 3, protection: "none", value: name }],
      posture: [{ path: name, setting: name, base: name, head: name, direction: "weaker" }],
      unscanned: [{ path: `${name}.py`, reason: "syntax-error", detail: name, line: 9 }],
      ignored: [name],
      wanted: [{ side: "RIGHT", path: name, kind: "file" }],
    },
  );
  return inputOf([], {
    scan,
    changes: [addedFile(name, 10)],
    otherRanges: others,
    configurationProblems: [
      { source: "repository", line: 3, detail: name },
      { source: "organisation", line: undefined, detail: name },
    ],
    configurationChange: true,
    docsUrl: "https://example.org/rules",
  });
}

/** All that is written in the life of a pull request: found, accepted, resolved, back again. */
function plansFor(name: string): readonly ReviewPlan[] {
  const found = everythingNamed(name);
  const acceptances = [{ commentId: 1, replyId: 9, by: name, reason: name }];
  const clean = { ...found, scan: scanOf([]) };
  const inputs = [found, { ...found, acceptances }, clean, found];
  const plans: ReviewPlan[] = [];
  let posted: Posted = { comments: [], checks: [] };
  for (const input of inputs) {
    const plan = planReview({ ...input, posted });
    plans.push(plan);
    posted = applyPlan(posted, plan);
  }
  return plans;
}

function bodiesOf(plans: readonly ReviewPlan[]): readonly string[] {
  return plans.flatMap(({ comments, edits }) => [...comments, ...edits].map(({ body }) => body));
}

function textsOf(name: string): readonly string[] {
  const plans = plansFor(name);
  const failure = planFailure(PULL_REQUEST, name, name, "failure");
  return [
    ...bodiesOf(plans).map(withoutMarker),
    ...plans.map(({ check }) => check.summary),
    failure.summary,
  ];
}

const HARMLESS = textsOf("name").map(readMarkdown);

function expectHarmless(name: string): void {
  const texts = textsOf(name);
  expect(texts).toHaveLength(HARMLESS.length);
  for (const [index, text] of texts.entries()) {
    const { structure, references } = readMarkdown(text);
    expect(structure).toEqual(HARMLESS[index]!.structure);
    expect(references).toEqual(HARMLESS[index]!.references);
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u);
  }
}

describe("every text of a plan", () => {
  it("links and references only what we put there", () => {
    const references = HARMLESS.flatMap((shape) => shape.references);
    expect(new Set(references)).toEqual(new Set(["#8", "abcdef1"]));
    const structure = HARMLESS.flatMap((shape) => shape.structure);
    const links = structure.filter((token) => token.startsWith("link_open"));
    expect(new Set(links)).toEqual(
      new Set([
        "link_open a   href=https://example.org/rules/unrotated-login.md",
        "link_open a   href=https://example.org/rules/insecure-session-cookie.md",
        "link_open a   href=https://docs.djangoproject.com/en/stable/ref/settings/#session-cookie-secure",
      ]),
    );
    expect(structure.filter((token) => token.startsWith("image"))).toEqual([]);
  });

  it.each(HOSTILE_NAMES)("is harmless though everything is called %j", expectHarmless);

  it("is harmless whatever everything is called", () => {
    fc.assert(fc.property(anyName, expectHarmless), { numRuns: 150 });
  });

  it("shows in annotations, which are plain text, what cannot be seen", () => {
    fc.assert(
      fc.property(anyName, (name) => {
        for (const { title, message } of plansFor(name).flatMap(({ check }) => check.annotations)) {
          expect(`${title}${message}`).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe("the hidden marker", () => {
  it("is the one HTML comment of a body and its end, whatever everything is called", () => {
    fc.assert(
      fc.property(anyName, (name) => {
        for (const body of bodiesOf(plansFor(name))) {
          const { structure } = readMarkdown(body);
          expect(structure.filter((token) => token.includes("<!--"))).toHaveLength(1);
          expect(structure.at(-1)).toMatch(/^html_block +<!-- cyclekey:v1 [^\n]* -->$/);
          expect(parseMarker(body)).toBeDefined();
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe("a suggestion", () => {
  const runs = ["`", "~"].flatMap((mark) =>
    Array.from({ length: 20 }, (_, index) => mark.repeat(index + 1)),
  );

  it.each(runs)("that holds %s is one block with exactly its lines", (run) => {
    const replacement = `x = "${run}"\n${run}\n${run}suggestion\n  # ${run}`;
    const suggestion = { path: "shop/settings.py", startLine: 1, endLine: 1, replacement };
    const { comments } = planReview(inputOf([{ ...REMOVED_FLAG, suggestion }]));
    const { fences } = readMarkdown(comments[0]!.body);
    expect(fences.filter(({ info }) => info === "suggestion")).toEqual([
      { info: "suggestion", content: `${replacement}\n` },
    ]);
  });
});
