import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isCommentable } from "../../../src/core/diff/anchors.js";
import {
  type Configuration,
  DEFAULT_CONFIGURATION,
} from "../../../src/core/model/configuration.js";
import type { Finding } from "../../../src/core/model/finding.js";
import type { PostedComment } from "../../../src/core/model/review.js";
import { parseMarker } from "../../../src/core/review/marker.js";
import { planReview, type ReviewInput } from "../../../src/core/review/plan.js";
import {
  addedFile,
  applyPlan,
  findingAt,
  fingerprint,
  inputOf,
  PULL_REQUEST,
  post,
  REMOVED_FLAG,
  SETTINGS,
  scanOf,
} from "./examples.js";

const NOTHING = { comments: [], checks: [] };

/** The one comment that the findings get, as it stands once written. */
function posted(findings: readonly Finding[], changes: Partial<PostedComment> = {}): PostedComment {
  const [comment] = planReview(inputOf(findings)).comments;
  return { ...post(comment!, 11), ...changes };
}

function withPosted(findings: readonly Finding[], ...comments: readonly PostedComment[]) {
  return inputOf(findings, { posted: { comments, checks: [] } });
}

/** The fingerprints that the marker of a body names. */
function toldIn(body: string): readonly string[] | undefined {
  return parseMarker(body)?.told.map((one) => one.fingerprint);
}

function withMax(max: number): Configuration {
  return { ...DEFAULT_CONFIGURATION, comments: { max, drafts: false } };
}

describe("a plan", () => {
  it("writes nothing inline when nothing is wrong", () => {
    const plan = planReview(inputOf([]));
    expect(plan.comments).toEqual([]);
    expect(plan.edits).toEqual([]);
    expect(plan.check).toMatchInlineSnapshot(`
      {
        "annotations": [],
        "conclusion": "success",
        "detailsUrl": undefined,
        "externalId": "cyclekey:7:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb:abcdef1000000000000000000000000000000000",
        "headSha": "abcdef1000000000000000000000000000000000",
        "summary": "Nothing in this pull request makes sessions less safe.

      Read 2 of 3 changed files; the others do not concern sessions.",
        "title": "No session-security regressions",
      }
    `);
  });

  it("puts the comment of a deleted line on the lines that its suggestion replaces", () => {
    const [comment, ...others] = planReview(inputOf([REMOVED_FLAG])).comments;
    expect(others).toEqual([]);
    expect(comment).toMatchObject({ path: "shop/settings.py", side: "RIGHT", line: 1 });
    expect(comment).not.toHaveProperty("startLine");
  });

  it("puts the comment of a deleted line without a suggestion on the left side", () => {
    const { suggestion: _, ...finding } = REMOVED_FLAG;
    const [comment] = planReview(inputOf([finding])).comments;
    expect(comment).toMatchObject({ path: "shop/settings.py", side: "LEFT", line: 2 });
  });

  it("names the path at head for a deleted line of a renamed file", () => {
    const { suggestion: _, ...finding } = REMOVED_FLAG;
    const renamed = { ...SETTINGS, path: "shop/conf.py", status: "renamed" as const };
    const [comment] = planReview(inputOf([finding], { changes: [renamed] })).comments;
    expect(comment).toMatchObject({ path: "shop/conf.py", side: "LEFT", line: 2 });
  });

  it("gives the first line of a range only when there are several", () => {
    const region = { path: "shop/views.py", side: "RIGHT" as const, startLine: 3, endLine: 5 };
    const [comment] = planReview(inputOf([findingAt(1, 3, { region })])).comments;
    expect(comment).toMatchObject({ startLine: 3, line: 5 });
  });

  it("gives findings whose suggestion replaces the same lines one comment with one suggestion", () => {
    const twin = { ...REMOVED_FLAG, rule: "unrotated-login", fingerprint: fingerprint(2) };
    const { comments } = planReview(inputOf([REMOVED_FLAG, twin]));
    expect(comments).toHaveLength(1);
    expect(comments[0]!.body.match(/^```suggestion$/gm)).toHaveLength(1);
    expect(toldIn(comments[0]!.body)).toEqual([fingerprint(1), fingerprint(2)]);
  });

  it("keeps notices in the check run", () => {
    const plan = planReview(inputOf([findingAt(1, 3, { severity: "notice" })]));
    expect(plan.comments).toEqual([]);
    expect(plan.check).toMatchObject({ conclusion: "success", title: "1 notice" });
    expect(plan.check.annotations).toHaveLength(1);
  });

  it("keeps a finding that the diff does not show in the check run and says so", () => {
    const plan = planReview(inputOf([findingAt(1, 300)]));
    expect(plan.comments).toEqual([]);
    expect(plan.check.summary).toContain("the diff does not show the line");
  });

  it("comments on the part of a long statement that the diff shows", () => {
    const region = { path: "shop/views.py", side: "RIGHT" as const, startLine: 90, endLine: 120 };
    const [comment] = planReview(inputOf([findingAt(1, 90, { region })])).comments;
    expect(comment).toMatchObject({ startLine: 90, line: 100 });
  });

  it("writes at most twenty comments, the gravest first, and lists the rest", () => {
    const warnings = Array.from({ length: 15 }, (_, n) =>
      findingAt(n + 1, n + 1, { severity: "warning" }),
    );
    const errors = Array.from({ length: 15 }, (_, n) => findingAt(n + 21, n + 21));
    const plan = planReview(inputOf([...warnings, ...errors]));
    expect(plan.comments).toHaveLength(20);
    expect(plan.comments.slice(0, 15).map(({ line }) => line)).toEqual(
      errors.map(({ region }) => region.startLine),
    );
    expect(plan.check.title).toBe("15 errors, 15 warnings");
    expect(plan.check.summary.match(/as many comments as it should have/g)).toHaveLength(10);
  });

  it("counts the comments that stand", () => {
    const old = Array.from({ length: 19 }, (_, n) => findingAt(n + 1, n + 1));
    const before = applyPlan(NOTHING, planReview(inputOf(old)));
    const now = [...old, findingAt(50, 50), findingAt(51, 51)];
    expect(planReview(inputOf(now, { posted: before })).comments).toHaveLength(1);
  });

  it("gives a draft its check but no comments", () => {
    const draft = { ...PULL_REQUEST, draft: true };
    const plan = planReview(inputOf([REMOVED_FLAG], { pullRequest: draft }));
    expect(plan.comments).toEqual([]);
    expect(plan.check.conclusion).toBe("failure");
    expect(plan.check.summary).toContain("when the draft is ready for review");
  });

  it("comments a draft where the owners chose so", () => {
    const draft = { ...PULL_REQUEST, draft: true };
    const configuration = { ...DEFAULT_CONFIGURATION, comments: { max: 20, drafts: true } };
    const plan = planReview(inputOf([REMOVED_FLAG], { pullRequest: draft, configuration }));
    expect(plan.comments).toHaveLength(1);
  });

  it("still edits the comments of a pull request that became a draft", () => {
    const draft = { ...PULL_REQUEST, draft: true };
    const input = { ...withPosted([], posted([REMOVED_FLAG])), pullRequest: draft };
    expect(planReview(input).edits).toHaveLength(1);
  });
});

describe("a finding that a comment of ours tells of", () => {
  it("is not commented again when its lines move", () => {
    const { region } = findingAt(1, 60);
    const { suggestion: _, ...moved } = { ...REMOVED_FLAG, region };
    const plan = planReview(withPosted([moved], posted([REMOVED_FLAG])));
    expect(plan.comments).toEqual([]);
    expect(plan.edits).toEqual([]);
  });

  it("is commented when the comment has no marker of ours at its end", () => {
    const forged = posted([REMOVED_FLAG]);
    const quoted = { ...forged, body: `${forged.body}\n\nThank you` };
    expect(planReview(withPosted([REMOVED_FLAG], quoted)).comments).toHaveLength(1);
  });
});

describe("a comment whose findings are gone", () => {
  it("is resolved, folded and minimised", () => {
    const { edits } = planReview(withPosted([], posted([REMOVED_FLAG])));
    expect(edits).toHaveLength(1);
    expect(edits[0]).toMatchObject({ id: 11, nodeId: "node-11", visibility: "minimize" });
    expect(edits[0]!.body).toMatch(/^\*\*Resolved in abcdef1\.\*\*/);
    expect(edits[0]!.body).not.toMatch(/^`+suggestion$/m);
    expect(parseMarker(edits[0]!.body)?.state).toBe("resolved");
    expect(toldIn(edits[0]!.body)).toEqual([REMOVED_FLAG.fingerprint]);
  });

  it("stays in sight when someone answered", () => {
    const { edits } = planReview(withPosted([], posted([REMOVED_FLAG], { humanReply: true })));
    expect(edits.map(({ visibility }) => visibility)).toEqual(["keep"]);
  });

  it("is left alone once it is resolved", () => {
    const first = withPosted([], posted([REMOVED_FLAG]));
    const after = applyPlan(first.posted, planReview(first));
    expect(planReview({ ...first, posted: after }).edits).toEqual([]);
  });

  it("is not called resolved while its file could not be read", () => {
    const unscanned = [
      { path: "shop/settings.py", reason: "syntax-error" as const, detail: "It does not parse." },
    ];
    const input = withPosted([], posted([REMOVED_FLAG]));
    expect(planReview({ ...input, scan: scanOf([], { unscanned }) }).edits).toEqual([]);
    const other = [{ ...unscanned[0]!, path: "shop/urls.py" }];
    expect(planReview({ ...input, scan: scanOf([], { unscanned: other }) }).edits).toHaveLength(1);
    const moved = [{ ...unscanned[0]!, path: "shop/conf.py", basePath: "shop/settings.py" }];
    expect(planReview({ ...input, scan: scanOf([], { unscanned: moved }) }).edits).toEqual([]);
  });

  it("is not called resolved while what the scan wanted to read is left unread", () => {
    const wanted = [{ side: "RIGHT", path: "shop/base.py", kind: "file" }] as const;
    const input = withPosted([], posted([REMOVED_FLAG]));
    expect(planReview({ ...input, scan: scanOf([], { wanted }) }).edits).toEqual([]);
  });

  it("tells only of what is left when some are gone", () => {
    const twin = { ...REMOVED_FLAG, rule: "unrotated-login", fingerprint: fingerprint(2) };
    const { edits, comments } = planReview(withPosted([twin], posted([REMOVED_FLAG, twin])));
    expect(comments).toEqual([]);
    expect(edits.map(({ visibility }) => visibility)).toEqual(["keep"]);
    expect(parseMarker(edits[0]!.body)?.state).toBe("live");
    expect(toldIn(edits[0]!.body)).toEqual([fingerprint(2)]);
    expect(edits[0]!.body).not.toContain("no longer marked Secure");
  });
});

describe("a finding that returns", () => {
  const live = withPosted([], posted([REMOVED_FLAG]));
  const resolved = applyPlan(live.posted, planReview(live));

  it("gets its comment back, in sight, without a button that may miss its lines", () => {
    const { edits, comments } = planReview(inputOf([REMOVED_FLAG], { posted: resolved }));
    expect(comments).toEqual([]);
    expect(edits.map(({ visibility }) => visibility)).toEqual(["unminimize"]);
    expect(edits[0]!.body).toMatch(/^\*\*Back in abcdef1\.\*\*/);
    expect(edits[0]!.body).toContain("```python\nDEBUG = False\nSESSION_COOKIE_SECURE = True\n```");
    expect(edits[0]!.body).not.toMatch(/^`+suggestion$/m);
  });

  it("stays in the check run while other comments take all the room", () => {
    const configuration = withMax(1);
    const other = findingAt(9, 9);
    const taken = applyPlan(
      resolved,
      planReview(inputOf([other], { posted: resolved, configuration })),
    );
    const plan = planReview(inputOf([REMOVED_FLAG, other], { posted: taken, configuration }));
    expect(plan.edits).toEqual([]);
    expect(plan.comments).toEqual([]);
    expect(plan.check.summary).toContain("as many comments as it should have");
  });

  it("gets one comment back though several told of it", () => {
    const [comment] = resolved.comments;
    const both = { comments: [comment!, { ...comment!, id: 12 }], checks: [] };
    const { edits } = planReview(inputOf([REMOVED_FLAG], { posted: both }));
    expect(edits.map(({ id }) => id)).toEqual([12]);
  });
});

describe("any plan", () => {
  const finding = fc
    .record({
      number: fc.integer({ min: 1, max: 60 }),
      startLine: fc.integer({ min: 1, max: 130 }),
      length: fc.integer({ min: 0, max: 4 }),
      side: fc.constantFrom("LEFT" as const, "RIGHT" as const),
      path: fc.constantFrom("shop/views.py", "shop/settings.py", "gone.py"),
      severity: fc.constantFrom("error" as const, "warning" as const, "notice" as const),
      suggests: fc.boolean(),
    })
    .map(({ number, startLine, length, side, path, severity, suggests }) => {
      const region = { path, side, startLine, endLine: startLine + length };
      const lines = { path, startLine, endLine: startLine, replacement: "x = 1" };
      return findingAt(number, startLine, {
        severity,
        region,
        ...(suggests ? { suggestion: lines } : {}),
      });
    });
  const findings = fc.uniqueArray(finding, { selector: (one) => one.fingerprint, maxLength: 40 });
  const changes = [SETTINGS, addedFile("shop/views.py", 100)];

  it("leaves nothing to write once it is applied, whatever stood before", () => {
    fc.assert(
      fc.property(
        fc.array(findings, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (pushes, draft) => {
          let before: ReviewInput["posted"] = NOTHING;
          for (const push of pushes) {
            const pullRequest = { ...PULL_REQUEST, draft };
            const input = inputOf(push, { posted: before, changes, pullRequest });
            const plan = planReview(input);
            before = applyPlan(before, plan);
            const again = planReview({ ...input, posted: before });
            expect(again.comments).toEqual([]);
            expect(again.edits).toEqual([]);
            expect(again.check.conclusion).toBe(plan.check.conclusion);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("stands on lines that the diff shows, and keeps the limits", () => {
    fc.assert(
      fc.property(findings, fc.integer({ min: 1500, max: 20_000 }), (found, body) => {
        const limits = { body, annotations: 5 };
        const configuration = withMax(7);
        const plan = planReview(inputOf(found, { changes, limits, configuration }));
        expect(plan.comments.length).toBeLessThanOrEqual(7);
        expect(plan.check.annotations.length).toBeLessThanOrEqual(5);
        expect(plan.check.summary.length).toBeLessThanOrEqual(body);
        for (const comment of plan.comments) {
          const { hunks } = changes.find(({ path }) => path === comment.path)!;
          const first = comment.startLine ?? comment.line;
          expect(isCommentable(hunks, comment.side, first, comment.line)).toBe(true);
          expect(comment.startLine ?? 0).toBeLessThan(comment.line);
          expect(comment.body.length).toBeLessThanOrEqual(body);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("keeps one live comment for each finding and never more than the limit", () => {
    const configuration = withMax(3);
    fc.assert(
      fc.property(fc.array(findings, { minLength: 1, maxLength: 5 }), (pushes) => {
        let before: ReviewInput["posted"] = NOTHING;
        for (const push of pushes) {
          before = applyPlan(
            before,
            planReview(inputOf(push, { posted: before, changes, configuration })),
          );
          const live = before.comments
            .map(({ body }) => parseMarker(body)!)
            .filter(({ state }) => state === "live");
          const told = live.flatMap((marker) => marker.told.map((one) => one.fingerprint));
          expect(new Set(told).size).toBe(told.length);
          expect(live.length).toBeLessThanOrEqual(3);
        }
      }),
      { numRuns: 300 },
    );
  });
});
