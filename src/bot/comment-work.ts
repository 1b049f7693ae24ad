import { parseCommand } from "../core/commands/parse-command.js";
import { at, record, text } from "../github/client/untrusted.js";
import { isBot, positive, readPlace } from "./payload.js";
import type { Work } from "./work.js";

/** Work from an `issue_comment` delivery: a command by a human on a pull request. */
export function workFromComment(payload: unknown, delivery: string): Work | undefined {
  const comment = record(at(payload, "comment"));
  const issue = record(at(payload, "issue"));
  if (record(issue?.pull_request) === undefined) return undefined;
  if (isBot(comment?.user) || isBot(at(payload, "sender"))) return undefined;
  const command = parseCommand(text(comment?.body) ?? "");
  const place = readPlace(payload);
  const number = positive(issue?.number);
  const commentId = positive(comment?.id);
  const author = text(at(comment, "user", "login"));
  if (command === undefined || place === undefined || number === undefined) return undefined;
  if (commentId === undefined || author === undefined) return undefined;
  const authorId = positive(at(comment, "user", "id"));
  const byPullRequestAuthor =
    authorId !== undefined && authorId === positive(at(issue, "user", "id"));
  const misplaced = command.kind === "rescan" ? {} : { misplaced: true as const };
  return {
    job: {
      kind: "pull-request",
      ...place,
      number,
      commands: [{ commentId, author, byPullRequestAuthor, ...misplaced }],
      commandsOnly: true,
      delivery,
    },
    askedBy: author,
  };
}

/**
 * Work from a `pull_request_review_comment` delivery: a human's reply that begins with a command.
 * The job reads it where it stands, with all others that have no answer yet.
 */
export function workFromReply(payload: unknown, delivery: string): Work | undefined {
  const comment = record(at(payload, "comment"));
  if (positive(comment?.in_reply_to_id) === undefined) return undefined;
  if (isBot(comment?.user) || isBot(at(payload, "sender"))) return undefined;
  const command = parseCommand(text(comment?.body) ?? "");
  const place = readPlace(payload);
  const number = positive(at(payload, "pull_request", "number"));
  const author = text(at(comment, "user", "login"));
  if (command === undefined || command.kind === "rescan") return undefined;
  if (place === undefined || number === undefined || author === undefined) return undefined;
  return {
    job: { kind: "pull-request", ...place, number, commands: [], delivery },
    askedBy: author,
  };
}
