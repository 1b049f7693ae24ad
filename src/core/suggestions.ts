import { applySuggestion } from "./diff/apply-suggestion.js";
import { diffTexts } from "./diff/diff-texts.js";
import type { Regression } from "./differential.js";
import { type Draft, draftFix, draftsOverlap, mergeDrafts, toSuggestion } from "./draft-fix.js";
import { languageOf } from "./language.js";
import type { FileChange } from "./model/change.js";
import type { Finding, Suggestion } from "./model/finding.js";
import { indentationError } from "./python/text/indentation.js";
import { splitLines } from "./python/text/lines.js";
import { bindsAtTop, mentions, namesIn } from "./python/text/read-names.js";
import { splitStatements } from "./python/text/split.js";
import { writesSecret } from "./session/classify/written-secrets.js";

/** What a scan says of the change set with one file replaced. */
export interface Trial {
  readonly fingerprints: ReadonlySet<string>;
  /** Pieces of the file at head that could not be read. */
  readonly unread: number;
}

/** A draft that was proved, and the findings it fixes. */
interface Group {
  readonly draft: Draft;
  readonly suggestion: Suggestion;
  readonly members: readonly Regression[];
}

/**
 * Gives each finding the first suggestion of its rule that holds: applied to the file in memory,
 * the file is as readable as before, the finding is gone, no other has come, and no secret of a
 * neighbouring line would stand in a comment. Suggestions of one
 * file never touch the same line; those that would are merged into one that fixes all their
 * findings.
 */
export function addSuggestions(
  regressions: readonly Regression[],
  current: Trial,
  tryOut: (change: FileChange) => Trial,
): readonly Finding[] {
  const groups: Group[] = [];
  for (const regression of regressions) {
    for (const draft of draftsOf(regression)) {
      const proved = proveBeside(groups, draft, regression, current, tryOut);
      if (proved === undefined) continue;
      const merged = groups.findIndex((group) => sharesLines(group, regression, draft));
      if (merged === -1) groups.push(proved);
      else groups[merged] = proved;
      break;
    }
  }
  return regressions.map((regression) => {
    const group = groups.find((one) => one.members.includes(regression));
    return group ? { ...regression.finding, suggestion: group.suggestion } : regression.finding;
  });
}

function draftsOf({ pair }: Regression): readonly Draft[] {
  const { rule, change, evidence } = pair.head;
  const base = pair.base?.change === change ? pair.base.evidence : undefined;
  const fixes = rule.suggest?.({ base, head: evidence }, change) ?? [];
  return fixes.flatMap((fix) => draftFix(fix, change));
}

/**
 * Whether the lines read a name that base knew, beside restored lines or at the top of the file, and
 * head knows no more: it was renamed, or its import is gone.
 */
function readsWhatIsGone(
  { before, after, replacement = [], startLine }: Draft,
  { base, head }: FileChange,
): boolean {
  const restored = [...before, ...after];
  const now = statementAt(head, startLine, () => true);
  const isGone = (name: string) => !mentions(name, now) && !bindsAtTop(name, head);
  const own = new Set(restored.map((line) => line.base));
  const old = restored[0] ? statementAt(base, restored[0].base, (line) => !own.has(line)) : "";
  return (
    restored
      .flatMap(({ text }) => namesIn(text))
      .some((name) => isGone(name) && (mentions(name, old) || bindsAtTop(name, base))) ||
    replacement.flatMap(namesIn).some((name) => isGone(name) && bindsAtTop(name, base))
  );
}

/** Lines of the top-level statement that holds a line. */
function statementAt(text: string, line: number, keep: (line: number) => boolean): string {
  const span = splitStatements(text).find(
    (one) => one.span.startLine <= line && line <= one.span.endLine,
  )?.span;
  if (span === undefined) return "";
  const { startLine, endLine } = span;
  return splitLines(text)
    .slice(startLine - 1, endLine)
    .filter((_, index) => keep(startLine + index))
    .join("\n");
}

function sharesLines(group: Group, regression: Regression, draft: Draft): boolean {
  const sameFile = group.members[0]?.pair.head.change === regression.pair.head.change;
  return sameFile && draftsOverlap(group.draft, draft);
}

function proveBeside(
  groups: readonly Group[],
  draft: Draft,
  regression: Regression,
  current: Trial,
  tryOut: (change: FileChange) => Trial,
): Group | undefined {
  const neighbours = groups.filter((group) => sharesLines(group, regression, draft));
  if (neighbours.length > 1) return undefined;
  const [neighbour] = neighbours;
  const merged = neighbour ? mergeDrafts(neighbour.draft, draft) : draft;
  if (merged === undefined) return undefined;
  const { change } = regression.pair.head;
  const suggestion = toSuggestion(merged, change);
  if (suggestion === undefined) return undefined;
  const isPython = languageOf(change) === "python";
  if (isPython && suggestion.replacement.split("\n").some(writesSecret)) return undefined;
  if (isPython && readsWhatIsGone(merged, change)) return undefined;
  const members = [...(neighbour?.members ?? []), regression];
  const head = applySuggestion(change.head, suggestion);
  const after = tryOut({ ...change, head, hunks: diffTexts(change.base, head) });
  const misplaced =
    isPython && indentationError(change.head) === undefined && indentationError(head) !== undefined;
  const holds =
    !misplaced &&
    after.unread <= current.unread &&
    members.every(({ finding }) => !after.fingerprints.has(finding.fingerprint)) &&
    [...after.fingerprints].every((one) => current.fingerprints.has(one));
  return holds ? { draft: merged, suggestion, members } : undefined;
}
