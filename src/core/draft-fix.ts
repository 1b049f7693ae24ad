import { hasDeletionBetween, isCommentable, rightNeighbours } from "./diff/anchors.js";
import { commentedOut } from "./diff/commented-out.js";
import type { FileChange } from "./model/change.js";
import type { Suggestion } from "./model/finding.js";
import type { Fix } from "./model/rule.js";

/**
 * A fix laid onto RIGHT lines: these lines stay or are replaced, others come before and after.
 * Restored lines know their base line, so that several can be merged in their old order.
 */
interface Draft {
  readonly startLine: number;
  readonly endLine: number;
  readonly before: readonly RestoredLine[];
  /** What becomes of the lines themselves; undefined when they stay. */
  readonly replacement: readonly string[] | undefined;
  readonly after: readonly RestoredLine[];
}

interface RestoredLine {
  readonly base: number;
  readonly text: string;
}

/** The ways to lay a fix onto lines that GitHub lets a suggestion replace, best first. */
export function draftFix(fix: Fix, change: FileChange): readonly Draft[] {
  switch (fix.kind) {
    case "restore":
      return draftRestore(change, fix.startLine, fix.endLine);
    case "insert":
      return draftReplacement(change, fix.beforeLine, fix.beforeLine, [
        ...fix.lines,
        lineAt(change.head, fix.beforeLine),
      ]);
    case "replace":
      return draftReplacement(change, fix.startLine, fix.endLine, fix.lines);
    case "remove":
      return draftReplacement(change, fix.startLine, fix.endLine, []);
  }
}

function draftReplacement(
  change: FileChange,
  startLine: number,
  endLine: number,
  replacement: readonly string[],
): readonly Draft[] {
  return acceptDraft(change, { startLine, endLine, before: [], replacement, after: [] });
}

/**
 * GitHub applies no suggestion to a deleted line, so the restored lines ride on a neighbour: a line
 * with code before an empty one, the one above before the one below, both before the one behind what
 * took their place, which has to stand in the same block. What became a comment is put back in its
 * place.
 */
function draftRestore(change: FileChange, baseStart: number, baseEnd: number): readonly Draft[] {
  const { above, below, behind } = rightNeighbours(change.hunks, baseStart, baseEnd) ?? {};
  const lines = baseLines(change, baseStart, baseEnd);
  const comment = commentedOut(change.hunks, baseStart, baseEnd);
  const isBeside = (line: number) =>
    blanksOf(lineAt(change.head, line)) === blanksOf(lines[0]?.text);
  const riders = [
    ...(above === undefined ? [] : [rider(above, [], lines)]),
    ...(below === undefined ? [] : [rider(below, lines, [])]),
    ...(behind === undefined || !isBeside(behind) ? [] : [rider(behind, lines, [])]),
  ];
  const drafts = riders.flatMap((one) => acceptDraft(change, one));
  const isBlank = (draft: Draft) => lineAt(change.head, draft.startLine).trim() === "";
  const texts = lines.map(({ text }) => text);
  return [
    ...(comment ? draftReplacement(change, comment.startLine, comment.endLine, texts) : []),
    ...drafts.filter((draft) => !isBlank(draft)),
    ...drafts.filter(isBlank),
  ];
}

function rider(
  line: number,
  before: readonly RestoredLine[],
  after: readonly RestoredLine[],
): Draft {
  return { startLine: line, endLine: line, before, replacement: undefined, after };
}

function baseLines(change: FileChange, start: number, end: number): readonly RestoredLine[] {
  return change.base
    .split("\n")
    .slice(start - 1, end)
    .map((text, index) => ({ base: start + index, text }));
}

/**
 * Two drafts on the same lines as one: restored lines in the order they had, each once. Undefined
 * when both want to replace the lines, or when they only overlap.
 */
export function mergeDrafts(a: Draft, b: Draft): Draft | undefined {
  if (a.startLine !== b.startLine || a.endLine !== b.endLine) return undefined;
  if (a.replacement !== undefined && b.replacement !== undefined) {
    return JSON.stringify(a) === JSON.stringify(b) ? a : undefined;
  }
  return {
    startLine: a.startLine,
    endLine: a.endLine,
    before: inBaseOrder([...a.before, ...b.before]),
    replacement: a.replacement ?? b.replacement,
    after: inBaseOrder([...a.after, ...b.after]),
  };
}

function inBaseOrder(lines: readonly RestoredLine[]): readonly RestoredLine[] {
  const byLine = new Map(lines.map((line) => [line.base, line]));
  return [...byLine.values()].sort((a, b) => a.base - b.base);
}

/** Whether two drafts touch a common line. */
export function draftsOverlap(a: Draft, b: Draft): boolean {
  return a.startLine <= b.endLine && b.startLine <= a.endLine;
}

/** The suggestion of a draft; undefined when it would change nothing, which GitHub refuses. */
export function toSuggestion(draft: Draft, change: FileChange): Suggestion | undefined {
  const { startLine, endLine } = draft;
  const current = change.head.split("\n").slice(startLine - 1, endLine);
  const lines = [
    ...draft.before.map((line) => line.text),
    ...(draft.replacement ?? current),
    ...draft.after.map((line) => line.text),
  ];
  if (lines.join("\n") === current.join("\n")) return undefined;
  const place = { path: change.path, startLine, endLine, replacement: lines.join("\n") };
  return lines.length === 0 ? { ...place, deletes: true } : place;
}

/**
 * A suggestion works when its lines lie in one hunk with no deleted line between the first and the
 * last. What GitHub makes of CRLF and of a last line without a newline is not known, so neither is
 * touched.
 */
function acceptDraft(change: FileChange, draft: Draft): readonly Draft[] {
  const { startLine, endLine } = draft;
  const lines = change.head.split("\n");
  const works =
    isCommentable(change.hunks, "RIGHT", startLine, endLine) &&
    !hasDeletionBetween(change.hunks, startLine, endLine) &&
    endLine < lines.length &&
    !change.head.includes("\r") &&
    !change.base.includes("\r");
  return works ? [draft] : [];
}

function lineAt(text: string, line: number): string {
  return text.split("\n")[line - 1] ?? "";
}

/** The blanks before the code of a line; undefined where there is none. */
function blanksOf(line: string | undefined): string | undefined {
  return /^([ \t]*)\S/.exec(line ?? "")?.[1];
}

export type { Draft };
