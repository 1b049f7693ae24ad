import { type Forge, findApp } from "./forge.js";
import {
  type AppRecord,
  type Author,
  type CheckRunRecord,
  type IssueCommentRecord,
  nodeId,
  type PullRequestRecord,
  type ReactionRecord,
  type ReviewRecord,
} from "./store.js";

/** GitHub's JSON, as far as it is spoken here. The same shapes go into answers and into payloads. */
type Json = Readonly<Record<string, unknown>>;

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

export function ownerJson(forge: Forge): Json {
  const login = forge.store.owner;
  return { ...userJson({ login, type: "User" }), type: "Organization" };
}

export function repositoryJson(forge: Forge): Json {
  const { owner, name, id } = forge.store;
  return {
    id,
    node_id: nodeId("R", id),
    name,
    full_name: `${owner}/${name}`,
    private: false,
    owner: ownerJson(forge),
    fork: false,
    default_branch: "main",
    html_url: `${forge.url}/`,
    url: `${forge.url}/api/v3/repos/${owner}/${name}`,
  };
}

export function pullRequestJson(forge: Forge, pull: PullRequestRecord): Json {
  const { owner, name } = forge.store;
  const repo = repositoryJson(forge);
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
    merged: false,
    mergeable: null,
    author_association: "CONTRIBUTOR",
    head: { label: `${owner}:${pull.headRef}`, ref: pull.headRef, sha: pull.headSha, repo },
    base: { label: `${owner}:${pull.baseRef}`, ref: pull.baseRef, sha: pull.baseSha, repo },
    created_at: pull.createdAt.toISOString(),
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
    submitted_at: review.state === "PENDING" ? undefined : review.createdAt.toISOString(),
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
    created_at: comment.createdAt.toISOString(),
    updated_at: comment.createdAt.toISOString(),
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

export function appJson(app: AppRecord): Json {
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId("A", app.id),
    name: app.slug,
    permissions: app.permissions,
    events: app.events,
  };
}

export function checkRunJson(forge: Forge, run: CheckRunRecord): Json {
  const app = findApp(forge, run.appId);
  return {
    id: run.id,
    node_id: nodeId("CR", run.id),
    name: run.name,
    head_sha: run.headSha,
    external_id: run.externalId,
    status: run.status,
    conclusion: run.conclusion ?? null,
    started_at: run.startedAt.toISOString(),
    completed_at: run.completedAt?.toISOString() ?? null,
    details_url: run.detailsUrl ?? null,
    html_url: `${forge.url}/runs/${run.id}`,
    output: {
      title: run.title ?? null,
      summary: run.summary ?? null,
      text: run.text ?? null,
      annotations_count: run.annotations.length,
    },
    check_suite: { id: run.suiteId },
    app: app === undefined ? null : appJson(app),
    pull_requests: forge.store.pullRequests
      .filter((pull) => pull.headSha === run.headSha && pull.state === "open")
      .map((pull) => ({
        id: pull.id,
        number: pull.number,
        head: { ref: pull.headRef, sha: pull.headSha },
        base: { ref: pull.baseRef, sha: pull.baseSha },
      })),
  };
}
