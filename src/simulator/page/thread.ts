import { currentLine } from "../comment-position.js";
import type { Forge } from "../forge.js";
import type { PullRequestRecord, ReviewCommentRecord } from "../store.js";
import { authorName, avatar, commentBox } from "./comment-box.js";
import { diffRow } from "./diff-table.js";
import { type Html, html } from "./html.js";
import { renderMarkdown } from "./markdown.js";

/** A comment with its replies, and where it stands now. */
export interface Thread {
  readonly top: ReviewCommentRecord;
  readonly replies: readonly ReviewCommentRecord[];
  /** Line in the present diff; undefined when outdated. */
  readonly line: number | undefined;
}

export async function threadsOf(forge: Forge, pull: PullRequestRecord): Promise<readonly Thread[]> {
  const comments = forge.store.reviewComments.filter((one) => one.pullRequest === pull.number);
  const tops = comments.filter((one) => one.inReplyTo === undefined);
  return Promise.all(
    tops.map(async (top) => ({
      top,
      replies: comments.filter((one) => one.inReplyTo === top.id),
      line: await currentLine(forge, pull, top),
    })),
  );
}

async function commentedLines(forge: Forge, comment: ReviewCommentRecord) {
  const commit = comment.side === "LEFT" ? comment.mergeBase : comment.commitId;
  const text = (await forge.repository.blob(`${commit}:${comment.path}`)).toString("utf8");
  const first = comment.startLine ?? comment.line;
  return text.split("\n").slice(first - 1, comment.line);
}

function suggestionButton(comment: ReviewCommentRecord, line: number | undefined): Html {
  if (comment.suggestionApplied) return html`<span class="label done">Suggestion applied</span>`;
  if (line === undefined) return html`<span class="label">Outdated</span>`;
  return html`<form method="post" action="/pull/${comment.pullRequest}/suggestions/${comment.id}">
<button class="button">Commit suggestion</button></form>`;
}

function suggestionBlock(
  comment: ReviewCommentRecord,
  line: number | undefined,
  old: readonly string[],
  replacement: readonly string[],
): Html {
  const first = comment.startLine ?? comment.line;
  const deleted = old.map((text, index) =>
    diffRow(comment.path, { kind: "deleted", text, left: first + index, right: undefined }),
  );
  const added = replacement.map((text, index) =>
    diffRow(comment.path, { kind: "added", text, left: undefined, right: first + index }),
  );
  return html`<div class="suggestion"><header>Suggested change ${suggestionButton(comment, line)}</header>
<table class="diff"><tbody>${deleted}${added}</tbody></table></div>`;
}

async function commentView(
  forge: Forge,
  comment: ReviewCommentRecord,
  line: number | undefined,
): Promise<Html> {
  const old = await commentedLines(forge, comment);
  const body = renderMarkdown(comment.body, (lines) => suggestionBlock(comment, line, old, lines));
  const box = commentBox({
    anchor: `discussion_r${comment.id}`,
    author: comment.author,
    verb: "commented",
    at: comment.createdAt,
    body,
  });
  if (comment.minimized === undefined) return box;
  return html`<details class="minimized" id="minimized-${comment.id}">
<summary>${avatar(comment.author)} ${authorName(comment.author)} This comment was marked as ${comment.minimized}.</summary>${box}</details>`;
}

export async function renderThread(forge: Forge, thread: Thread): Promise<Html> {
  const comments = [thread.top, ...thread.replies];
  const shown = await Promise.all(
    comments.map((comment) => commentView(forge, comment, thread.line)),
  );
  return html`<section class="thread" aria-label="Review thread on ${thread.top.path}">${shown}</section>`;
}
