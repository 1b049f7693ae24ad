import { describe, expect, it } from "vitest";
import { DEFAULT_CONFIGURATION } from "../../../src/core/model/configuration.js";
import type { Finding } from "../../../src/core/model/finding.js";
import type { Acceptance, Posted, PostedComment } from "../../../src/core/model/review.js";
import { formatMarker, parseMarker } from "../../../src/core/review/marker.js";
import { planReview, type ReviewInput } from "../../../src/core/review/plan.js";
import { verdictOf } from "../../../src/core/review/verdict.js";
import {
  applyPlan,
  findingAt,
  fingerprint,
  inputOf,
  REMOVED_FLAG,
  RULES,
  scanOf,
} from "./examples.js";

const NOTHING: Posted = { comments: [], checks: [] };
const BY_ALICE: Acceptance = { commentId: 1, replyId: 20, by: "alice", reason: "VPN only." };

/** What stands after the given findings were reviewed on what stood before. */
function reviewed(
  findings: readonly Finding[],
  before: Posted = NOTHING,
  rest: Partial<ReviewInput> = {},
): Posted {
  return applyPlan(before, planReview(inputOf(findings, { ...rest, posted: before })));
}

function plan(findings: readonly Finding[], posted: Posted, rest: Partial<ReviewInput> = {}) {
  return planReview(inputOf(findings, { ...rest, posted }));
}

function change(posted: Posted, changes: Partial<PostedComment>): Posted {
  return { ...posted, comments: posted.comments.map((one) => ({ ...one, ...changes })) };
}

function stateOf(posted: Posted): string | undefined {
  return parseMarker(posted.comments[0]!.body)?.state;
}

const live = reviewed([REMOVED_FLAG]);
const accepted = reviewed([REMOVED_FLAG], live, { acceptances: [BY_ALICE] });

describe("an accepted finding", () => {
  it("no longer fails the check, and the check run says who accepted it and why", () => {
    const { check, comments, edits } = plan([REMOVED_FLAG], accepted);
    expect([comments, edits]).toEqual([[], []]);
    expect(check.conclusion).toBe("success");
    expect(check.title).toBe("1 accepted");
    expect(check.summary).toContain("### Accepted\n\n- **Session cookie no longer marked Secure**");
    expect(check.summary).toContain("Accepted by `alice`: VPN only.");
    expect(check.summary).not.toContain("### Errors");
    expect(check.annotations).toEqual([]);
  });

  it("says so in its comment, with what it is about folded below and without a button", () => {
    const [comment] = accepted.comments;
    expect(comment!.body).toMatch(/^\*\*Accepted by `alice`\*\*: VPN only\.\n\n.*`\/reopen`/);
    expect(comment!.body).toContain("<summary>Session cookie no longer marked Secure</summary>");
    expect(comment!.body).not.toMatch(/^`+suggestion$/m);
    expect(comment).toMatchObject({ minimized: false, threadResolved: false });
    expect(parseMarker(comment!.body)).toMatchObject({
      state: "accepted",
      by: "alice",
      reply: 20,
      reason: "VPN only.",
    });
  });

  it("is written once, though the reply is worked off again after a crash", () => {
    const again = plan([REMOVED_FLAG], accepted, { acceptances: [BY_ALICE] });
    expect(again.edits).toEqual([]);
    expect(again.withoutEffect).toEqual([]);
    expect(again.check.conclusion).toBe("success");
  });

  it("counts with the finding beside it that nobody accepted", () => {
    const other = findingAt(2, 3);
    const { check } = plan([REMOVED_FLAG, other], accepted);
    expect(check.conclusion).toBe("failure");
    expect(check.title).toBe("1 error, 1 accepted");
    expect(check.summary).toMatch(/^\*\*1 finding fails this check\.\*\*/);
  });

  it("is live again when it is reopened", () => {
    const { edits, check, withoutEffect } = plan([REMOVED_FLAG], accepted, { reopened: [1] });
    expect(check.conclusion).toBe("failure");
    expect(withoutEffect).toEqual([]);
    expect(edits[0]!.body).toMatch(/^\*\*Open again\.\*\*/);
    const reopened = reviewed([REMOVED_FLAG], accepted, { reopened: [1] });
    expect(stateOf(reopened)).toBe("live");
    expect(plan([REMOVED_FLAG], reopened, { reopened: [1] })).toMatchObject({
      edits: [],
      withoutEffect: [],
    });
  });

  it("is resolved when it is gone, and live, not accepted, when it returns", () => {
    const gone = reviewed([], accepted);
    expect(stateOf(gone)).toBe("resolved");
    const back = plan([REMOVED_FLAG], gone);
    expect(back.edits[0]!.body).toMatch(/^\*\*Back in abcdef1\.\*\*/);
    expect(back.check.conclusion).toBe("failure");
    expect(stateOf(applyPlan(gone, back))).toBe("live");
  });

  it("stays accepted while its file cannot be read, which fails the check by itself", () => {
    const unscanned = [
      { path: "shop/settings.py", reason: "too-large" as const, detail: "It is too large." },
    ];
    const { edits, check } = plan([], accepted, { scan: scanOf([], { unscanned }) });
    expect(edits).toEqual([]);
    expect(check.conclusion).toBe("failure");
  });

  it("tells only of what is left when some are gone, still accepted", () => {
    const twin = { ...REMOVED_FLAG, rule: "unrotated-login", fingerprint: fingerprint(2) };
    const both = reviewed([REMOVED_FLAG, twin]);
    const agreed = reviewed([REMOVED_FLAG, twin], both, { acceptances: [BY_ALICE] });
    const left = reviewed([twin], agreed);
    expect(parseMarker(left.comments[0]!.body)).toMatchObject({
      state: "accepted",
      by: "alice",
      told: [{ fingerprint: fingerprint(2) }],
    });
    expect(plan([twin], left).check.conclusion).toBe("success");
  });

  it("is live again when it became something else, since a fingerprint names no values", () => {
    const worse = {
      ...REMOVED_FLAG,
      message: { ...REMOVED_FLAG.message, values: { setting: "X", base: "True", head: "False" } },
    };
    const { check, edits } = plan([worse], accepted);
    expect(check.conclusion).toBe("failure");
    expect(edits[0]!.body).toMatch(/^\*\*Changed in abcdef1\*\*, after it was accepted\./);
    expect(plan([worse], reviewed([worse], accepted)).edits).toEqual([]);
  });

  it("is live again when it became graver", () => {
    const warning = { ...REMOVED_FLAG, severity: "warning" as const };
    const mild = reviewed([warning], reviewed([warning]), { acceptances: [BY_ALICE] });
    expect(stateOf(mild)).toBe("accepted");
    expect(plan([REMOVED_FLAG], mild).check.conclusion).toBe("failure");
  });

  it("is accepted by the last who did", () => {
    const bob = { commentId: 1, replyId: 30, by: "bob", reason: "Behind a proxy." };
    const again = reviewed([REMOVED_FLAG], accepted, { acceptances: [bob] });
    expect(again.comments[0]!.body).toMatch(/^\*\*Accepted by `bob`\*\*: Behind a proxy\./);
  });

  it("counts for its comment, in the room that comments have", () => {
    const configuration = { ...DEFAULT_CONFIGURATION, comments: { max: 1, drafts: false } };
    const findings = [REMOVED_FLAG, findingAt(2, 3)];
    expect(plan(findings, accepted, { configuration }).comments).toEqual([]);
  });
});

describe("a comment that someone else edited", () => {
  it("is never believed accepted, and is written anew", () => {
    const touched = change(accepted, { touched: true });
    const { check, edits } = plan([REMOVED_FLAG], touched);
    expect(check.conclusion).toBe("failure");
    expect(edits[0]!.body).toMatch(/^\*\*Written anew\*\*/);
    expect(stateOf(reviewed([REMOVED_FLAG], touched))).toBe("live");
  });

  it("is not accepted even when its marker was forged from a live one", () => {
    const { told } = parseMarker(live.comments[0]!.body)!;
    const forged = formatMarker({ state: "accepted", told, by: "alice", reply: 3, reason: "x" });
    const touched = change(live, { body: `Nothing to see.\n\n${forged}`, touched: true });
    expect(plan([REMOVED_FLAG], touched).check.conclusion).toBe("failure");
  });

  it("cannot be accepted as it reads: it is written anew, and that reply is refused for good", () => {
    const touched = change(live, {
      body: live.comments[0]!.body.replace("Error", "Notice"),
      touched: true,
    });
    const first = plan([REMOVED_FLAG], touched, { acceptances: [BY_ALICE] });
    expect(first.withoutEffect).toEqual([1]);
    expect(first.check.conclusion).toBe("failure");
    expect(first.edits[0]!.body).toContain("**Error: Session cookie");
    const anew = applyPlan(touched, first);
    // The answer to the reply was lost, so it is worked off again.
    const second = plan([REMOVED_FLAG], anew, { acceptances: [BY_ALICE] });
    expect(second).toMatchObject({ edits: [], withoutEffect: [1] });
    expect(second.check.conclusion).toBe("failure");
    const later = { ...BY_ALICE, replyId: 21 };
    expect(plan([REMOVED_FLAG], anew, { acceptances: [later] }).check.conclusion).toBe("success");
  });

  it("is left as it is while nobody accepts anything", () => {
    expect(plan([REMOVED_FLAG], change(live, { touched: true })).edits).toEqual([]);
  });

  it("is not quoted when its finding is gone", () => {
    const touched = change(live, { body: `@everyone\n\n${live.comments[0]!.body}`, touched: true });
    const { edits } = plan([], touched);
    expect(edits[0]!.body).toMatch(/^\*\*Resolved in abcdef1\.\*\* Thank you\.\n\n<!-- cyclekey/);
  });
});

describe("a request", () => {
  it("to accept what reads otherwise by now is refused, and the comment says what is so", () => {
    const values = { setting: "SESSION_COOKIE_SECURE", base: "True", head: "False" };
    const worse = { ...REMOVED_FLAG, message: { ...REMOVED_FLAG.message, values } };
    const { check, edits, withoutEffect } = plan([worse], live, { acceptances: [BY_ALICE] });
    expect(withoutEffect).toEqual([1]);
    expect(check.conclusion).toBe("failure");
    expect(edits[0]!.body).toMatch(/^\*\*Changed in abcdef1\.\*\*/);
    const rewritten = applyPlan(live, { ...plan([worse], live, { acceptances: [BY_ALICE] }) });
    expect(plan([worse], rewritten, { acceptances: [BY_ALICE] }).check.conclusion).toBe("failure");
  });

  it.each([
    ["whose finding is gone", live, []],
    ["that is resolved already", reviewed([], live), []],
    ["whose finding returns just now", reviewed([], live), [REMOVED_FLAG]],
  ])("for a comment %s has no effect", (_, posted, findings) => {
    const asked = plan(findings, posted, { acceptances: [BY_ALICE] });
    expect(asked.withoutEffect).toEqual([1]);
    expect(plan(findings, posted, { reopened: [1] }).withoutEffect).toEqual([1]);
    const again = plan(findings, applyPlan(posted, asked), { acceptances: [BY_ALICE] });
    expect(again).toMatchObject({ edits: [], withoutEffect: [1] });
    expect(again.check.conclusion).toBe(findings.length > 0 ? "failure" : "success");
  });

  it("for a comment from before facts were kept is heard", () => {
    const old = change(live, {
      body: `text\n\n<!-- cyclekey:v1 {"fingerprints":["${fingerprint(1)}"],"state":"live"} -->`,
    });
    expect(plan([REMOVED_FLAG], old).edits).toEqual([]);
    expect(plan([REMOVED_FLAG], old, { acceptances: [BY_ALICE] }).check.conclusion).toBe("success");
  });
});

describe("the verdict", () => {
  const input = {
    scan: scanOf([REMOVED_FLAG]),
    rules: RULES,
    configuration: DEFAULT_CONFIGURATION,
    acceptances: [],
    reopened: [],
  };

  it("names what fails, and counts what the threads of the pull request accepted", () => {
    expect(verdictOf({ ...input, comments: live.comments })).toEqual({
      conclusion: "failure",
      failing: [REMOVED_FLAG],
      accepted: [],
    });
    expect(verdictOf({ ...input, comments: accepted.comments })).toEqual({
      conclusion: "success",
      failing: [],
      accepted: [{ finding: REMOVED_FLAG, by: "alice", reason: "VPN only." }],
    });
  });

  it("believes nobody's comments but ours, untouched", () => {
    const touched = change(accepted, { touched: true });
    expect(verdictOf({ ...input, comments: touched.comments }).conclusion).toBe("failure");
  });

  it("fails from the level that the configuration names", () => {
    const scan = scanOf([findingAt(1, 1, { severity: "warning" })]);
    const on = (failOn: "warning" | "error" | "never") =>
      verdictOf({
        ...input,
        comments: [],
        scan,
        configuration: { ...DEFAULT_CONFIGURATION, failOn },
      }).conclusion;
    expect([on("warning"), on("error"), on("never")]).toEqual(["failure", "neutral", "neutral"]);
  });
});
