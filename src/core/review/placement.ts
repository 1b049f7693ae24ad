import type { FileChange } from "../model/change.js";
import type { Finding, Suggestion } from "../model/finding.js";
import type { NewComment } from "../model/review.js";
import type { Placement } from "../render/check-content.js";
import { renderComment } from "../render/comment.js";
import type { Catalogue } from "../render/words.js";
import { type Anchor, anchorFinding } from "./anchor.js";
import { writeBody } from "./own-comment.js";
import { tell } from "./standing.js";

export interface PlacementInput {
  /** Findings to comment that have no comment yet, gravest first. */
  readonly findings: readonly Finding[];
  readonly changes: readonly FileChange[];
  /** How many comments may still be written. */
  readonly room: number;
  /** Why there is no more room. */
  readonly whenFull: "no-room" | "draft";
  /** Characters of a comment. */
  readonly bodyLimit: number;
  readonly catalogue: Catalogue;
}

/** Findings that share one comment, and its suggestion. */
interface Group {
  readonly anchor: Anchor;
  readonly findings: Finding[];
  suggestion: Suggestion | undefined;
}

/** So many findings on the same lines still make a comment that someone reads. */
const FINDINGS_PER_COMMENT = 10;

/** One comment for all findings on the same lines, as far as there is room, and where each finding went. */
export function placeComments(input: PlacementInput): {
  readonly comments: readonly NewComment[];
  readonly placements: ReadonlyMap<string, Placement>;
} {
  const placements = new Map<string, Placement>();
  const groups: Group[] = [];
  for (const finding of input.findings) {
    const anchor = anchorFinding(finding, input.changes);
    placements.set(finding.fingerprint, anchor ? input.whenFull : "off-diff");
    if (anchor) joinGroup(groups, anchor, finding);
  }
  const placed = groups.slice(0, Math.max(0, input.room));
  for (const { findings } of placed) {
    for (const { fingerprint } of findings) placements.set(fingerprint, "inline");
  }
  return { comments: placed.map((group) => writeComment(group, input)), placements };
}

function joinGroup(groups: Group[], anchor: Anchor, finding: Finding): void {
  const group = groups.find(
    (one) => one.findings.length < FINDINGS_PER_COMMENT && isSamePlace(one.anchor, anchor),
  );
  if (group) {
    group.findings.push(finding);
    group.suggestion ??= anchor.suggestion;
  } else {
    groups.push({ anchor, findings: [finding], suggestion: anchor.suggestion });
  }
}

function isSamePlace(a: Anchor, b: Anchor): boolean {
  return (
    a.path === b.path && a.side === b.side && a.startLine === b.startLine && a.endLine === b.endLine
  );
}

/** GitHub wants the first line of a range to precede the last, so one line has no first. */
function writeComment(
  { anchor, findings, suggestion }: Group,
  { bodyLimit, catalogue }: PlacementInput,
): NewComment {
  const { path, side, startLine, endLine } = anchor;
  const body = writeBody({ state: "live", told: tell(findings) }, bodyLimit, (limit) =>
    renderComment({ ...catalogue, findings, suggestion, limit }),
  );
  return startLine === endLine
    ? { path, side, line: endLine, body }
    : { path, side, startLine, line: endLine, body };
}
