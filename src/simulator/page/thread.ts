import type { Forge } from "../platform/forge.js";
import type { PullRequestRecord, ReviewCommentRecord, ThreadRecord } from "../platform/store.js";
import { currentLine } from "../reviews/comment-position.js";
import { isPublished } from "../reviews/reviews.js";
import { threadOf } from "../reviews/threads.js";
import { authorName, avatar, commentBox } from "./comment-box.js";
import { type Html, html } from "./html.js";
import { CHECK_ICON } from "./icons.js";
import { renderMarkdown } from "./markdown.js";
import { speakAs } from "./people.js";
import { reactionBar } from "./reactions.js";
import { suggestionBlock } from "./suggestion-block.js";

/** A comment with its replies, and where it stands now. */
export interface Thread {
  readonly record: ThreadRecord;
  readonly top: ReviewCommentRecord;
  readonly replies: readonly ReviewCommentRecord[];
  /** Line in the present diff; undefined when outdated. */
  readonly line: number | undefined;
}

export async function threadsOf(forge: Forge, pull: PullRequestRecord): Promise<readonly Thread[]> {
  const comments = forge.store.reviewComments.filter(
    (one) => one.pullRequest === pull.number && isPublished(forge.store, one),
  );
  const tops = comments.filter((one) => one.inReplyTo === undefined);
  return Promise.all(
    tops.map(async (top) => ({
      record: threadOf(forge, top),
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

/** Edits by others are named: they may put words into somebody's mouth. */
function editedBy(comment: ReviewCommentRecord): string | undefined {
  const { editor, author } = comment;
  if (editor === undefined) return undefined;
  return editor.login === author.login ? "edited" : `edited by ${editor.login}`;
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
    edited: editedBy(comment),
    body,
    foot: reactionBar(comment.reactions),
  });
  if (comment.minimized === undefined) return box;
  return html`<details class="minimized" id="minimized-${comment.id}">
<summary>${avatar(comment.author)} ${authorName(comment.author)} This comment was marked as ${comment.minimized}.</summary>${box}</details>`;
}

/** A reply, and the button that closes the conversation. */
function threadForms(forge: Forge, pull: PullRequestRecord, thread: Thread): Html {
  const { id } = thread.top;
  const action = `/pull/${pull.number}`;
  return html`<details class="reply" id="reply-${id}"><summary>Reply…</summary>
<form class="comment-form" method="post" action="${action}/replies/${id}">
<textarea name="body" rows="2" aria-label="Reply" placeholder="/accept and why" required></textarea>
<p>${speakAs(forge, pull, `as-${id}`, "Reply")} <button class="button primary">Reply</button></p></form></details>
<form class="resolve" method="post" action="${action}/resolve/${id}"><button class="button">${thread.record.resolved ? "Unresolve" : "Resolve"} conversation</button></form>`;
}

export async function renderThread(
  forge: Forge,
  pull: PullRequestRecord,
  thread: Thread,
): Promise<Html> {
  const comments = [thread.top, ...thread.replies];
  const shown = await Promise.all(
    comments.map((comment) => commentView(forge, comment, thread.line)),
  );
  const { path } = thread.top;
  const { resolved, resolvedBy } = thread.record;
  const whole = html`<section class="thread" aria-label="Review thread on ${path}">${shown}${threadForms(forge, pull, thread)}</section>`;
  if (!resolved) return whole;
  return html`<details class="resolved" id="resolved-${thread.top.id}"><summary>${CHECK_ICON} <strong>${resolvedBy?.login.replace(/\[bot\]$/, "") ?? ""}</strong> marked this conversation as resolved. <span class="label">Show resolved</span></summary>${whole}</details>`;
}
