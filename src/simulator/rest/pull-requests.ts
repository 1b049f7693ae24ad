import type { DiffFile } from "../git/diff-files.js";
import { type Call, paginate, type Route } from "../http/route.js";
import { pullRequestJson } from "../json/shapes.js";
import { notFound } from "../platform/errors.js";
import { type Forge, findPullRequest, pullRequestDiff } from "../platform/forge.js";
import type { PullRequestRecord } from "../platform/store.js";
import { associatedPullRequests } from "../pull-requests/associated.js";

/** GitHub lists no more files than this. */
const MAX_FILES = 3000;

export function calledPullRequest(call: Call): PullRequestRecord {
  const pull = findPullRequest(call.forge, Number(call.at.number));
  if (pull === undefined) throw notFound();
  return pull;
}

/** One changed file. Without a patch the key is missing, not null. */
export function fileJson(forge: Forge, head: string, file: DiffFile) {
  const { owner, name } = forge.store;
  const path = file.filename.split("/").map(encodeURIComponent).join("/");
  const api = `${forge.url}/api/v3/repos/${owner}/${name}`;
  return {
    sha: file.sha,
    filename: file.filename,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${forge.url}/${owner}/${name}/blob/${head}/${path}`,
    raw_url: `${forge.url}/${owner}/${name}/raw/${head}/${path}`,
    contents_url: `${api}/contents/${path}?ref=${head}`,
    ...(file.patch === undefined ? {} : { patch: file.patch }),
    ...(file.previousFilename === undefined ? {} : { previous_filename: file.previousFilename }),
  };
}

async function listFiles(call: Call) {
  const pull = calledPullRequest(call);
  const { files } = await pullRequestDiff(call.forge, pull);
  const listed = files.slice(0, MAX_FILES).map((file) => fileJson(call.forge, pull.headSha, file));
  return paginate(call, listed);
}

async function getPullRequest(call: Call) {
  const pull = calledPullRequest(call);
  const { files } = await pullRequestDiff(call.forge, pull);
  const commits = await call.forge.repository.commitsBetween(pull.baseSha, pull.headSha);
  return {
    status: 200,
    body: {
      ...pullRequestJson(call.forge, pull),
      changed_files: files.length,
      additions: files.reduce((sum, file) => sum + file.additions, 0),
      deletions: files.reduce((sum, file) => sum + file.deletions, 0),
      commits: commits.length,
    },
  };
}

function listPullRequests(call: Call) {
  const state = call.query.get("state") ?? "open";
  const pulls = call.forge.store.pullRequests
    .filter((pull) => state === "all" || pull.state === state)
    .map((pull) => pullRequestJson(call.forge, pull));
  return paginate(call, pulls);
}

async function listAssociated(call: Call) {
  const pulls = await associatedPullRequests(call.forge, call.at.ref ?? "");
  return paginate(
    call,
    pulls.map((pull) => pullRequestJson(call.forge, pull)),
  );
}

export const PULL_REQUEST_ROUTES: readonly Route[] = [
  {
    method: "GET",
    pattern: "/repos/{owner}/{repo}/pulls",
    need: "pull_requests:read",
    handle: listPullRequests,
  },
  {
    method: "GET",
    pattern: "/repos/{owner}/{repo}/pulls/{number}",
    need: "pull_requests:read|contents:read",
    handle: getPullRequest,
  },
  {
    method: "GET",
    pattern: "/repos/{owner}/{repo}/pulls/{number}/files",
    need: "pull_requests:read",
    handle: listFiles,
  },
  {
    method: "GET",
    pattern: "/repos/{owner}/{repo}/commits/{ref}/pulls",
    need: "pull_requests:read",
    handle: listAssociated,
  },
];
