import type { Author } from "../platform/store.js";
import { type Html, html } from "./html.js";

export function avatar(author: Author): Html {
  const kind = author.type === "Bot" ? "avatar avatar-bot" : "avatar";
  return html`<span class="${kind}" aria-hidden="true">${author.login.charAt(0).toUpperCase()}</span>`;
}

function ago(date: Date): string {
  const seconds = Math.max(0, Math.round((Date.now() - date.getTime()) / 1000));
  if (seconds < 60) return "just now";
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} minute${minutes === 1 ? "" : "s"} ago`;
  const hours = Math.round(minutes / 60);
  return `${hours} hour${hours === 1 ? "" : "s"} ago`;
}

export function time(date: Date): Html {
  return html`<time datetime="${date.toISOString()}">${ago(date)}</time>`;
}

export interface CommentView {
  readonly anchor: string;
  readonly author: Author;
  readonly verb: string;
  readonly at: Date;
  readonly body: Html;
  /** Set when the text is not the first one. */
  readonly edited?: string | undefined;
  readonly foot?: Html;
  readonly label?: string;
}

/** Login as GitHub shows it: an App's name with a label for what it is. */
export function authorName(author: Author): Html {
  const bot = author.type === "Bot";
  const name = author.login.replace(/\[bot\]$/, "");
  return html`<strong>${name}</strong>${bot && html` <span class="label">bot</span>`}`;
}

export function commentBox(view: CommentView): Html {
  return html`<article class="comment" id="${view.anchor}">
<header>${avatar(view.author)} ${authorName(view.author)} <span class="muted">${view.verb} ${time(view.at)}${view.edited !== undefined && html` · ${view.edited}`}</span>
${view.label !== undefined && html`<span class="label">${view.label}</span>`}</header>
<div class="markdown">${view.body}</div>
${view.foot}
</article>`;
}
