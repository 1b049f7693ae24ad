import { openRequests, settleRequests } from "../core/commands/open-requests.js";
import type { Configuration } from "../core/model/configuration.js";
import type { Posted, PostedComment, RequestedChange } from "../core/model/review.js";
import { parseMarker } from "../core/review/marker.js";
import { react } from "../github/apply/reactions.js";
import type { InstallationClient } from "../github/client/client.js";
import type { Repository } from "../github/client/target.js";
import { isAtLeast, type Role, readRole } from "../github/pull-request/permission.js";
import type { PullRequest } from "../github/pull-request/pull-request-state.js";
import type { Requests } from "./judge-other-ranges.js";

/** What people ask for in the threads of our comments, and may. */
export interface AdmittedRequests extends Requests {
  readonly admitted: readonly RequestedChange[];
  /** Refusals that are told. */
  readonly refused: readonly RequestedChange[];
}

/** Refusals that one person is told on one pull request: each costs a write, and anyone can ask. */
const REFUSALS_TOLD = 10;

/**
 * Works off the replies that have no answer yet, oldest first; what is admitted gets eyes. Every job
 * of the pull request does, so a lost delivery or a crash loses none.
 */
export async function admitRequests(
  client: InstallationClient,
  repository: Repository,
  { posted, author }: PullRequest,
  { acceptPermission }: Configuration,
): Promise<AdmittedRequests> {
  const admitted: RequestedChange[] = [];
  const refused: RequestedChange[] = [];
  const roles = new Map<string, Role>();
  const told = refusalsTold(posted);
  const accepted = new Set(posted.comments.filter(isAccepted).map(({ id }) => id));
  for (const request of openRequests(posted)) {
    const { comment, kind, reply } = request;
    if (await mayAsk(request)) {
      admitted.push(request);
      if (kind === "accept") accepted.add(comment.id);
      else accepted.delete(comment.id);
      if (reply.answer === "none") await answer(client, repository, request, "eyes");
    } else {
      const count = (told.get(reply.author) ?? 0) + 1;
      told.set(reply.author, count);
      if (count <= REFUSALS_TOLD) refused.push(request);
    }
  }
  return { admitted, refused, ...settleRequests(admitted) };

  async function mayAsk(request: RequestedChange): Promise<boolean> {
    const byAuthor = isSame(request.reply.author, author);
    if (request.kind === "reopen") {
      // Seen, it was admitted before: a run that was cut short may have obeyed it already.
      if (!accepted.has(request.comment.id) && request.reply.answer !== "seen") return false;
      return byAuthor || (await isAllowed(request, "write"));
    }
    if (byAuthor || !isComplete(request)) return false;
    return await isAllowed(request, acceptPermission);
  }

  async function isAllowed({ reply }: RequestedChange, wanted: Role): Promise<boolean> {
    const role = roles.get(reply.author) ?? (await readRole(client, repository, reply.author));
    roles.set(reply.author, role);
    return isAtLeast(role, wanted);
  }
}

/**
 * Once the check is written, since people wait for that. Oldest first too: what is answered is never
 * worked off again, whatever comes after it.
 */
export async function answerRequests(
  client: InstallationClient,
  repository: Repository,
  { admitted, refused }: AdmittedRequests,
  withoutEffect: readonly number[],
): Promise<void> {
  for (const request of admitted) {
    const futile = withoutEffect.includes(request.comment.id);
    await answer(client, repository, request, futile ? "confused" : "rocket");
  }
  for (const request of refused) await answer(client, repository, request, "confused");
}

/** By login; of a reply in a thread with several comments of ours once. */
function refusalsTold({ comments }: Posted): Map<string, number> {
  const replies = new Map(comments.flatMap((one) => one.replies).map((reply) => [reply.id, reply]));
  const told = new Map<string, number>();
  for (const { author, answer } of replies.values()) {
    if (answer === "refused") told.set(author, (told.get(author) ?? 0) + 1);
  }
  return told;
}

function isAccepted({ body }: PostedComment): boolean {
  return parseMarker(body)?.state === "accepted";
}

/** An acceptance says why, and of what: a comment whose findings are gone tells of none. */
function isComplete({ comment, reason }: RequestedChange): boolean {
  const state = parseMarker(comment.body)?.state;
  return reason !== "" && state !== undefined && state !== "resolved";
}

/** GitHub's logins differ in more than their letters' case. */
function isSame(login: string, other: string | undefined): boolean {
  return login.toLowerCase() === other?.toLowerCase();
}

async function answer(
  client: InstallationClient,
  repository: Repository,
  { reply }: RequestedChange,
  content: "eyes" | "rocket" | "confused",
): Promise<void> {
  await react(client, repository, { kind: "review", id: reply.id }, content);
}
