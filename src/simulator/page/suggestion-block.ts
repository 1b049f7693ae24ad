import type { ReviewCommentRecord } from "../platform/store.js";
import { diffRow } from "./diff-table.js";
import { type Html, html } from "./html.js";

function suggestionButton(comment: ReviewCommentRecord, line: number | undefined): Html {
  if (comment.suggestionApplied) return html`<span class="label done">Suggestion applied</span>`;
  if (line === undefined) return html`<span class="label">Outdated</span>`;
  return html`<form method="post" action="/pull/${comment.pullRequest}/suggestions/${comment.id}">
<button class="button">Commit suggestion</button></form>`;
}

/** A suggestion as the change that it would be, with the button that commits it. */
export function suggestionBlock(
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
