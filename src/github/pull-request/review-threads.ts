import type { PostedComment, Reply } from "../../core/model/review.js";
import { array, at, integer, record, text } from "../client/untrusted.js";

/**
 * Fields of a `PullRequestReviewThread`. Ours is the comment that it starts with; of the replies the
 * newest are read, so that nobody can write so many that a command is not seen.
 */
export const REVIEW_THREAD = `
fragment ReviewThread on PullRequestReviewThread {
  id
  isResolved
  top: comments(first: 1) { nodes { ...ThreadComment } }
  comments(last: 100) { nodes { ...ThreadComment } }
}
fragment ThreadComment on PullRequestReviewComment {
  id
  fullDatabaseId
  path
  body
  isMinimized
  viewerDidAuthor
  author { __typename login }
  editor { login }
  reactionGroups { content viewerHasReacted }
}`;

/** Only `viewerDidAuthor` says that a comment is ours; a marker in its text can be anybody's. */
export function readOwnComments(thread: unknown): readonly PostedComment[] {
  const comments = commentsOf(thread);
  const others = comments.filter((comment) => record(comment)?.viewerDidAuthor === false);
  const replies = others.flatMap((comment) => readReply(comment) ?? []);
  return comments.flatMap((value) => {
    const comment = record(value);
    const id = integer(comment?.fullDatabaseId);
    const nodeId = text(comment?.id);
    if (comment?.viewerDidAuthor !== true || id === undefined || nodeId === undefined) return [];
    const path = text(comment.path);
    const editor = text(at(comment, "editor", "login"));
    return [
      {
        id,
        nodeId,
        ...(path !== undefined && { path }),
        body: text(comment.body) ?? "",
        minimized: comment.isMinimized === true,
        humanReply: others.length > 0,
        threadId: text(at(thread, "id")) ?? "",
        threadResolved: at(thread, "isResolved") === true,
        touched: editor !== undefined && editor !== text(at(comment, "author", "login")),
        replies,
      },
    ];
  });
}

function commentsOf(thread: unknown): readonly unknown[] {
  const newest = array(at(thread, "comments", "nodes"));
  const [top] = array(at(thread, "top", "nodes"));
  const isNewest = newest.some((comment) => at(comment, "id") === at(top, "id"));
  return top === undefined || isNewest ? newest : [top, ...newest];
}

/** A reply as it was written: what someone edited later may not be its author's word, and says nothing. */
function readReply(value: unknown): Reply | undefined {
  const id = integer(at(value, "fullDatabaseId"));
  const nodeId = text(at(value, "id"));
  if (id === undefined || nodeId === undefined) return undefined;
  const author = text(at(value, "author", "login"));
  const edited = record(at(value, "editor")) !== undefined;
  return {
    id,
    nodeId,
    author: author ?? "",
    bot: author === undefined || at(value, "author", "__typename") !== "User",
    body: edited ? "" : (text(at(value, "body")) ?? ""),
    answer: readAnswer(value),
  };
}

function readAnswer(value: unknown): Reply["answer"] {
  const ours = array(at(value, "reactionGroups"))
    .filter((group) => at(group, "viewerHasReacted") === true)
    .map((group) => text(at(group, "content")) ?? "");
  if (ours.includes("ROCKET")) return "obeyed";
  if (ours.includes("CONFUSED")) return "refused";
  return ours.includes("EYES") ? "seen" : "none";
}
