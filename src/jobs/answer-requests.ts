import { openRequests, settleRequests } from "../core/commands/open-requests.js";
import type { Configuration } from "../core/model/configuration.js";
import type { RequestedChange } from "../core/model/review.js";
import { parseMarker } from "../core/review/marker.js";
import type { InstallationClient } from "../github/client.js";
import { isAtLeast, type Role, readRole } from "../github/permission.js";
import type { PullRequest } from "../github/pull-request-state.js";
import { react } from "../github/reactions.js";
import type { Repository } from "../github/target.js";
import type { Requests } from "./judge-other-ranges.js";

/** What people ask for in the threads of our comments, and may. */
export interface AdmittedRequests extends Requests {
  readonly admitted: readonly RequestedChange[];
}

/**
 * Works off the replies that have no answer yet, oldest first: seen ones get eyes, refused ones a
 * confused face. Every job of the pull request does, so a lost delivery or a crash loses none.
 */
export async function admitRequests(
  client: InstallationClient,
  repository: Repository,
  { posted, author }: PullRequest,
  { acceptPermission }: Configuration,
): Promise<AdmittedRequests> {
  const admitted: RequestedChange[] = [];
  const roles = new Map<string, Role>();
  for (const request of openRequests(posted)) {
    const { reply } = request;
    const allowed = await mayAsk(request);
    if (allowed) admitted.push(request);
    if (!allowed) await answer(client, repository, request, "confused");
    else if (reply.answer === "none") await answer(client, repository, request, "eyes");
  }
  return { admitted, ...settleRequests(admitted) };

  async function mayAsk(request: RequestedChange): Promise<boolean> {
    const byAuthor = isSame(request.reply.author, author);
    if (request.kind === "reopen") return byAuthor || (await isAllowed(request, "write"));
    if (byAuthor || !isComplete(request)) return false;
    return await isAllowed(request, acceptPermission);
  }

  async function isAllowed({ reply }: RequestedChange, wanted: Role): Promise<boolean> {
    const role = roles.get(reply.author) ?? (await readRole(client, repository, reply.author));
    roles.set(reply.author, role);
    return isAtLeast(role, wanted);
  }
}

/** Oldest first too: what is answered is never worked off again, whatever comes after it. */
export async function answerRequests(
  client: InstallationClient,
  repository: Repository,
  { admitted }: AdmittedRequests,
  withoutEffect: readonly number[],
): Promise<void> {
  for (const request of admitted) {
    const futile = withoutEffect.includes(request.comment.id);
    await answer(client, repository, request, futile ? "confused" : "rocket");
  }
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
