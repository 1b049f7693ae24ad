import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../../src/core/model/finding.js";
import type { ScanResult } from "../../../src/core/model/scan-result.js";
import { planReview } from "../../../src/core/review/plan.js";
import { findingAt, inputOf, REMOVED_FLAG, scanOf } from "../review/examples.js";
import { readMarkdown } from "./markdown-shape.js";
import { anyName } from "./names.js";

/** A scan in which everything that has a place in the summary happens, under the given name. */
function fullScan(name: string, path: string, plain = name): ScanResult {
  const named = (finding: Finding): Finding => ({
    ...finding,
    region: { ...finding.region, path },
    message: { template: "`{a}` is now {b}.", values: { a: name, b: plain } },
  });
  return scanOf(
    [
      named(REMOVED_FLAG),
      named(findingAt(2, 3, { severity: "warning", confidence: "low" })),
      named(findingAt(3, 4, { severity: "notice" })),
    ],
    {
      suppressed: [
        {
          ...named(findingAt(4, 5)),
          suppression: { rule: "unrotated-login", reason: plain, line: 4, added: false },
        },
      ],
      posture: [
        { path, setting: name, base: name, head: "unset", direction: "weaker" },
        {
          path,
          setting: "SESSION_COOKIE_AGE",
          base: "14 days",
          head: "1 hour",
          direction: "stronger",
        },
      ],
      inventory: [
        { key: name, category: "credential", path, line: 41, symbol: name, protection: "none" },
        { key: "cart", category: "other", path, line: 12, symbol: "", protection: "none" },
      ],
      unscanned: [{ path, reason: "syntax-error", detail: plain, line: 9 }],
    },
  );
}

function checkOf(scan: ScanResult, body = 60_000) {
  const limits = { body, annotations: 50 };
  return planReview(inputOf([], { scan, limits })).check;
}

describe("a check run", () => {
  it("reads like this", () => {
    const { title, summary } = checkOf(
      fullScan("SESSION_COOKIE_SECURE", "shop/settings.py", "unset"),
    );
    expect(`${title}\n\n${summary}`).toMatchInlineSnapshot(`
      "1 error, 1 warning, 1 notice, 1 file not reviewed

      **1 finding fails this check.** What to do:

      - Fix the lines, by hand or with *Commit suggestion* in the comments. Every push is reviewed again.
      - If it is intended, someone with write access who did not open the pull request replies to the comment with \`/accept\` and a reason.

      Read 2 of 3 changed files; the others do not concern sessions, or are listed below.

      ### Errors

      - **Session cookie no longer marked Secure** in \`shop/settings.py\`, line 2 before this change (\`insecure-session-cookie\`)  
        \`SESSION_COOKIE_SECURE\` is now unset.

      ### Warnings

      - **Login keeps the visitor's session key** in \`shop/settings.py\`, line 3 (\`unrotated-login\`)  
        \`SESSION_COOKIE_SECURE\` is now unset. *Not sure: please check it yourself.* *Only here: the diff does not show the line.*

      ### Not reviewed

      - \`shop/settings.py\`, line 9: unset

      ### Notices

      - **Login keeps the visitor's session key** in \`shop/settings.py\`, line 4 (\`unrotated-login\`)  
        \`SESSION_COOKIE_SECURE\` is now unset.

      ### Session settings that change

      | Setting | Before | After | Change | File |
      |---|---|---|---|---|
      | \`SESSION_COOKIE_SECURE\` | \`SESSION_COOKIE_SECURE\` | \`unset\` | **weaker** | \`shop/settings.py\` |
      | \`SESSION_COOKIE_AGE\` | \`14 days\` | \`1 hour\` | stronger | \`shop/settings.py\` |

      ### Session data that changes

      | Change | Key | Kind | Protection | Value comes from | Written in | Finding |
      |---|---|---|---|---|---|---|
      | new | \`SESSION_COOKIE_SECURE\` | credential | none |  | \`shop/settings.py\`, line 41, \`SESSION_COOKIE_SECURE\` |  |
      | new | \`cart\` | other | none |  | \`shop/settings.py\`, line 12 |  |

      ### Silenced in the code

      - **Login keeps the visitor's session key** in \`shop/settings.py\`, line 5 (\`unrotated-login\`)  
        Reason given: unset"
    `);
  });

  it("is harmless whatever the repository calls its things", () => {
    const expected = readMarkdown(checkOf(fullScan("name", "name")).summary).structure;
    fc.assert(
      fc.property(anyName, (name) => {
        const { structure, prose } = readMarkdown(checkOf(fullScan(name, name)).summary);
        expect(structure).toEqual(expected);
        expect(prose).not.toMatch(/@\w|#\d|\bGH-\d/i);
      }),
      { numRuns: 500 },
    );
  });

  it("counts what it leaves out, and keeps its tables whole", () => {
    const entry = {
      category: "other",
      path: "a.py",
      line: 1,
      symbol: "",
      protection: "none",
    } as const;
    const inventory = Array.from({ length: 500 }, (_, n) => ({ ...entry, key: `key_${n}` }));
    const { summary } = checkOf(scanOf([], { inventory }), 5_000);
    const shown = summary.match(
      /^\| new \| `key_\d+` \| other \| none \| *\| `a\.py`, line 1 \| *\|$/gm,
    )!.length;
    expect(summary.length).toBeLessThanOrEqual(5_000);
    expect(shown).toBeGreaterThan(50);
    expect(summary.endsWith(`\n\n… ${500 - shown} more`)).toBe(true);
  });

  it("keeps any limit, names every kind of entry in its room, and halves no character", () => {
    fc.assert(
      fc.property(anyName, fc.integer({ min: 400, max: 5_000 }), (name, limit) => {
        const { summary } = checkOf(fullScan(name, name), limit);
        expect(summary.length).toBeLessThanOrEqual(limit);
        expect(() => encodeURIComponent(summary)).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });

  it("does not call safe what its own table calls weaker", () => {
    const change = { path: "dev.py", setting: "SESSION_COOKIE_AGE", base: "1 hour", head: "1 day" };
    const weaker = checkOf(scanOf([], { posture: [{ ...change, direction: "weaker" }] }));
    expect(weaker.conclusion).toBe("success");
    expect(weaker.summary).toMatch(/^No rule objects to this pull request, though a setting below/);
    const stronger = checkOf(scanOf([], { posture: [{ ...change, direction: "stronger" }] }));
    expect(stronger.summary).toMatch(/^Nothing in this pull request makes sessions less safe\./);
  });

  it("annotates at most two hundred findings and counts the rest", () => {
    const findings = Array.from({ length: 210 }, (_, n) => findingAt(n + 1, n + 1));
    const { annotations, summary } = planReview(inputOf(findings)).check;
    expect(annotations).toHaveLength(200);
    expect(summary).toContain("10 lines below have no annotation: there are too many.");
  });

  it("annotates a deleted line where its place is at head", () => {
    expect(planReview(inputOf([REMOVED_FLAG])).check.annotations).toMatchInlineSnapshot(`
      [
        {
          "endLine": 1,
          "level": "failure",
          "message": "\`SESSION_COOKIE_SECURE\` goes from True to unset. The session cookie will also travel over plain HTTP, where others on the network can read it.",
          "path": "shop/settings.py",
          "startLine": 1,
          "title": "Session cookie no longer marked Secure",
        },
      ]
    `);
  });

  it("shows what is invisible in annotations, which are plain text", () => {
    const message = { template: "{a}", values: { a: "x\u202ey\n@z" } };
    const [annotation] = planReview(inputOf([findingAt(1, 1, { message })])).check.annotations;
    expect(annotation?.message).toBe("x\\u{202e}y\\n@z");
  });
});
