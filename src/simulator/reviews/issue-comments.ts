import { issueCommentJson, issueJson, repositoryJson, userJson } from "../json/shapes.js";
import { type Forge, tellChange } from "../platform/forge.js";
import {
  type Author,
  type IssueCommentRecord,
  type PullRequestRecord,
  takeId,
} from "../platform/store.js";

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
    editedAt: undefined,
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
  comment.editedAt = new Date();
  announceIssueComment(forge, pull, comment, "edited");
}

function announceIssueComment(
  forge: Forge,
  pull: PullRequestRecord,
  comment: IssueCommentRecord,
  action: "created" | "edited",
): void {
  pull.updatedAt = new Date();
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
