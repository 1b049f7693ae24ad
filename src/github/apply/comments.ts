import type { CommentEdit, NewComment, PostedComment } from "../../core/model/review.js";
import { type EditStep, stepsOf } from "../../core/review/edit-steps.js";
import { parseMarker } from "../../core/review/marker.js";
import type { InstallationClient } from "../client/client.js";
import { Gone, Refused } from "../client/errors.js";
import { restName, type Target } from "../client/target.js";

const MINIMIZE = `mutation($subjectId: ID!) {
  minimizeComment(input: { subjectId: $subjectId, classifier: RESOLVED }) {
    minimizedComment { isMinimized }
  }
}`;

export const RESOLVE = `mutation($threadId: ID!) {
  resolveReviewThread(input: { threadId: $threadId }) { thread { isResolved } }
}`;

const UNRESOLVE = `mutation($threadId: ID!) {
  unresolveReviewThread(input: { threadId: $threadId }) { thread { isResolved } }
}`;

const UNMINIMIZE = `mutation($subjectId: ID!) {
  unminimizeComment(input: { subjectId: $subjectId }) {
    unminimizedComment { isMinimized }
  }
}`;

/** Posts all comments as one review, which notifies once. @throws Refused when GitHub takes none. */
export async function createReview(
  client: InstallationClient,
  target: Target,
  headSha: string,
  comments: readonly NewComment[],
): Promise<void> {
  await client.write("POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews", {
    ...restName(target),
    pull_number: target.number,
    commit_id: headSha,
    event: "COMMENT",
    comments: comments.map(placed),
  });
}

/** Posts one comment by itself. False when GitHub refuses its place, or any comment of ours. */
export async function createComment(
  client: InstallationClient,
  target: Target,
  headSha: string,
  comment: NewComment,
): Promise<boolean> {
  try {
    await client.write("POST /repos/{owner}/{repo}/pulls/{pull_number}/comments", {
      ...restName(target),
      pull_number: target.number,
      commit_id: headSha,
      ...placed(comment),
    });
    return true;
  } catch (error) {
    if (error instanceof Refused || error instanceof Gone) return false;
    throw error;
  }
}

/**
 * Rewrites a comment of ours, hides or shows it, closes or opens its thread. A comment that is gone
 * meanwhile, or that GitHub does not let us hide, is left at that.
 */
export async function editComment(
  client: InstallationClient,
  target: Target,
  edit: CommentEdit,
  posted: PostedComment | undefined,
): Promise<void> {
  for (const step of stepsOf(edit)) {
    if (step.kind === "body" && step.body === posted?.body) continue;
    await unlessGone(() => takeStep(client, target, edit, step));
  }
}

async function takeStep(
  client: InstallationClient,
  target: Target,
  { id, nodeId }: CommentEdit,
  step: EditStep,
): Promise<unknown> {
  switch (step.kind) {
    case "body":
      return await client.write("PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}", {
        ...restName(target),
        comment_id: id,
        body: step.body,
      });
    case "minimize":
      return await client.mutate(MINIMIZE, { subjectId: nodeId });
    case "unminimize":
      return await client.mutate(UNMINIMIZE, { subjectId: nodeId });
    case "resolve-thread":
      return await client.threadResolver()?.mutate(RESOLVE, { threadId: step.threadId });
    case "unresolve-thread":
      return await client.threadResolver()?.mutate(UNRESOLVE, { threadId: step.threadId });
  }
}

/** Whether a live comment of ours stands for the same findings already. */
export function isPosted(comment: NewComment, posted: readonly PostedComment[]): boolean {
  const wanted = parseMarker(comment.body)?.told ?? [];
  return posted.some(({ body }) => {
    const marker = parseMarker(body);
    if (marker === undefined) return body.trim() === comment.body.trim();
    return (
      marker.state === "live" &&
      wanted.length > 0 &&
      wanted.every(({ fingerprint }) => marker.told.some((one) => one.fingerprint === fingerprint))
    );
  });
}

/** GitHub wants `start_line` absent on one line: "start line must precede the end line". */
function placed({ path, body, line, side, startLine }: NewComment): object {
  const place = { path, body, line, side };
  return startLine === undefined || startLine === line
    ? place
    : { ...place, start_line: startLine, start_side: side };
}

async function unlessGone(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof Gone || error instanceof Refused)) throw error;
  }
}
