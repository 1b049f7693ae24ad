import type { Finding } from "../model/finding.js";
import type { CommentEdit, PostedComment } from "../model/review.js";
import type { ScanResult } from "../model/scan-result.js";
import { atLeast } from "../model/severity.js";
import { renderAccepted, renderComment, renderResolved } from "../render/comment.js";
import { type Catalogue, shortSha } from "../render/words.js";
import { sortByGravity } from "./gravity.js";
import { formatMarker, type Marker, withoutMarker } from "./marker.js";
import { type OwnComment, writeBody } from "./own-comment.js";
import { mayBeUnread, type Requests, type Standing, type Turn, tell, tellsOf } from "./standing.js";

export interface EditInput {
  readonly scan: ScanResult;
  readonly comments: readonly OwnComment[];
  readonly standings: readonly Standing[];
  readonly requests: Requests;
  readonly headSha: string;
  readonly mayResolveThreads: boolean;
  /** Live comments of ours on the pull request at most. */
  readonly commentLimit: number;
  readonly bodyLimit: number;
  readonly catalogue: Catalogue;
}

export interface EditPlan {
  readonly edits: readonly CommentEdit[];
  /** Fingerprints of the findings that a comment tells of. */
  readonly covered: ReadonlySet<string>;
  /** Live and accepted comments once the edits are made. */
  readonly live: number;
  /** Ids of comments whose requests came to nothing. */
  readonly withoutEffect: readonly number[];
}

/** What becomes of the comments that stand: each says of its findings what is true at this head. */
export function planEdits(input: EditInput): EditPlan {
  const { standings } = input;
  return planReturning(input, {
    edits: standings.flatMap((standing) => editStanding(standing, input)),
    covered: new Set(standings.flatMap(({ present }) => present.map((one) => one.fingerprint))),
    live: standings.filter(({ now }) => now.state !== "resolved").length,
    withoutEffect: standings.filter((one) => one.withoutEffect).map(({ posted }) => posted.id),
  });
}

function editStanding(standing: Standing, input: EditInput): readonly CommentEdit[] {
  const { posted, before, now, turn } = standing;
  if (turn === undefined && formatMarker(now) === formatMarker(before)) return [];
  if (now.state === "resolved") return [resolve(posted, now, input)];
  return [rewrite(standing, input)];
}

/** Resolved comments whose findings are back speak again, the newest for each finding. */
function planReturning(input: EditInput, standing: EditPlan): EditPlan {
  const edits = [...standing.edits];
  const covered = new Set(standing.covered);
  let live = standing.live;
  const resolved = input.comments.filter(({ marker }) => marker.state === "resolved");
  for (const comment of resolved.toSorted((a, b) => b.posted.id - a.posted.id)) {
    const returned = input.scan.findings
      .filter(tellsOf(comment.marker))
      .filter(({ severity, fingerprint }) => {
        return atLeast(severity, "warning") && !covered.has(fingerprint);
      });
    if (returned.length === 0 || live >= input.commentLimit) {
      edits.push(...endResolving(comment, input));
      continue;
    }
    for (const { fingerprint } of returned) covered.add(fingerprint);
    edits.push(bringBack(comment, returned, input));
    live++;
  }
  const asked = resolved
    .map(({ posted }) => posted.id)
    .filter((id) => isAskedFor(id, input.requests));
  return { edits, covered, live, withoutEffect: [...standing.withoutEffect, ...asked] };
}

/** A thread in which someone answered stays as it is, and so does one that others closed. */
function resolve(posted: PostedComment, now: Marker, input: EditInput): CommentEdit {
  const { id, nodeId, body, humanReply, minimized, threadId, threadResolved, touched } = posted;
  const closes = input.mayResolveThreads && !humanReply && threadId !== "" && !threadResolved;
  const marker: Marker = { state: "resolved", told: now.told, ...(closes && { thread: true }) };
  const told = touched ? "" : withoutMarker(body);
  return {
    id,
    nodeId,
    body: writeBody(marker, input.bodyLimit, (room) =>
      renderResolved(told, shortSha(input.headSha), room),
    ),
    visibility: humanReply || minimized ? "keep" : "minimize",
    ...(closes && { thread: { id: threadId, resolve: true } }),
  };
}

/** A resolved comment that is in sight though nobody answered is one whose edit was cut off. */
function endResolving({ posted, marker }: OwnComment, input: EditInput): readonly CommentEdit[] {
  const { id, nodeId, body, humanReply, minimized, threadId, threadResolved } = posted;
  if (humanReply || minimized || mayBeUnread(posted, input.scan)) return [];
  const ours = input.mayResolveThreads && marker.state === "resolved" && marker.thread === true;
  return [
    {
      id,
      nodeId,
      body,
      visibility: "minimize",
      ...(ours && !threadResolved && { thread: { id: threadId, resolve: true } }),
    },
  ];
}

function rewrite({ posted, now, present, turn }: Standing, input: EditInput): CommentEdit {
  const findings = sortByGravity(present);
  const { catalogue, bodyLimit } = input;
  const render = (limit: number): string =>
    now.state === "accepted"
      ? renderAccepted({ ...catalogue, findings, by: now.by, reason: now.reason, limit })
      : renderComment({ ...catalogue, findings, opening: openingOf(turn, input.headSha), limit });
  const { id, nodeId } = posted;
  return { id, nodeId, body: writeBody(now, bodyLimit, render), visibility: "keep" };
}

function bringBack(
  { posted, marker }: OwnComment,
  returned: readonly Finding[],
  input: EditInput,
): CommentEdit {
  const { id, nodeId, minimized, threadId, threadResolved } = posted;
  const findings = sortByGravity(returned);
  const refused = input.requests.acceptances.find(({ commentId }) => commentId === id)?.replyId;
  const now: Marker = {
    state: "live",
    told: tell(findings),
    ...(refused !== undefined && { refused }),
  };
  const opens =
    input.mayResolveThreads && threadResolved && marker.state === "resolved" && marker.thread;
  const opening = `**Back in ${shortSha(input.headSha)}.**`;
  return {
    id,
    nodeId,
    body: writeBody(now, input.bodyLimit, (limit) =>
      renderComment({ ...input.catalogue, findings, opening, limit }),
    ),
    visibility: minimized ? "unminimize" : "keep",
    ...(opens && { thread: { id: threadId, resolve: false } }),
  };
}

function openingOf(turn: Turn | undefined, headSha: string): string | undefined {
  switch (turn) {
    case "reopened":
      return "**Open again.** The acceptance was taken back.";
    case "touched":
      return "**Written anew**, since someone else had edited this comment. What was accepted under that text does not count.";
    case "changed":
      return `**Changed in ${shortSha(headSha)}.**`;
    case "changed-after-acceptance":
      return `**Changed in ${shortSha(headSha)}**, after it was accepted. So the acceptance no longer counts.`;
    default:
      return undefined;
  }
}

function isAskedFor(id: number, { acceptances, reopened }: Requests): boolean {
  return reopened.includes(id) || acceptances.some(({ commentId }) => commentId === id);
}
