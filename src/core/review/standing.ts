import type { Finding } from "../model/finding.js";
import type { Acceptance, PostedComment } from "../model/review.js";
import type { ScanResult } from "../model/scan-result.js";
import { digestOf } from "./digest.js";
import type { Marker, Told } from "./marker.js";
import type { OwnComment } from "./own-comment.js";

/** What people asked for, and were allowed to. */
export interface Requests {
  readonly acceptances: readonly Acceptance[];
  /** Ids of comments. */
  readonly reopened: readonly number[];
}

/** Why a comment is to be read again though its findings stood before. */
export type Turn = "reopened" | "touched" | "changed" | "changed-after-acceptance";

/** What a comment that is not resolved has to say at this head. */
export interface Standing {
  readonly posted: PostedComment;
  readonly before: Marker;
  readonly now: Marker;
  /** The scan's findings that it tells of. */
  readonly present: readonly Finding[];
  readonly turn?: Turn;
  /** Someone asked for what cannot be: nothing that it tells of stands as it was told. */
  readonly withoutEffect: boolean;
}

/** Decides over every comment that is live or accepted. Nothing unread is called resolved. */
export function decideStandings(
  comments: readonly OwnComment[],
  scan: ScanResult,
  requests: Requests,
): readonly Standing[] {
  return comments
    .filter(({ marker }) => marker.state !== "resolved")
    .map((comment) => decide(comment, scan, requests));
}

export function tellsOf({ told }: Marker): (finding: Finding) => boolean {
  return ({ fingerprint }) => told.some((one) => one.fingerprint === fingerprint);
}

export function tell(findings: readonly Finding[]): readonly Told[] {
  return findings.map((finding) => ({
    fingerprint: finding.fingerprint,
    facts: digestOf(finding),
  }));
}

function decide(comment: OwnComment, scan: ScanResult, requests: Requests): Standing {
  const { posted, marker: before } = comment;
  const acceptance = requests.acceptances.find(({ commentId }) => commentId === posted.id);
  const reopened = requests.reopened.includes(posted.id);
  const present = scan.findings.filter(tellsOf(before));
  const unread = mayBeUnread(posted, scan);
  if (present.length === 0) {
    const now: Marker = unread ? before : { state: "resolved", told: before.told };
    return { posted, before, now, present, withoutEffect: acceptance !== undefined || reopened };
  }
  const told = [...tell(present), ...(unread ? before.told.filter(isAbsentFrom(present)) : [])];
  const refused = before.state === "live" ? (before.refused ?? 0) : 0;
  const heard = acceptance !== undefined && acceptance.replyId > refused ? acceptance : undefined;
  const turn = turnOf(comment, present, reopened, heard !== undefined);
  const withoutEffect = acceptance !== undefined && (heard === undefined || turn !== undefined);
  const common = { posted, before, present, withoutEffect };
  if (turn !== undefined) {
    const upTo = Math.max(refused, heard?.replyId ?? 0);
    const now: Marker = { state: "live", told, ...(upTo > 0 && { refused: upTo }) };
    return { ...common, now, turn };
  }
  if (heard !== undefined) {
    const { by, replyId: reply, reason } = heard;
    return { ...common, now: { state: "accepted", told, by, reply, reason } };
  }
  const lostSome = told.length < before.told.length;
  return { ...common, now: lostSome ? { ...before, told } : before };
}

/** What a reviewer accepts is what the comment says: it must say what is so, in our words. */
function turnOf(
  { posted, marker }: OwnComment,
  present: readonly Finding[],
  reopened: boolean,
  accepting: boolean,
): Turn | undefined {
  const accepted = marker.state === "accepted";
  if (accepted && reopened) return "reopened";
  if (posted.touched && (accepted || accepting)) return "touched";
  if (!present.some(isToldOtherwise(marker))) return undefined;
  return accepted ? "changed-after-acceptance" : "changed";
}

function isToldOtherwise({ told }: Marker): (finding: Finding) => boolean {
  return (finding) =>
    told.some(
      ({ fingerprint, facts }) =>
        fingerprint === finding.fingerprint && facts !== undefined && facts !== digestOf(finding),
    );
}

function isAbsentFrom(present: readonly Finding[]): (told: Told) => boolean {
  return ({ fingerprint }) => present.every((finding) => finding.fingerprint !== fingerprint);
}

/**
 * A cap may hide any file, and what was left unread of the repository any finding. The file may have
 * moved since the comment was written.
 */
export function mayBeUnread({ path }: PostedComment, { unscanned, wanted }: ScanResult): boolean {
  return (
    wanted.length > 0 ||
    unscanned.some(
      (one) =>
        path === undefined ||
        [one.path, one.basePath].includes(path) ||
        one.reason === "over-a-cap",
    )
  );
}
