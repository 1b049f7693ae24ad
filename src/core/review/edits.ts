import type { Finding } from "../model/finding.js";
import type { CommentEdit, PostedComment } from "../model/review.js";
import type { ScanResult } from "../model/scan-result.js";
import { atLeast } from "../model/severity.js";
import { renderComment, renderResolved } from "../render/comment.js";
import { type Catalogue, shortSha } from "../render/words.js";
import { sortByGravity } from "./gravity.js";
import { formatMarker, type Marker, parseMarker, withoutMarker } from "./marker.js";
import { MARKER_LENGTH } from "./placement.js";

export interface EditInput {
  readonly scan: ScanResult;
  readonly posted: readonly PostedComment[];
  readonly headSha: string;
  /** Live comments of ours on the pull request at most. */
  readonly commentLimit: number;
  readonly bodyLimit: number;
  readonly catalogue: Catalogue;
}

export interface EditPlan {
  readonly edits: readonly CommentEdit[];
  /** Fingerprints of the findings that a live comment tells of. */
  readonly covered: ReadonlySet<string>;
  /** Live comments once the edits are made. */
  readonly live: number;
}

interface OwnComment {
  readonly posted: PostedComment;
  readonly marker: Marker;
}

/** What becomes of the comments that stand: each says of its findings what is true at this head. */
export function planEdits(input: EditInput): EditPlan {
  const own = input.posted.flatMap((posted): readonly OwnComment[] => {
    const marker = parseMarker(posted.body);
    return marker ? [{ posted, marker }] : [];
  });
  const standing = planStanding(
    own.filter(({ marker }) => marker.state === "live"),
    input,
  );
  const resolved = own.filter(({ marker }) => marker.state === "resolved");
  return planReturning(resolved, standing, input);
}

/** Live comments: those whose findings are all gone are resolved, those that lost some are rewritten. */
function planStanding(comments: readonly OwnComment[], input: EditInput): EditPlan {
  const edits: CommentEdit[] = [];
  const covered = new Set<string>();
  let live = 0;
  for (const { posted, marker } of comments) {
    const present = input.scan.findings.filter(tellsOf(marker));
    for (const { fingerprint } of present) covered.add(fingerprint);
    const lostSome = present.length < marker.fingerprints.length && !mayBeUnread(posted, input);
    if (present.length > 0 || !lostSome) live++;
    if (!lostSome) continue;
    edits.push(
      present.length === 0
        ? resolve(posted, marker, input)
        : rewrite(posted, present, undefined, input),
    );
  }
  return { edits, covered, live };
}

/** Resolved comments whose findings are back speak again, the newest for each finding. */
function planReturning(
  comments: readonly OwnComment[],
  standing: EditPlan,
  input: EditInput,
): EditPlan {
  const edits = [...standing.edits];
  const covered = new Set(standing.covered);
  let live = standing.live;
  for (const { posted, marker } of comments.toSorted((a, b) => b.posted.id - a.posted.id)) {
    const returned = input.scan.findings
      .filter(tellsOf(marker))
      .filter(({ severity, fingerprint }) => {
        return atLeast(severity, "warning") && !covered.has(fingerprint);
      });
    if (returned.length === 0 || live >= input.commentLimit) continue;
    for (const { fingerprint } of returned) covered.add(fingerprint);
    edits.push(rewrite(posted, returned, `Back in ${shortSha(input.headSha)}.`, input));
    live++;
  }
  return { edits, covered, live };
}

function tellsOf({ fingerprints }: Marker): (finding: Finding) => boolean {
  return ({ fingerprint }) => fingerprints.includes(fingerprint);
}

/** What nobody read may still be there: its comment is not called resolved. A cap may hide any file. */
function mayBeUnread({ path }: PostedComment, { scan }: EditInput): boolean {
  return scan.unscanned.some(
    (one) => path === undefined || one.path === path || one.reason === "over-a-cap",
  );
}

function resolve(
  { id, nodeId, body, humanReply, minimized }: PostedComment,
  { fingerprints }: Marker,
  { headSha, bodyLimit }: EditInput,
): CommentEdit {
  const text = renderResolved(
    withoutMarker(body),
    shortSha(headSha),
    bodyLimit - formatMarker({ fingerprints, state: "resolved" }).length - 2,
  );
  return {
    id,
    nodeId,
    body: `${text}\n\n${formatMarker({ fingerprints, state: "resolved" })}`,
    visibility: humanReply || minimized ? "keep" : "minimize",
  };
}

/** Where the comment stands by now is not known, so the rewritten one proposes without a button. */
function rewrite(
  { id, nodeId, minimized }: PostedComment,
  present: readonly Finding[],
  opening: string | undefined,
  { catalogue, bodyLimit }: EditInput,
): CommentEdit {
  const findings = sortByGravity(present);
  const fingerprints = findings.map(({ fingerprint }) => fingerprint);
  const text = renderComment({
    ...catalogue,
    findings,
    opening,
    limit: bodyLimit - MARKER_LENGTH,
  });
  return {
    id,
    nodeId,
    body: `${text}\n\n${formatMarker({ fingerprints, state: "live" })}`,
    visibility: minimized && opening !== undefined ? "unminimize" : "keep",
  };
}
