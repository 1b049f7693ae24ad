import { announceSuites } from "../checks/check-suites.js";
import type { Files } from "../git/repository.js";
import { pullRequestJson, repositoryJson, userJson } from "../json/shapes.js";
import { unprocessable } from "../platform/errors.js";
import { type Forge, findPullRequest, tellChange } from "../platform/forge.js";
import { type Author, type PullRequestRecord, takeId } from "../platform/store.js";
import { note } from "../platform/timeline.js";
import { commitOn, headBranch } from "./branches.js";

export interface NewPullRequest {
  readonly title: string;
  readonly body?: string;
  /** What the base branch holds; it is written only when it is not what the branch holds already. */
  readonly base?: Files;
  /** What the head branch changes on top of it. */
  readonly head?: Files;
  readonly author: string;
  readonly draft?: boolean;
  readonly branch?: string;
  /** `main` unless told; it starts at `main` when it is not there. */
  readonly baseBranch?: string;
  /** The head branch stands in a fork of the author, who may not write to the repository. */
  readonly fork?: boolean;
  /** Another pull request of the branch of this one: two with one head. */
  readonly sameHeadAs?: number;
  /** What its author has ready to push. */
  readonly fix?: Files;
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
  pull.updatedAt = new Date();
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

async function commitBase(forge: Forge, baseRef: string, files: Files, number: number) {
  const { repository, store } = forge;
  const ref = `refs/heads/${baseRef}`;
  const parent =
    (await repository.resolve(ref)) ??
    (await repository.resolve(`refs/heads/${store.defaultBranch}`));
  const message = parent === undefined ? "Start" : `Prepare #${number}`;
  const sha = await commitOn(forge, { ref, parent, files, message, author: store.owner });
  await repository.setRef(ref, sha);
  return sha;
}

export async function openPullRequest(
  forge: Forge,
  wanted: NewPullRequest,
): Promise<PullRequestRecord> {
  const { repository, store } = forge;
  const number = store.pullRequests.length + 1;
  const sibling =
    wanted.sameHeadAs === undefined ? undefined : findPullRequest(forge, wanted.sameHeadAs);
  const branch = wanted.branch ?? (branchName(wanted.title) || `change-${number}`);
  const at = new Date();
  const baseRef = wanted.baseBranch ?? store.defaultBranch;
  const baseSha = await commitBase(forge, baseRef, wanted.base ?? {}, number);
  const head = {
    headRef: sibling?.headRef ?? branch,
    fork: sibling ? sibling.fork : wanted.fork ? wanted.author : undefined,
  };
  const headSha =
    sibling?.headSha ??
    (await commitOn(forge, {
      ref: headBranch(head),
      parent: baseSha,
      files: wanted.head ?? {},
      message: wanted.title,
      author: wanted.author,
    }));
  await repository.setRef(`refs/pull/${number}/head`, headSha);
  const pull: PullRequestRecord = {
    ...head,
    id: takeId(store),
    number,
    title: wanted.title,
    body: wanted.body ?? "",
    author: { login: wanted.author, type: "User" },
    baseRef,
    headSha,
    baseSha,
    draft: wanted.draft ?? false,
    state: "open",
    fix: wanted.fix,
    createdAt: at,
    updatedAt: at,
    mergedAt: undefined,
  };
  store.pullRequests.push(pull);
  if (sibling === undefined) announceSuites(forge, pull, pull.author);
  announce(forge, pull, "opened", pull.author);
  return pull;
}

/** A rewritten branch stands in the timeline, and takes the reviews along. */
function noteRewrite(forge: Forge, pull: PullRequestRecord, actor: Author, before: string): void {
  const { store } = forge;
  note(forge, pull, actor, { kind: "force-push", before, after: pull.headSha });
  for (const review of store.reviews) {
    if (review.pullRequest === pull.number) review.commitId = pull.headSha;
  }
}

export interface Push {
  readonly files?: Files;
  readonly author?: Author;
  readonly message?: string;
  /** Rewrites the branch: the commit stands on the base, not on the old head. */
  readonly force?: boolean;
  /** Sets the branch to this commit instead of making one. */
  readonly to?: string;
}

/** A push to the head branch, which every open pull request of that branch follows. */
export async function pushTo(forge: Forge, pull: PullRequestRecord, push: Push): Promise<string> {
  const { repository, store } = forge;
  const author = push.author ?? pull.author;
  const before = pull.headSha;
  const after =
    push.to ??
    (await repository.commit({
      ref: headBranch(pull),
      parent: push.force ? pull.baseSha : before,
      files: push.files ?? {},
      message: push.message ?? "Update",
      author: author.login,
      at: new Date(),
    }));
  if (push.to !== undefined) await repository.setRef(headBranch(pull), after);
  const followers = store.pullRequests.filter(
    (one) => one.state === "open" && headBranch(one) === headBranch(pull),
  );
  announceSuites(forge, { ...pull, headSha: after }, author);
  for (const one of followers) {
    await repository.setRef(`refs/pull/${one.number}/head`, after);
    one.headSha = after;
    note(forge, one, author, { kind: "push", commit: after });
    if (push.force) noteRewrite(forge, one, author, before);
    announce(forge, one, "synchronize", author, { before, after });
  }
  return after;
}

/**
 * A closed pull request follows no push. It opens again at what its branch has become, unless that
 * does not come after the head it was closed with: github.com/isaacs/github/issues/361.
 */
export async function reopen(forge: Forge, pull: PullRequestRecord): Promise<void> {
  const { repository } = forge;
  const tip = await repository.resolve(headBranch(pull));
  if (tip === undefined || !(await repository.isAncestor(pull.headSha, tip))) {
    throw unprocessable(
      `state cannot be changed. The ${pull.headRef} branch was force-pushed or recreated.`,
    );
  }
  await repository.setRef(`refs/pull/${pull.number}/head`, tip);
  pull.headSha = tip;
  pull.state = "open";
  announce(forge, pull, "reopened", pull.author);
}

/** The fix can be pushed once. */
export async function pushFix(forge: Forge, pull: PullRequestRecord): Promise<string> {
  const { fix } = pull;
  if (fix === undefined) throw unprocessable("There is nothing to push.");
  pull.fix = undefined;
  return pushTo(forge, pull, { files: fix, message: "Follow the review" });
}

export async function retarget(
  forge: Forge,
  pull: PullRequestRecord,
  baseRef: string,
  by: Author = pull.author,
): Promise<void> {
  const sha = await forge.repository.resolve(`refs/heads/${baseRef}`);
  if (sha === undefined) throw new Error(`there is no branch ${baseRef}`);
  const base = { ref: { from: pull.baseRef }, sha: { from: pull.baseSha } };
  note(forge, pull, by, { kind: "retarget", from: pull.baseRef, to: baseRef });
  pull.baseRef = baseRef;
  pull.baseSha = sha;
  announce(forge, pull, "edited", by, { changes: { base } });
}
