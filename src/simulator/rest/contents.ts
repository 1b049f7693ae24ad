import type { Call, Route } from "../http/route.js";
import { ApiError, notFound } from "../platform/errors.js";
import { diffBetween } from "../platform/forge.js";
import { fileJson } from "./pull-requests.js";

/** Above this size contents are only given raw. */
const MAX_CONTENTS = 1024 * 1024;
/** A comparison shows no more files than this, and does not say so. */
const MAX_COMPARED = 300;

/** GitHub wraps base64 after 60 characters. */
function encodeContent(blob: Buffer): string {
  return blob.toString("base64").replace(/(.{60})/g, "$1\n");
}

function rawAnswer(blob: Buffer) {
  return {
    status: 200,
    body: blob,
    headers: { "content-type": "application/vnd.github.raw+json; charset=utf-8" },
  };
}

async function commitOf(call: Call, revision: string): Promise<string> {
  const { repository } = call.forge;
  const named =
    (await repository.resolve(`refs/heads/${revision}^{commit}`)) ??
    (await repository.resolve(`${revision}^{commit}`));
  if (named === undefined) throw new ApiError(404, `No commit found for the ref ${revision}`);
  return named;
}

async function getContents(call: Call) {
  const { repository } = call.forge;
  const path = call.at.path ?? "";
  const commit = await commitOf(call, call.query.get("ref") ?? call.forge.store.defaultBranch);
  const sha = await repository.resolve(`${commit}:${path}`);
  if (sha === undefined) throw notFound();
  const blob = await repository.blob(sha).catch(() => undefined);
  if (blob === undefined) throw new ApiError(404, "Not a file");
  if (call.accept.includes("raw")) return rawAnswer(blob);
  const inline = blob.length <= MAX_CONTENTS;
  return {
    status: 200,
    body: {
      type: "file",
      name: path.split("/").at(-1),
      path,
      sha,
      size: blob.length,
      encoding: inline ? "base64" : "none",
      content: inline ? encodeContent(blob) : "",
    },
  };
}

async function getBlob(call: Call) {
  const sha = call.at.sha ?? "";
  if (!/^[0-9a-f]{40}$/.test(sha)) throw notFound();
  const blob = await call.forge.repository.blob(sha).catch(() => undefined);
  if (blob === undefined) throw notFound();
  if (call.accept.includes("raw")) return rawAnswer(blob);
  const content = encodeContent(blob);
  return { status: 200, body: { sha, size: blob.length, encoding: "base64", content } };
}

function comparison(ahead: number, behind: number): string {
  if (ahead > 0) return behind > 0 ? "diverged" : "ahead";
  return behind > 0 ? "behind" : "identical";
}

async function compare(call: Call) {
  const { forge } = call;
  const [base = "", head = ""] = (call.at.basehead ?? "").split("...");
  const [baseSha, headSha] = [await commitOf(call, base), await commitOf(call, head)];
  const mergeBase = await forge.repository.mergeBase(baseSha, headSha);
  if (mergeBase === undefined) throw notFound();
  const [ahead, behind] = await Promise.all([
    forge.repository.commitsBetween(mergeBase, headSha),
    forge.repository.commitsBetween(mergeBase, baseSha),
  ]);
  const files = await diffBetween(forge, mergeBase, headSha);
  // Pages are pages of commits; files stand on the first one only.
  const page = Number(call.query.get("page")) || 1;
  const size = Math.min(100, Number(call.query.get("per_page")) || 250);
  return {
    status: 200,
    body: {
      base_commit: { sha: baseSha },
      merge_base_commit: { sha: mergeBase },
      ahead_by: ahead.length,
      behind_by: behind.length,
      total_commits: ahead.length,
      status: comparison(ahead.length, behind.length),
      commits: [...ahead]
        .reverse()
        .slice((page - 1) * size, page * size)
        .map((sha) => ({ sha })),
      files:
        page === 1
          ? files.slice(0, MAX_COMPARED).map((file) => fileJson(forge, headSha, file))
          : [],
    },
  };
}

export const CONTENT_ROUTES: readonly Route[] = [
  {
    method: "GET",
    pattern: "/repos/{owner}/{repo}/contents/{path+}",
    need: "contents:read",
    handle: getContents,
  },
  {
    method: "GET",
    pattern: "/repos/{owner}/{repo}/git/blobs/{sha}",
    need: "contents:read",
    handle: getBlob,
  },
  {
    method: "GET",
    pattern: "/repos/{owner}/{repo}/compare/{basehead}",
    need: "contents:read",
    handle: compare,
  },
];
