import type { Acceptance, Posted, Reply, RequestedChange } from "../model/review.js";
import { parseCommand } from "./parse-command.js";

/**
 * What people ask for in the threads of our comments and we have not answered yet, oldest first. It
 * is read from what stands on GitHub, so that a lost delivery or a crash loses no request.
 */
export function openRequests({ comments }: Posted): readonly RequestedChange[] {
  const requests = new Map<number, RequestedChange>();
  for (const comment of comments) {
    for (const reply of comment.replies) {
      const command = isOpen(reply) ? parseCommand(reply.body) : undefined;
      if (command === undefined || command.kind === "rescan" || requests.has(reply.id)) continue;
      const reason = command.kind === "accept" ? command.reason : "";
      requests.set(reply.id, { kind: command.kind, comment, reply, reason });
    }
  }
  return [...requests.values()].sort((a, b) => a.reply.id - b.reply.id);
}

function isOpen({ author, bot, answer }: Reply): boolean {
  return !bot && author !== "" && (answer === "none" || answer === "seen");
}

/** What admitted requests, oldest first, come to: of one comment the last one holds. */
export function settleRequests(admitted: readonly RequestedChange[]): {
  readonly acceptances: readonly Acceptance[];
  readonly reopened: readonly number[];
} {
  const last = [...new Map(admitted.map((request) => [request.comment.id, request])).values()];
  return {
    acceptances: last
      .filter(({ kind }) => kind === "accept")
      .map(({ comment, reply, reason }) => ({
        commentId: comment.id,
        replyId: reply.id,
        by: reply.author,
        reason,
      })),
    reopened: last.filter(({ kind }) => kind === "reopen").map(({ comment }) => comment.id),
  };
}
