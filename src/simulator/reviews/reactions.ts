import { type Forge, tellChange } from "../platform/forge.js";
import {
  type Author,
  type ReactionContent,
  type ReactionRecord,
  takeId,
} from "../platform/store.js";

export const REACTIONS: readonly ReactionContent[] = [
  "+1",
  "-1",
  "laugh",
  "confused",
  "heart",
  "hooray",
  "rocket",
  "eyes",
];

/** A comment of either kind. */
export interface Reactable {
  readonly reactions: ReactionRecord[];
}

/** Reacting twice with the same content changes nothing. */
export function react(
  forge: Forge,
  subject: Reactable,
  author: Author,
  content: ReactionContent,
): { readonly reaction: ReactionRecord; readonly created: boolean } {
  const known = subject.reactions.find(
    (one) => one.content === content && one.author.login === author.login,
  );
  if (known !== undefined) return { reaction: known, created: false };
  const reaction = { id: takeId(forge.store), author, content };
  subject.reactions.push(reaction);
  tellChange(forge);
  return { reaction, created: true };
}
