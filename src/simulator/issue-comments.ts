import { type Forge, tellChange } from "./forge.js";
import { issueCommentJson, issueJson, repositoryJson, userJson } from "./shapes.js";
import {
  type Author,
  type IssueCommentRecord,
  type PullRequestRecord,
  type ReactionContent,
  type ReactionRecord,
  takeId,
} from "./store.js";

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

export function addIssueComment(
  forge: Forge,
  pull: PullRequestRecord,
  author: Author,
  body: string,
): IssueCommentRecord {
  const comment: IssueCommentRecord = {
    id: takeId(forge.store),
    pullRequest: pull.number,
    author,
    body,
    createdAt: new Date(),
    reactions: [],
  };
  forge.store.issueComments.push(comment);
  announceIssueComment(forge, pull, comment, "created");
  return comment;
}

export function editIssueComment(
  forge: Forge,
  pull: PullRequestRecord,
  comment: IssueCommentRecord,
  body: string,
): void {
  comment.body = body;
  announceIssueComment(forge, pull, comment, "edited");
}

function announceIssueComment(
  forge: Forge,
  pull: PullRequestRecord,
  comment: IssueCommentRecord,
  action: "created" | "edited",
): void {
  forge.send({
    event: "issue_comment",
    payload: {
      action,
      issue: issueJson(forge, pull),
      comment: issueCommentJson(forge, comment),
      repository: repositoryJson(forge),
      sender: userJson(comment.author),
    },
  });
  tellChange(forge);
}

/** Reacting twice with the same content changes nothing. */
export function react(
  forge: Forge,
  comment: IssueCommentRecord,
  author: Author,
  content: ReactionContent,
): { readonly reaction: ReactionRecord; readonly created: boolean } {
  const known = comment.reactions.find(
    (one) => one.content === content && one.author.login === author.login,
  );
  if (known !== undefined) return { reaction: known, created: false };
  const reaction = { id: takeId(forge.store), author, content };
  comment.reactions.push(reaction);
  tellChange(forge);
  return { reaction, created: true };
}
