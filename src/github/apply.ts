import type { CheckRunPlan, NewComment, ReviewPlan } from "../core/model/review.js";
import { codeSpan } from "../core/render/markdown.js";
import { parseExternalId } from "../core/review/external-id.js";
import { completeCheck, createCompletedCheck, startCheck } from "./check-runs.js";
import type { InstallationClient } from "./client.js";
import { createComment, createReview, editComment, isPosted } from "./comments.js";
import { Refused, Retryable } from "./errors.js";
import type { OwnCheck, PullRequest } from "./pull-request-state.js";
import { queryPullRequest } from "./query-pull-request.js";
import type { Target } from "./target.js";

export interface ApplyOptions {
  /** Someone asked for a scan, so a check that stands is written again. */
  readonly rescan: boolean;
  /** Told when a check run was opened, and by its id when it is completed. */
  readonly onCheck?: (event: "started" | "completed", id: number) => void;
}

/**
 * Writes a plan, in an order that can be cut anywhere: the check run opens, comments and edits are
 * written, the check run completes. Whoever comes again sees what stands and writes the rest.
 *
 * @throws Retryable when an answer was lost (the effect is unknown, so look again before writing),
 *   and what the client throws.
 */
export async function applyPlan(
  client: InstallationClient,
  target: Target,
  pullRequest: PullRequest,
  plan: ReviewPlan,
  options: ApplyOptions,
): Promise<void> {
  const checks = ownChecks(pullRequest);
  const open = checks.filter((check) => check.status !== "completed");
  // The newest one is what GitHub shows.
  const standing = open.at(-1) ?? checks.at(-1);
  const silent = plan.comments.length === 0 && plan.edits.length === 0;
  const upToDate =
    standing?.status === "completed" &&
    standing.externalId === plan.check.externalId &&
    standing.conclusion === plan.check.conclusion;
  if (silent && upToDate && !options.rescan) return;
  if (silent && standing === undefined) {
    await createCompletedCheck(client, target, plan.check);
    return;
  }
  const id = standing?.id ?? (await openCheck(client, target, plan.check, options));
  const dropped = await writeComments(client, target, pullRequest, plan.comments);
  for (const edit of plan.edits) {
    const posted = pullRequest.posted.comments.find((comment) => comment.id === edit.id);
    await editComment(client, target, edit, posted);
  }
  const named = dropped.length === 0 ? plan.check : naming(dropped, plan.check);
  // GitHub appends annotations and removes none: a check that has them gets them no second time.
  const check = upToDate ? { ...named, annotations: [] } : named;
  for (const other of open) {
    if (other.id !== id) await completeCheck(client, target, other.id, check);
  }
  await completeCheck(client, target, id, check);
  options.onCheck?.("completed", id);
}

/** Checks of this pull request on its head, oldest first. Another one may have the same head. */
function ownChecks({ number, posted }: PullRequest): readonly OwnCheck[] {
  return posted.checks
    .filter((check) => parseExternalId(check.externalId)?.number === number)
    .toSorted((a, b) => a.id - b.id);
}

async function openCheck(
  client: InstallationClient,
  target: Target,
  check: CheckRunPlan,
  options: ApplyOptions,
): Promise<number> {
  const { id, movedTo } = await startCheck(client, target, check);
  options.onCheck?.("started", id);
  if (movedTo !== undefined) throw new Retryable("the head moved before comments were written", 1);
  return id;
}

/** Returns the comments that GitHub did not take. */
async function writeComments(
  client: InstallationClient,
  target: Target,
  { headSha }: PullRequest,
  comments: readonly NewComment[],
): Promise<readonly NewComment[]> {
  if (comments.length === 0) return [];
  try {
    await createReview(client, target, headSha, comments);
    return [];
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
  // 422 does not say which comment is off the diff, and normally, not always, keeps none of them.
  const { pullRequest: now } = await queryPullRequest(client, target);
  if (now.headSha !== headSha) throw new Retryable("the head moved while comments were written", 1);
  const dropped: NewComment[] = [];
  for (const comment of comments) {
    if (isPosted(comment, now.posted.comments)) continue;
    if (!(await createComment(client, target, headSha, comment))) dropped.push(comment);
  }
  return dropped;
}

/** A finding whose comment GitHub refused must not be lost: the check run says where it is. */
function naming(dropped: readonly NewComment[], check: CheckRunPlan): CheckRunPlan {
  const lines = dropped.map(
    ({ path, line, side }) =>
      `- ${codeSpan(path)}, ${side === "LEFT" ? "removed line" : "line"} ${line}`,
  );
  return {
    ...check,
    summary: `${check.summary}\n\n### Without a comment\n\nGitHub refused a comment here; what was found stands above.\n\n${lines.join("\n")}`,
  };
}
