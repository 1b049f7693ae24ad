import type { ReactionContent, ReactionRecord } from "../store.js";
import { type Html, html } from "./html.js";

const EMOJI: Readonly<Record<ReactionContent, string>> = {
  "+1": "👍",
  "-1": "👎",
  laugh: "😄",
  confused: "😕",
  heart: "❤️",
  hooray: "🎉",
  rocket: "🚀",
  eyes: "👀",
};

export function reactionBar(reactions: readonly ReactionRecord[]): Html {
  const shown = reactions.map(
    ({ author, content }) =>
      html`<span class="reaction" role="img" aria-label="${content} by ${author.login}" title="${author.login} reacted with ${content}">${EMOJI[content]} 1</span>`,
  );
  return shown.length === 0 ? html`` : html`<p class="reactions">${shown}</p>`;
}
