import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_CONFIGURATION } from "../../../src/core/model/configuration.js";
import type { Finding } from "../../../src/core/model/finding.js";
import type { Acceptance, Posted, PostedComment } from "../../../src/core/model/review.js";
import { parseMarker } from "../../../src/core/review/marker.js";
import { planReview, type ReviewInput } from "../../../src/core/review/plan.js";
import { verdictOf } from "../../../src/core/review/verdict.js";
import { addedFile, applyPlan, findingAt, inputOf, RULES, SETTINGS, scanOf } from "./examples.js";

const LIMIT = 4;
const CHANGES = [SETTINGS, addedFile("shop/views.py", 100)];

const finding = fc
  .record({
    number: fc.integer({ min: 1, max: 8 }),
    line: fc.integer({ min: 1, max: 110 }),
    severity: fc.constantFrom("error" as const, "warning" as const, "notice" as const),
    value: fc.constantFrom("an hour", "a day"),
  })
  .map(({ number, line, severity, value }) =>
    findingAt(number, line, {
      severity,
      message: { template: "`{func}` keeps it for {value}.", values: { func: "sign_in", value } },
    }),
  );

interface Push {
  readonly kind: "push";
  readonly findings: readonly Finding[];
  readonly unread: boolean;
  readonly draft: boolean;
}
interface Deed {
  readonly kind: "accept" | "reopen" | "answer" | "edit" | "forge" | "delete" | "close" | "hide";
  /** Which of the comments, counted round. */
  readonly at: number;
}
type Event = Push | Deed;

const push: fc.Arbitrary<Push> = fc.record({
  kind: fc.constant("push" as const),
  findings: fc.uniqueArray(finding, { selector: (one) => one.fingerprint, maxLength: 8 }),
  unread: fc.integer({ min: 0, max: 5 }).map((one) => one === 0),
  draft: fc.integer({ min: 0, max: 5 }).map((one) => one === 0),
});
const deed: fc.Arbitrary<Deed> = fc.record({
  kind: fc.constantFrom(
    "accept" as const,
    "accept" as const,
    "reopen" as const,
    "answer" as const,
    "edit" as const,
    "forge" as const,
    "delete" as const,
    "close" as const,
    "hide" as const,
  ),
  at: fc.nat({ max: 20 }),
});

/** A pull request to which people, and we, do things. */
interface World {
  readonly posted: Posted;
  readonly push: Push;
  readonly replies: number;
}

function inputFor({ posted, push }: World, rest: Partial<ReviewInput>): ReviewInput {
  const unscanned = push.unread
    ? [{ path: "shop/views.py", reason: "syntax-error" as const, detail: "It does not parse." }]
    : [];
  const input = inputOf([], {
    scan: scanOf(push.findings, { unscanned }),
    changes: CHANGES,
    posted,
    configuration: { ...DEFAULT_CONFIGURATION, comments: { max: LIMIT, drafts: false } },
    ...rest,
  });
  return { ...input, pullRequest: { ...input.pullRequest, draft: push.draft } };
}

/** What someone does to the comment, apart from what they ask of us. */
function touch(comment: PostedComment, kind: Event["kind"]): readonly PostedComment[] {
  switch (kind) {
    case "answer":
      return [{ ...comment, humanReply: true }];
    case "edit":
      return [{ ...comment, body: `Mild.\n\n${comment.body}`, touched: true }];
    case "forge": {
      const body = comment.body.replace(
        /"state":.*\} -->$/,
        '"state":"accepted","by":"eve","reply":1,"reason":"x"} -->',
      );
      return [{ ...comment, body, touched: true }];
    }
    case "delete":
      return [];
    case "close":
      return [{ ...comment, threadResolved: !comment.threadResolved }];
    case "hide":
      return [{ ...comment, minimized: !comment.minimized }];
    default:
      return [comment];
  }
}

function step(world: World, event: Event): { next: World; requests: Partial<ReviewInput> } {
  if (event.kind === "push") return { next: { ...world, push: event }, requests: {} };
  const { comments } = world.posted;
  const comment = comments[event.at % Math.max(1, comments.length)];
  if (comment === undefined) return { next: world, requests: {} };
  const replyId = 1000 + world.replies;
  const acceptance: Acceptance = { commentId: comment.id, replyId, by: "alice", reason: "fine" };
  const posted = {
    ...world.posted,
    comments: comments.flatMap((one) => (one === comment ? touch(one, event.kind) : [one])),
  };
  const asked = event.kind === "accept" || event.kind === "reopen";
  return {
    next: {
      ...world,
      posted: asked ? answered(posted, comment) : posted,
      replies: world.replies + 1,
    },
    requests: {
      ...(event.kind === "accept" && { acceptances: [acceptance] }),
      ...(event.kind === "reopen" && { reopened: [comment.id] }),
    },
  };
}

/** A request is a reply by a person, too. */
function answered(posted: Posted, comment: PostedComment): Posted {
  return {
    ...posted,
    comments: posted.comments.map((one) =>
      one.id === comment.id ? { ...one, humanReply: true } : one,
    ),
  };
}

/** Runs a history and shows each plan, with what stood before and after. */
function run(
  events: readonly Event[],
  look: (input: ReviewInput, plan: ReturnType<typeof planReview>, after: Posted) => void,
): void {
  const nothing: Push = { kind: "push", findings: [], unread: false, draft: false };
  let world: World = { posted: { comments: [], checks: [] }, push: nothing, replies: 0 };
  for (const event of events) {
    const { next, requests } = step(world, event);
    const input = inputFor(next, requests);
    const plan = planReview(input);
    const posted = applyPlan(next.posted, plan);
    look(input, plan, posted);
    world = { ...next, posted };
  }
}

/** The fingerprints that each comment that is not resolved tells of. */
function standingIn({ comments }: Posted): readonly (readonly string[])[] {
  return comments
    .map(({ body }) => parseMarker(body)!)
    .filter(({ state }) => state !== "resolved")
    .map(({ told }) => told.map(({ fingerprint }) => fingerprint));
}

function toldTwice(standing: readonly (readonly string[])[]): readonly string[] {
  const all = standing.flat();
  return all.filter((one, index) => all.indexOf(one) !== index);
}

const history = fc.array(fc.oneof(push, deed), { minLength: 1, maxLength: 12 });

function check(look: Parameters<typeof run>[1]): void {
  fc.assert(
    fc.property(history, (events) => run(events, look)),
    { numRuns: 300 },
  );
}

describe("over any history of pushes, acceptances, answers and edits", () => {
  it("a plan that was applied leaves nothing to write, answered or not", () => {
    check((input, plan, posted) => {
      for (const rest of [{}, { acceptances: [], reopened: [] }]) {
        const again = planReview({ ...input, posted, ...rest });
        expect([again.comments, again.edits]).toEqual([[], []]);
        expect(again.check.conclusion).toBe(plan.check.conclusion);
      }
    });
  });

  it("a request keeps its answer when it is worked off again", () => {
    check((input, plan, posted) => {
      const again = planReview({ ...input, posted });
      const deleted = (id: number) => posted.comments.every((one) => one.id !== id);
      expect(again.withoutEffect.filter((id) => !deleted(id))).toEqual(plan.withoutEffect);
    });
  });

  it("one comment tells of a finding, and there are never too many, but for what others forge", () => {
    check((input, _, posted) => {
      const before = standingIn(input.posted);
      const after = standingIn(posted);
      expect(after.length).toBeLessThanOrEqual(Math.max(LIMIT, before.length));
      for (const one of toldTwice(after)) expect(toldTwice(before)).toContain(one);
    });
  });

  it("only an admitted acceptance of what the comment says lets an error pass", () => {
    check((input, plan) => {
      const accepted = new Set<string>();
      for (const { body, touched } of input.posted.comments) {
        const marker = parseMarker(body);
        if (marker?.state !== "accepted" || touched) continue;
        for (const { fingerprint } of marker.told) accepted.add(fingerprint);
      }
      for (const { commentId } of input.acceptances) {
        const comment = input.posted.comments.find(({ id }) => id === commentId)!;
        const marker = parseMarker(comment.body);
        if (comment.touched || marker?.state === "resolved") continue;
        for (const { fingerprint } of marker?.told ?? []) accepted.add(fingerprint);
      }
      const errors = input.scan.findings.filter(
        ({ severity, fingerprint }) => severity === "error" && !accepted.has(fingerprint),
      );
      if (errors.length > 0) expect(plan.check.conclusion).toBe("failure");
    });
  });

  it("a person's answer is never hidden, nor the thread that it stands in closed", () => {
    check((input, plan) => {
      for (const edit of plan.edits) {
        const before = input.posted.comments.find(({ id }) => id === edit.id)!;
        if (!before.humanReply) continue;
        expect(edit.visibility).not.toBe("minimize");
        expect(edit.thread?.resolve ?? false).toBe(false);
      }
    });
  });

  it("what could not be read is not called resolved", () => {
    check((input, plan) => {
      if (input.scan.unscanned.length === 0) return;
      for (const { body } of plan.edits) expect(parseMarker(body)?.state).not.toBe("resolved");
    });
  });

  it("the verdict alone and that of the plan are one", () => {
    check((input, plan) => {
      const comments = input.posted.comments;
      const { conclusion } = verdictOf({ ...input, comments, rules: RULES });
      expect(conclusion).toBe(plan.check.conclusion);
    });
  });

  it("a run cut off anywhere leaves nothing that the next ones do not put right", () => {
    const cut = fc.record({ push, steps: fc.oneof(fc.nat({ max: 8 }), fc.constant(undefined)) });
    fc.assert(
      fc.property(fc.array(cut, { minLength: 1, maxLength: 8 }), (runs) => {
        let posted: Posted = { comments: [], checks: [] };
        const last = { ...runs.at(-1)!.push, unread: false };
        for (const { push, steps } of [...runs, { push: last, steps: undefined }]) {
          const plan = planReview(inputFor({ posted, push, replies: 0 }, {}));
          posted = applyPlan(posted, plan, steps);
        }
        for (const { body, minimized, threadResolved } of posted.comments) {
          const resolved = parseMarker(body)?.state === "resolved";
          expect({ minimized, threadResolved }).toEqual({
            minimized: resolved,
            threadResolved: resolved,
          });
        }
      }),
      { numRuns: 1000 },
    );
  });
});
