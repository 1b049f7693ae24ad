import { addedLines, deletedLines, hunkHolding } from "./diff/anchors.js";
import { commentedOut } from "./diff/commented-out.js";
import { type LocatedEvidence, mayBeReported } from "./evidence.js";
import { fingerprint } from "./fingerprint.js";
import type { FileChange } from "./model/change.js";
import type { Finding } from "./model/finding.js";
import { compareSeverity } from "./model/severity.js";
import type { Region, Span } from "./model/source.js";
import { type LocatedPair, pairEvidence } from "./pairing.js";
import type { PlacedSuppression } from "./suppression/read-suppressions.js";
import { suppressionAt } from "./suppression/suppression-at.js";

/** A finding with the pair of facts it comes from, which a fix asks for. */
export interface Regression {
  readonly finding: Finding;
  readonly pair: LocatedPair;
}

/**
 * What head has and base has not: pairs the facts of both sides, asks the rule of each pair that
 * became weaker, and keeps what a hunk caused. In the order of path, line and rule.
 */
export function compare(
  base: readonly LocatedEvidence[],
  head: readonly LocatedEvidence[],
  suppressionsOf: (change: FileChange) => readonly PlacedSuppression[],
): readonly Regression[] {
  const pairs = pairEvidence(base, head);
  const regressions = pairs.flatMap((pair) => {
    if (!becameWeaker(pair) || movedElsewhere(pair, pairs)) return [];
    if (stoodElsewhere(pair, base, pairs)) return [];
    const judgement = pair.head.rule.judge({
      base: pair.base?.evidence,
      head: pair.head.evidence,
    });
    const region = judgement && locateCause(pair);
    if (judgement === undefined || region === undefined) return [];
    const { change, rule, evidence, occurrence } = pair.head;
    const suppression = suppressionAt(suppressionsOf(change), rule.meta.id, region, change);
    const finding: Finding = {
      rule: rule.meta.id,
      severity: judgement.severity,
      confidence: judgement.confidence,
      region,
      symbol: evidence.symbol,
      message: judgement.message,
      fingerprint: fingerprint(
        rule.meta.id,
        // A later push may move the file, which has one path at base for all of the pull request.
        change.basePath,
        evidence.symbol,
        evidence.identity,
        occurrence,
      ),
      ...(change.basePath !== change.path && { basePath: change.basePath }),
      ...(suppression && { suppression }),
    };
    return [{ finding, pair }];
  });
  return onceEach(regressions).sort((a, b) => order(a.finding, b.finding));
}

/** Several classes take what they have from one line: what it loses is said once, as grave as for the worst. */
function onceEach(regressions: readonly Regression[]): Regression[] {
  const said = new Map<string, Regression>();
  for (const one of regressions) {
    const { rule, region, severity } = one.finding;
    const key = JSON.stringify([rule, region, one.pair.head.evidence.identity]);
    const known = said.get(key);
    if (known === undefined || compareSeverity(severity, known.finding.severity) > 0) {
      said.set(key, one);
    }
  }
  return [...said.values()];
}

function becameWeaker({ base, head }: LocatedPair): boolean {
  if (!mayBeReported(head)) return false;
  return base === undefined || head.evidence.strength < base.evidence.strength;
}

/**
 * Where nothing stands any more (a setting that was deleted), the same fact may have come up in
 * another file of the change set, at least as strong as it was: it was moved, not lost.
 */
function movedElsewhere(pair: LocatedPair, pairs: readonly LocatedPair[]): boolean {
  const { base, head } = pair;
  if (base === undefined || head.evidence.span !== undefined) return false;
  return pairs.some(
    (other) =>
      other.head.rule === head.rule &&
      other.head.change !== head.change &&
      other.head.evidence.identity === head.evidence.identity &&
      other.head.evidence.span !== undefined &&
      other.head.evidence.strength >= base.evidence.strength &&
      (other.base === undefined || other.base.evidence.strength < other.head.evidence.strength),
  );
}

/**
 * The same statement may have stood in another file of the change set, no stronger, and be gone from
 * there: what was owed before was moved, not added.
 */
function stoodElsewhere(
  { head }: LocatedPair,
  base: readonly LocatedEvidence[],
  pairs: readonly LocatedPair[],
): boolean {
  return (
    head.text !== undefined &&
    base.some(
      (old) =>
        old.rule === head.rule &&
        old.change !== head.change &&
        old.text === head.text &&
        old.evidence.identity === head.evidence.identity &&
        old.evidence.strength <= head.evidence.strength &&
        !pairs.some((pair) => pair.base === old && pair.head.text === old.text),
    )
  );
}

/**
 * The lines that made it worse: the protecting lines that were deleted, else the added lines of the
 * fact, else the deleted line it stood on (an older assignment shows through), or its comment, else the
 * added line by which it comes from elsewhere. A fact that is new but on unchanged lines was not caused by this change set; one that lost its protection is shown
 * where it stands.
 */
function locateCause({ base, head }: LocatedPair): Region | undefined {
  const { change } = head;
  const weakened = base !== undefined && base.change === change ? base : undefined;
  const lost = weakened?.evidence.guards.find((guard) => isDeleted(change, guard));
  if (lost !== undefined) return region(change, "LEFT", lost);
  const { span, via } = head.evidence;
  const added = addedLines(change.hunks);
  if (span && linesOf(span).some((line) => added.has(line))) return narrow(change, span, added);
  const old = weakened?.evidence.span;
  if (old && isDeleted(change, old))
    return span ? region(change, "LEFT", old) : vanished(change, old);
  if (via && base && linesOf(via).some((line) => added.has(line)))
    return narrow(change, via, added);
  return span && base && region(change, "RIGHT", span);
}

function isDeleted(change: FileChange, span: Span): boolean {
  const deleted = deletedLines(change.hunks);
  return linesOf(span).some((line) => deleted.has(line));
}

/** Where nothing stands any more: the deleted lines, or the comment that was made of them. */
function vanished(change: FileChange, old: Span): Region {
  const comment = commentedOut(change.hunks, old.startLine, old.endLine);
  return comment ? { path: change.path, side: "RIGHT", ...comment } : region(change, "LEFT", old);
}

/** The whole span when one hunk holds it, else its added lines: GitHub takes comments on hunks only. */
function narrow(change: FileChange, span: Span, added: ReadonlySet<number>): Region {
  if (hunkHolding(change.hunks, "RIGHT", span.startLine, span.endLine)) {
    return region(change, "RIGHT", span);
  }
  const lines = linesOf(span).filter((line) => added.has(line));
  const first = lines[0] ?? span.startLine;
  const hunk = hunkHolding(change.hunks, "RIGHT", first, first);
  const last = lines.findLast((line) => hunk?.lines.some(({ head }) => head === line)) ?? first;
  return region(change, "RIGHT", { ...span, startLine: first, endLine: last });
}

function region(change: FileChange, side: "LEFT" | "RIGHT", span: Span): Region {
  const path = side === "LEFT" ? change.basePath : change.path;
  return { path, side, startLine: span.startLine, endLine: span.endLine };
}

function linesOf(span: Span): number[] {
  return Array.from(
    { length: span.endLine - span.startLine + 1 },
    (_, index) => span.startLine + index,
  );
}

function order(a: Finding, b: Finding): number {
  return (
    compareText(a.region.path, b.region.path) ||
    a.region.startLine - b.region.startLine ||
    compareText(a.region.side, b.region.side) ||
    compareText(a.rule, b.rule) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}

/** By code units: the same order on every machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
