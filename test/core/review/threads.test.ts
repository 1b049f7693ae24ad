import { describe, expect, it } from "vitest";
import type { Posted, PostedComment } from "../../../src/core/model/review.js";
import { planReview, type ReviewInput } from "../../../src/core/review/plan.js";
import { applyPlan, inputOf, REMOVED_FLAG } from "./examples.js";

const NOTHING: Posted = { comments: [], checks: [] };
const live = applyPlan(NOTHING, planReview(inputOf([REMOVED_FLAG])));

function change(posted: Posted, changes: Partial<PostedComment>): Posted {
  return { ...posted, comments: posted.comments.map((one) => ({ ...one, ...changes })) };
}

function editOf(posted: Posted, rest: Partial<ReviewInput> = {}, findings = [REMOVED_FLAG]) {
  const { edits } = planReview(inputOf(findings, { ...rest, posted }));
  expect(edits).toHaveLength(1);
  return edits[0]!;
}

describe("the thread of a comment whose finding is gone", () => {
  it("is closed with it, and both are opened again when the finding returns", () => {
    const edit = editOf(live, {}, []);
    expect(edit).toMatchObject({
      visibility: "minimize",
      thread: { id: "thread-1", resolve: true },
    });
    const closed = applyPlan(live, planReview(inputOf([], { posted: live })));
    expect(editOf(closed)).toMatchObject({
      visibility: "unminimize",
      thread: { id: "thread-1", resolve: false },
    });
  });

  it("is left alone where the installation does not grant what closing needs", () => {
    const rest = { mayResolveThreads: false };
    expect(editOf(live, rest, [])).not.toHaveProperty("thread");
    const gone = applyPlan(live, planReview(inputOf([], { ...rest, posted: live })));
    expect(editOf(gone)).not.toHaveProperty("thread");
  });

  it("stays open and in sight when someone answered", () => {
    const answered = change(live, { humanReply: true });
    const edit = editOf(answered, {}, []);
    expect(edit.visibility).toBe("keep");
    expect(edit).not.toHaveProperty("thread");
  });

  it("stays closed when it was others who closed it", () => {
    const closed = change(live, { threadResolved: true });
    const edit = editOf(closed, {}, []);
    expect(edit.visibility).toBe("minimize");
    expect(edit).not.toHaveProperty("thread");
    const gone = applyPlan(closed, planReview(inputOf([], { posted: closed })));
    expect(editOf(gone)).not.toHaveProperty("thread");
  });

  it("is known as closed by us wherever the run that closed it was cut off", () => {
    const plan = planReview(inputOf([], { posted: live }));
    const whole = applyPlan(live, plan);
    for (const steps of [1, 2, 3]) {
      const cut = applyPlan(live, plan, steps);
      expect(cut).not.toEqual(whole);
      expect(applyPlan(cut, planReview(inputOf([], { posted: cut })))).toEqual(whole);
    }
  });

  it("is opened again though someone answered meanwhile", () => {
    const closed = applyPlan(live, planReview(inputOf([], { posted: live })));
    const answered = change(closed, { humanReply: true });
    expect(editOf(answered)).toMatchObject({ thread: { resolve: false } });
  });
});
