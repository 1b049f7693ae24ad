import { hunkOf, readPatch } from "../git/patch.js";
import { type Forge, pullRequestDiff } from "../platform/forge.js";
import type { IssueCommentRecord, PullRequestRecord, ReviewRecord } from "../platform/store.js";
import { authorName, avatar, commentBox, time } from "./comment-box.js";
import { diffRow } from "./diff-table.js";
import { type Html, html } from "./html.js";
import { renderMarkdown } from "./markdown.js";
import { mergeBox } from "./merge-box.js";
import { speakAs } from "./people.js";
import { reactionBar } from "./reactions.js";
import { renderThread, type Thread, threadsOf } from "./thread.js";
import { commitMoments, type Moment, timelineMoments } from "./timeline.js";

/** How many lines of the diff stand above a thread. */
const LINES_ABOVE = 4;

async function snippet(forge: Forge, pull: PullRequestRecord, thread: Thread): Promise<Html> {
  const { top } = thread;
  const { files } = await pullRequestDiff(forge, pull, top.commitId);
  const file = files.find((one) => one.filename === top.path);
  const hunks = readPatch(file?.patch ?? "");
  const rows = hunks[hunkOf(hunks, top.side, top.line) ?? 0]?.rows ?? [];
  const last = rows.findIndex((row) => (top.side === "LEFT" ? row.left : row.right) === top.line);
  const above = Math.max(0, last - LINES_ABOVE + 1 - (top.line - (top.startLine ?? top.line)));
  const shown = rows.slice(above, last + 1).map((row) => diffRow(top.path, row));
  const outdated = thread.line === undefined && html` <span class="label">Outdated</span>`;
  return html`<section class="file snippet" aria-label="${top.path}">
<header><span class="path">${top.path}</span>${outdated}</header>
<table class="diff"><tbody>${shown}</tbody></table>
${await renderThread(forge, pull, thread)}</section>`;
}

async function reviewMoment(
  forge: Forge,
  pull: PullRequestRecord,
  review: ReviewRecord,
  threads: readonly Thread[],
): Promise<Moment> {
  const mine = threads.filter((thread) => thread.top.reviewId === review.id);
  const snippets = await Promise.all(mine.map((thread) => snippet(forge, pull, thread)));
  const body =
    review.body === ""
      ? undefined
      : html`<div class="markdown">${renderMarkdown(review.body)}</div>`;
  return {
    at: review.createdAt,
    shown: html`<section class="review" aria-label="Review by ${review.author.login}">
<p>${avatar(review.author)} ${authorName(review.author)} <span class="muted">reviewed ${time(review.createdAt)}</span></p>
${body}${snippets}</section>`,
  };
}

async function loneThread(forge: Forge, pull: PullRequestRecord, thread: Thread): Promise<Moment> {
  return { at: thread.top.createdAt, shown: await snippet(forge, pull, thread) };
}

function commentMoment(comment: IssueCommentRecord): Moment {
  const shown = commentBox({
    anchor: `issuecomment-${comment.id}`,
    author: comment.author,
    verb: "commented",
    at: comment.createdAt,
    edited: comment.editedAt === undefined ? undefined : "edited",
    body: renderMarkdown(comment.body),
    foot: reactionBar(comment.reactions),
  });
  return { at: comment.createdAt, shown };
}

function commentForm(forge: Forge, pull: PullRequestRecord): Html {
  return html`<form class="comment-form" method="post" action="/pull/${pull.number}/comments">
<label for="body">Add a comment</label>
<textarea id="body" name="body" rows="4" placeholder="/rescan" required></textarea>
<p>${speakAs(forge, pull, "author", "Comment")}
<button class="button primary">Comment</button></p></form>`;
}

export async function conversationTab(forge: Forge, pull: PullRequestRecord): Promise<Html> {
  const { store } = forge;
  const threads = await threadsOf(forge, pull);
  const reviews = store.reviews.filter(
    (review) => review.pullRequest === pull.number && review.state !== "PENDING",
  );
  const comments = store.issueComments.filter((one) => one.pullRequest === pull.number);
  const lone = threads.filter((thread) => thread.top.reviewId === undefined);
  const moments = [
    ...(await commitMoments(forge, pull)),
    ...timelineMoments(forge, pull),
    ...(await Promise.all(reviews.map((one) => reviewMoment(forge, pull, one, threads)))),
    ...(await Promise.all(lone.map((thread) => loneThread(forge, pull, thread)))),
    ...comments.map(commentMoment),
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
  const opening = commentBox({
    anchor: "opening",
    author: pull.author,
    verb: "opened this pull request",
    at: pull.createdAt,
    body: renderMarkdown(pull.body || "_No description provided._"),
    label: "Author",
  });
  return html`<div class="timeline">${opening}${moments.map((moment) => moment.shown)}
${mergeBox(forge, pull)}${commentForm(forge, pull)}</div>`;
}
