import type { CommentEdit } from "../model/review.js";

/** One write on GitHub. */
export type EditStep =
  | { readonly kind: "minimize" | "unminimize" }
  | { readonly kind: "resolve-thread" | "unresolve-thread"; readonly threadId: string }
  | { readonly kind: "body"; readonly body: string };

/**
 * An edit in an order that may be cut off anywhere, also when the next run finds another head: what
 * is hidden or closed says already that it is resolved, so no finding that stands is out of sight;
 * and hiding comes last, so a resolved comment in sight is one whose edit was cut off.
 */
export function stepsOf({ body, visibility, thread }: CommentEdit): readonly EditStep[] {
  const steps: EditStep[] = [];
  if (visibility === "unminimize") steps.push({ kind: "unminimize" });
  if (thread?.resolve === false) steps.push({ kind: "unresolve-thread", threadId: thread.id });
  steps.push({ kind: "body", body });
  if (thread?.resolve === true) steps.push({ kind: "resolve-thread", threadId: thread.id });
  if (visibility === "minimize") steps.push({ kind: "minimize" });
  return steps;
}
