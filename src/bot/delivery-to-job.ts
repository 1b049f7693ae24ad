import { parseCommand } from "../core/commands/parse-command.js";
import { at, integer, record, sha, text } from "../github/untrusted.js";
import type { Job } from "../jobs/job.js";

/** Events that the bot listens to, with the actions that mean work. */
export const EVENTS = [
  "pull_request.opened",
  "pull_request.reopened",
  "pull_request.synchronize",
  "pull_request.ready_for_review",
  "pull_request.edited",
  "issue_comment.created",
] as const;

/** A job from a `pull_request` delivery; undefined when there is nothing to do, or it makes no sense. */
export function jobFromPullRequest(payload: unknown, delivery: string): Job | undefined {
  // Titles and texts are edited too; only another base changes the diff.
  if (at(payload, "action") === "edited" && record(at(payload, "changes", "base")) === undefined) {
    return undefined;
  }
  const place = readPlace(payload, at(payload, "pull_request", "number"));
  if (place === undefined) return undefined;
  const headSha = sha(at(payload, "pull_request", "head", "sha"));
  const baseSha = sha(at(payload, "pull_request", "base", "sha"));
  if (headSha === undefined || baseSha === undefined) return undefined;
  return { ...place, hint: { headSha, baseSha }, commands: [], delivery };
}

/** A job from an `issue_comment` delivery: `/rescan` by a human on a pull request. */
export function jobFromComment(payload: unknown, delivery: string): Job | undefined {
  const comment = record(at(payload, "comment"));
  const issue = record(at(payload, "issue"));
  if (record(issue?.pull_request) === undefined) return undefined;
  if (isBot(comment?.user) || isBot(at(payload, "sender"))) return undefined;
  if (parseCommand(text(comment?.body) ?? "")?.kind !== "rescan") return undefined;
  const place = readPlace(payload, issue?.number);
  const commentId = positive(comment?.id);
  const author = text(at(comment, "user", "login"));
  if (place === undefined || commentId === undefined || author === undefined) return undefined;
  const authorId = positive(at(comment, "user", "id"));
  return {
    ...place,
    commands: [
      {
        commentId,
        author,
        byPullRequestAuthor:
          authorId !== undefined && authorId === positive(at(issue, "user", "id")),
      },
    ],
    delivery,
  };
}

type Place = Pick<Job, "installationId" | "owner" | "repo" | "repositoryId" | "number">;

function readPlace(payload: unknown, pullRequest: unknown): Place | undefined {
  const installationId = positive(at(payload, "installation", "id"));
  const repository = at(payload, "repository");
  const repositoryId = text(at(repository, "node_id"));
  const owner = name(at(repository, "owner", "login"));
  const repo = name(at(repository, "name"));
  const number = positive(pullRequest);
  if (installationId === undefined || repositoryId === undefined || number === undefined) {
    return undefined;
  }
  if (owner === undefined || repo === undefined) return undefined;
  return { installationId, owner, repo, repositoryId, number };
}

/** A name that is one segment of a path and stays one. */
function name(value: unknown): string | undefined {
  const segment = text(value);
  return segment !== undefined && /^(?!\.{1,2}$)[\w.-]{1,100}$/.test(segment) ? segment : undefined;
}

function positive(value: unknown): number | undefined {
  const number = integer(value);
  return number !== undefined && number > 0 ? number : undefined;
}

function isBot(user: unknown): boolean {
  return record(user)?.type === "Bot";
}
