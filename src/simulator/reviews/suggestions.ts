import { readPatch } from "../git/patch.js";
import { unprocessable } from "../platform/errors.js";
import { type Forge, findPullRequest, pullRequestDiff } from "../platform/forge.js";
import type { Author, PullRequestRecord, ReviewCommentRecord } from "../platform/store.js";
import { pushTo } from "../pull-requests/pull-requests.js";
import { currentLine } from "./comment-position.js";
import { isPublished } from "./reviews.js";

/** The lines a suggestion block puts in place of the commented ones; undefined without a block. */
export function readSuggestion(body: string): readonly string[] | undefined {
  const lines = body.split("\n");
  const open = lines.findIndex((line) => /^ {0,3}(`{3,}|~{3,})\s*suggestion\s*$/.test(line));
  if (open === -1) return undefined;
  const fence = lines[open]?.trim().replace(/\s*suggestion$/, "") ?? "";
  const length = lines
    .slice(open + 1)
    .findIndex((line) => line.trim().startsWith(fence) && /^[`~]+$/.test(line.trim()));
  return length === -1 ? undefined : lines.slice(open + 1, open + 1 + length);
}

/** Puts `replacement` in place of lines first..last, keeping the file's own line endings. */
export function replaceLines(
  text: string,
  first: number,
  last: number,
  replacement: readonly string[],
): string {
  const ending = /\r\n/.test(text) ? "\r\n" : "\n";
  const lines = text.split(/\r?\n/);
  return [...lines.slice(0, first - 1), ...replacement, ...lines.slice(last)].join(ending);
}

/** Why GitHub does not offer the button, in its words. */
function refuse(
  forge: Forge,
  pull: PullRequestRecord,
  comment: ReviewCommentRecord,
): string | undefined {
  const thread = forge.store.threads.find((one) => one.id === comment.threadId);
  if (pull.state === "closed") {
    return "Suggestions cannot be applied while the pull request is closed.";
  }
  if (!isPublished(forge.store, comment)) {
    return "Suggestions cannot be applied from pending reviews.";
  }
  if (comment.suggestionApplied || thread?.resolved) {
    return "This suggestion has been applied or marked resolved.";
  }
  return comment.side === "LEFT"
    ? "Applying suggestions on deleted lines is not supported."
    : undefined;
}

/** Whether a deleted line stands between the first and the last line of the range. */
async function spansDeletion(forge: Forge, pull: PullRequestRecord, path: string, range: Range) {
  const { files } = await pullRequestDiff(forge, pull);
  const file = files.find((one) => one.filename === path);
  return readPatch(file?.patch ?? "").some(({ rows }) => {
    const from = rows.findIndex((row) => row.right === range.first);
    const to = rows.findIndex((row) => row.right === range.last);
    return from !== -1 && rows.slice(from, to + 1).some((row) => row.kind === "deleted");
  });
}

interface Range {
  readonly first: number;
  readonly last: number;
}

/** One click on *Commit suggestion*: a commit on the head branch, by whoever clicked. */
export async function commitSuggestion(
  forge: Forge,
  comment: ReviewCommentRecord,
  by: Author,
): Promise<string> {
  const pull = findPullRequest(forge, comment.pullRequest);
  const replacement = readSuggestion(comment.body);
  if (pull === undefined || replacement === undefined) {
    throw unprocessable("There is no suggestion in this comment.");
  }
  const reason = refuse(forge, pull, comment);
  if (reason !== undefined) throw unprocessable(reason);
  const last = await currentLine(forge, pull, comment);
  if (last === undefined) throw unprocessable("Outdated suggestions cannot be applied.");
  const first = last - (comment.line - (comment.startLine ?? comment.line));
  if (await spansDeletion(forge, pull, comment.path, { first, last })) {
    throw unprocessable("Applying suggestions on deleted lines is not supported.");
  }
  const text = (await forge.repository.blob(`${pull.headSha}:${comment.path}`)).toString("utf8");
  const changed = replaceLines(text, first, last, replacement);
  if (changed === text) {
    throw unprocessable("This suggestion is invalid because no changes were made to the code.");
  }
  comment.suggestionApplied = true;
  return pushTo(forge, pull, {
    files: { [comment.path]: changed },
    author: by,
    message: `Update ${comment.path}\n\nCo-authored-by: ${comment.author.login}`,
  });
}
