import type { ReactionContent, ReactionRecord } from "../platform/store.js";
import { type Html, html, trusted } from "./html.js";

/** Emoji come from fonts, which a server's browser often lacks: what the bot uses is drawn. */
const DRAWN: Readonly<Partial<Record<ReactionContent, string>>> = {
  eyes: '<ellipse cx="4.5" cy="8" rx="3" ry="4.5"/><ellipse cx="11.5" cy="8" rx="3" ry="4.5"/><circle cx="5.6" cy="9" r="1" fill="currentColor"/><circle cx="12.6" cy="9" r="1" fill="currentColor"/>',
  rocket:
    '<path d="M5 9c0-4 3-7 8.5-7.5C13 7 10 10.5 7 11Z"/><circle cx="9.6" cy="5.8" r="1.2"/><path d="M5.2 8 2.5 8.5 4 6.2l2-.4M8 10.8l-.5 2.7L9.8 12l.4-2M4.2 11.8 2 14"/>',
  confused:
    '<circle cx="8" cy="8" r="6.5"/><circle cx="5.8" cy="6.5" r=".6" fill="currentColor"/><circle cx="10.2" cy="6.5" r=".6" fill="currentColor"/><path d="M5.5 11.2c1.6-1.300 3.2-1.2 5-.4"/>',
};

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

function picture(content: ReactionContent): Html {
  const drawing = DRAWN[content];
  if (drawing === undefined) return html`${EMOJI[content]}`;
  return trusted(
    `<svg class="drawn" viewBox="0 0 16 16" width="15" height="15" aria-hidden="true">${drawing}</svg>`,
  );
}

export function reactionBar(reactions: readonly ReactionRecord[]): Html {
  const shown = reactions.map(
    ({ author, content }) =>
      html`<span class="reaction" role="img" aria-label="${content} by ${author.login}" title="${author.login} reacted with ${content}">${picture(content)} 1</span>`,
  );
  return shown.length === 0 ? html`` : html`<p class="reactions">${shown}</p>`;
}
