import type { CheckRunPlan, NewComment, ReviewPlan } from "../core/model/review.js";
import { codeSpan } from "../core/render/markdown.js";
import { applyCheck, completeStanding } from "./apply/apply-check.js";
import { restartCheck } from "./apply/check-runs.js";
import { editComment } from "./apply/comments.js";
import { findStanding, type Standing } from "./apply/standing-check.js";
import { startCheck } from "./apply/start-check.js";
import { writeComments } from "./apply/write-comments.js";
import type { InstallationClient } from "./client/client.js";
import { Retryable } from "./client/errors.js";
import type { Target } from "./client/target.js";
import type { PullRequest } from "./pull-request/pull-request-state.js";

export interface ApplyOptions {
  /** Someone asked for the check, so one that stands is written again. */
  readonly again: boolean;
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
  { posted }: PullRequest,
  { check, comments, edits }: ReviewPlan,
  options: ApplyOptions,
): Promise<void> {
  if (comments.length === 0 && edits.length === 0) {
    await applyCheck(client, target, posted.checks, check, options);
    return;
  }
  const standing = findStanding(posted.checks, check);
  const id = await openCheck(client, target, check, standing);
  const dropped = await writeComments(client, target, check.headSha, comments);
  for (const edit of edits) {
    const before = posted.comments.find((comment) => comment.id === edit.id);
    await editComment(client, target, edit, before);
  }
  await completeStanding(client, target, id, standing, naming(dropped, check));
}

async function openCheck(
  client: InstallationClient,
  target: Target,
  check: CheckRunPlan,
  { run, upToDate, isOpen }: Standing,
): Promise<number> {
  if (run !== undefined && (upToDate || isOpen)) return run.id;
  if (run === undefined) return await startCheck(client, target, check);
  const heads = await restartCheck(client, target, run.id, check);
  const head = heads.get(target.number) ?? check.headSha;
  if (head !== check.headSha) throw new Retryable("the head moved before comments were written", 1);
  return run.id;
}

/** A finding whose comment GitHub refused must not be lost: the check run says where it is. */
function naming(dropped: readonly NewComment[], check: CheckRunPlan): CheckRunPlan {
  if (dropped.length === 0) return check;
  const lines = dropped.map(
    ({ path, line, side }) =>
      `- ${codeSpan(path)}, ${side === "LEFT" ? "removed line" : "line"} ${line}`,
  );
  return {
    ...check,
    summary: `${check.summary}\n\n### Without a comment\n\nGitHub took no comment there; what was found stands above.\n\n${lines.join("\n")}`,
  };
}
