import { type Forge, tellChange } from "./forge.js";
import type { Files } from "./repository.js";
import { pullRequestJson, repositoryJson, userJson } from "./shapes.js";
import { type Author, nodeId, type PullRequestRecord, takeId } from "./store.js";

export interface NewPullRequest {
  readonly title: string;
  readonly body?: string;
  /** What the base branch holds; it is written only when it is not what the branch holds already. */
  readonly base: Files;
  /** What the head branch changes on top of it. */
  readonly head: Files;
  readonly author: string;
  readonly draft?: boolean;
  readonly branch?: string;
  /** Base branch; each pull request gets one of its own unless told. */
  readonly baseBranch?: string;
}

function branchName(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 40);
}

/** Tells the Apps of something that happened to a pull request. */
export function announce(
  forge: Forge,
  pull: PullRequestRecord,
  action: string,
  sender: Author,
  more: Readonly<Record<string, unknown>> = {},
): void {
  forge.send({
    event: "pull_request",
    payload: {
      action,
      number: pull.number,
      pull_request: pullRequestJson(forge, pull),
      repository: repositoryJson(forge),
      sender: userJson(sender),
      ...more,
    },
  });
  tellChange(forge);
}

/** GitHub opens a suite per App and head, and says so to those who listen. */
function announceSuite(forge: Forge, pull: PullRequestRecord, sender: Author): void {
  forge.send({
    event: "check_suite",
    payload: {
      action: "requested",
      check_suite: {
        node_id: nodeId("CS", pull.headSha),
        head_sha: pull.headSha,
        head_branch: pull.headRef,
      },
      repository: repositoryJson(forge),
      sender: userJson(sender),
    },
  });
}

export async function openPullRequest(
  forge: Forge,
  wanted: NewPullRequest,
): Promise<PullRequestRecord> {
  const { repository, store } = forge;
  const number = store.pullRequests.length + 1;
  const baseRef = wanted.baseBranch ?? "main";
  const headRef = wanted.branch ?? (branchName(wanted.title) || `change-${number}`);
  const at = new Date();
  const parent = await repository.resolve(`refs/heads/${baseRef}`);
  const baseSha = await repository.commit({
    branch: baseRef,
    parent,
    files: wanted.base,
    message: parent === undefined ? "Start" : `Prepare #${number}`,
    author: store.owner,
    at,
  });
  const headSha = await repository.commit({
    branch: headRef,
    parent: baseSha,
    files: wanted.head,
    message: wanted.title,
    author: wanted.author,
    at,
  });
  await repository.setRef(`refs/pull/${number}/head`, headSha);
  const pull: PullRequestRecord = {
    id: takeId(store),
    number,
    title: wanted.title,
    body: wanted.body ?? "",
    author: { login: wanted.author, type: "User" },
    headRef,
    baseRef,
    headSha,
    baseSha,
    draft: wanted.draft ?? false,
    state: "open",
    createdAt: at,
  };
  store.pullRequests.push(pull);
  announceSuite(forge, pull, pull.author);
  announce(forge, pull, "opened", pull.author);
  return pull;
}

export interface Push {
  readonly files: Files;
  readonly author?: Author;
  readonly message?: string;
  /** Rewrites the branch: the commit stands on the base, not on the old head. */
  readonly force?: boolean;
}

export async function pushTo(forge: Forge, pull: PullRequestRecord, push: Push): Promise<string> {
  const { repository } = forge;
  const author = push.author ?? pull.author;
  const before = pull.headSha;
  const after = await repository.commit({
    branch: pull.headRef,
    parent: push.force ? pull.baseSha : before,
    files: push.files,
    message: push.message ?? "Update",
    author: author.login,
    at: new Date(),
  });
  await repository.setRef(`refs/pull/${pull.number}/head`, after);
  pull.headSha = after;
  announceSuite(forge, pull, author);
  announce(forge, pull, "synchronize", author, { before, after });
  return after;
}

export async function retarget(
  forge: Forge,
  pull: PullRequestRecord,
  baseRef: string,
): Promise<void> {
  const sha = await forge.repository.resolve(`refs/heads/${baseRef}`);
  if (sha === undefined) throw new Error(`there is no branch ${baseRef}`);
  const base = { ref: { from: pull.baseRef }, sha: { from: pull.baseSha } };
  pull.baseRef = baseRef;
  pull.baseSha = sha;
  announce(forge, pull, "edited", pull.author, { changes: { base } });
}
