import type { Forge } from "../platform/forge.js";
import { nodeId } from "../platform/node-id.js";
import type {
  Author,
  IssueCommentRecord,
  PullRequestRecord,
  ReactionRecord,
  ReviewRecord,
} from "../platform/store.js";

/** GitHub's JSON, as far as it is spoken here. The same shapes go into answers and into payloads. */
export type Json = Readonly<Record<string, unknown>>;

/** GitHub counts in seconds. */
export function timestamp(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}

/** Stable made-up id of a user. */
function userId(login: string): number {
  return [...login].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_000, 7);
}

export function userJson(author: Author): Json {
  return {
    login: author.login,
    id: userId(author.login),
    node_id: nodeId("U", userId(author.login)),
    type: author.type,
    site_admin: false,
  };
}

export function organizationJson(login: string): Json {
  return { ...userJson({ login, type: "User" }), type: "Organization" };
}

/** How events of installations name a repository. */
export function shortRepositoryJson({ store }: Forge): Json {
  const { owner, name, id } = store;
  return { id, node_id: nodeId("R", id), name, full_name: `${owner}/${name}`, private: false };
}

export function repositoryJson(forge: Forge): Json {
  const { owner, name, defaultBranch } = forge.store;
  return {
    ...shortRepositoryJson(forge),
    owner: organizationJson(owner),
    fork: false,
    default_branch: defaultBranch,
    html_url: `${forge.url}/`,
    url: `${forge.url}/api/v3/repos/${owner}/${name}`,
  };
}

/** A fork is not stored: it is the repository under another owner, and no App is installed there. */
function forkJson(forge: Forge, owner: string): Json {
  const { name, id } = forge.store;
  const forkId = userId(`${owner}/${id}`);
  return {
    ...repositoryJson(forge),
    id: forkId,
    node_id: nodeId("R", forkId),
    full_name: `${owner}/${name}`,
    owner: userJson({ login: owner, type: "User" }),
    fork: true,
    url: `${forge.url}/api/v3/repos/${owner}/${name}`,
  };
}

export function pullRequestJson(forge: Forge, pull: PullRequestRecord): Json {
  const { owner, name } = forge.store;
  const repo = repositoryJson(forge);
  const source = pull.fork ?? owner;
  const headRepo = pull.fork === undefined ? repo : forkJson(forge, pull.fork);
  return {
    id: pull.id,
    node_id: nodeId("PR", pull.id),
    number: pull.number,
    url: `${forge.url}/api/v3/repos/${owner}/${name}/pulls/${pull.number}`,
    html_url: `${forge.url}/pull/${pull.number}`,
    state: pull.state,
    locked: false,
    title: pull.title,
    body: pull.body,
    user: userJson(pull.author),
    draft: pull.draft,
    merged: pull.mergedAt !== undefined,
    merged_at: pull.mergedAt ? timestamp(pull.mergedAt) : null,
    mergeable: null,
    author_association: "CONTRIBUTOR",
    head: {
      label: `${source}:${pull.headRef}`,
      ref: pull.headRef,
      sha: pull.headSha,
      repo: headRepo,
    },
    base: { label: `${owner}:${pull.baseRef}`, ref: pull.baseRef, sha: pull.baseSha, repo },
    created_at: timestamp(pull.createdAt),
    updated_at: timestamp(pull.updatedAt),
  };
}

export function reviewJson(forge: Forge, review: ReviewRecord): Json {
  return {
    id: review.id,
    node_id: nodeId("PRR", review.id),
    user: userJson(review.author),
    body: review.body,
    state: review.state,
    commit_id: review.commitId,
    html_url: `${forge.url}/pull/${review.pullRequest}#pullrequestreview-${review.id}`,
    submitted_at: review.state === "PENDING" ? undefined : timestamp(review.createdAt),
  };
}

export function reactionJson(reaction: ReactionRecord): Json {
  return { id: reaction.id, user: userJson(reaction.author), content: reaction.content };
}

export function issueCommentJson(forge: Forge, comment: IssueCommentRecord): Json {
  return {
    id: comment.id,
    node_id: nodeId("IC", comment.id),
    html_url: `${forge.url}/pull/${comment.pullRequest}#issuecomment-${comment.id}`,
    body: comment.body,
    user: userJson(comment.author),
    author_association: "NONE",
    created_at: timestamp(comment.createdAt),
    updated_at: timestamp(comment.editedAt ?? comment.createdAt),
  };
}

/** A pull request as the issue that an issue_comment payload carries: no head sha. */
export function issueJson(forge: Forge, pull: PullRequestRecord): Json {
  const { number, title, body, state } = pull;
  const url = pullRequestJson(forge, pull).url;
  return {
    id: pull.id,
    number,
    title,
    body,
    state,
    user: userJson(pull.author),
    pull_request: { url },
  };
}
