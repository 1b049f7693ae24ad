import { addedLines, deletedLines } from "../diff/anchors.js";
import type { FileChange } from "../model/change.js";
import type { Evidence, Fix } from "../model/rule.js";
import type { Span } from "../model/source.js";
import { removeStatement, revertStatement } from "../statement-fixes.js";

/** What the rules of settings keep in the `detail` of their evidence. */
export interface SettingPlace {
  /** The whole top-level statement that `span` is a part of. */
  readonly enclosing: Span | undefined;
  /** Text of the statement, which a fix may edit. */
  readonly text: string;
  readonly place: "module" | "class" | "runtime";
  /** True when the value comes from the environment and its default is what is weak. */
  readonly weakDefault: boolean;
}

/**
 * Ways back, best first: the author's own lookup with its default turned, the base statement byte
 * for byte, the documented line.
 */
export function fixSetting(
  base: Evidence | undefined,
  head: Evidence,
  change: FileChange,
  fixLine: string | undefined,
): readonly Fix[] {
  if (head.span === undefined || !isAdded(head.span, change)) {
    return base ? [...restore(base, change), ...restoreSource(base, head, change)] : [];
  }
  const { startLine, endLine } = head.span;
  const place = placeOf(head);
  const headLines = linesOf(change.head, head.span);
  if (place === undefined || !standsAlone(headLines, place.text)) return [];
  const indent = indentOf(headLines);
  const replace = (lines: readonly string[]): Fix => ({
    kind: "replace",
    startLine,
    endLine,
    lines,
  });
  const fixes: Fix[] = [];
  const turned = place.weakDefault ? turnDefault(headLines) : undefined;
  if (turned) fixes.push(replace(turned));
  const baseLines = base?.span && linesOf(change.base, base.span);
  if (baseLines && indentOf(baseLines) === indent && standsAlone(baseLines, placeOf(base)?.text)) {
    fixes.push(replace(baseLines));
  }
  if (place.place === "runtime") return [...fixes, ...removeStatement(head.span, change)];
  if (fixLine) fixes.push(replace([indent + fixLine]));
  return fixes;
}

/** The lines back that a new statement took the place of. */
export function revertSetting(head: Evidence, change: FileChange): readonly Fix[] {
  const statement = placeOf(head)?.enclosing;
  return statement && head.span ? revertStatement(statement, change) : [];
}

function placeOf(evidence: Evidence | undefined): SettingPlace | undefined {
  return evidence?.detail as SettingPlace | undefined;
}

/** The whole block when all of it was deleted: an inner line alone would stand in no block. */
function restore(base: Evidence, change: FileChange): readonly Fix[] {
  const spans = [placeOf(base)?.enclosing, base.span];
  return spans
    .filter((span) => span !== undefined && isDeleted(span, change))
    .map((span) => ({
      kind: "restore",
      startLine: span?.startLine ?? 0,
      endLine: span?.endLine ?? 0,
    }));
}

/** The line back by which the value comes from elsewhere: the bases that a class had, a name's own value. */
function restoreSource(base: Evidence, head: Evidence, change: FileChange): readonly Fix[] {
  if (base.via === undefined || head.via === undefined || !isAdded(head.via, change)) return [];
  const { startLine, endLine } = head.via;
  // Of several lines some may have changed for another reason.
  if (startLine !== endLine) return [];
  return [{ kind: "replace", startLine, endLine, lines: linesOf(change.base, base.via) }];
}

function isAdded(span: Span, change: FileChange): boolean {
  const added = addedLines(change.hunks);
  for (let line = span.startLine; line <= span.endLine; line++) {
    if (added.has(line)) return true;
  }
  return false;
}

function isDeleted(span: Span, change: FileChange): boolean {
  const deleted = deletedLines(change.hunks);
  for (let line = span.startLine; line <= span.endLine; line++) {
    if (!deleted.has(line)) return false;
  }
  return true;
}

function linesOf(text: string, span: Span): readonly string[] {
  return text.split("\n").slice(span.startLine - 1, span.endLine);
}

function indentOf(lines: readonly string[]): string {
  return /^[ \t]*/.exec(lines[0] ?? "")?.[0] ?? "";
}

/** Nothing but the statement or the entry, and perhaps a comment, stands on the lines. */
function standsAlone(lines: readonly string[], statement: string | undefined): boolean {
  if (statement === undefined) return false;
  const text = lines.join("\n").trimStart();
  return text.startsWith(statement) && /^,?\s*(?:#.*)?$/.test(text.slice(statement.length));
}

/** `default=False` -> `default=True`, `get("X", "False")` -> `"True"`; undefined when none is there. */
function turnDefault(lines: readonly string[]): readonly string[] | undefined {
  const [line] = lines;
  if (line === undefined || lines.length !== 1) return undefined;
  const turned = line
    .replace(/(\bdefault[ \t]*=[ \t]*|,[ \t]*)False(?=[ \t]*[,)])/, "$1True")
    .replace(
      /(\bdefault[ \t]*=[ \t]*|,[ \t]*)(["'])(False|false|0|no|off)\2(?=[ \t]*[,)])/,
      turnText,
    )
    .replace(/(Value\([ \t]*)False(?=[ \t]*[,)])/, "$1True");
  return turned === line ? undefined : [turned];
}

const OPPOSITE: Readonly<Record<string, string>> = {
  False: "True",
  false: "true",
  "0": "1",
  no: "yes",
  off: "on",
};

function turnText(_: string, before: string, quote: string, word: string): string {
  return `${before}${quote}${OPPOSITE[word] ?? word}${quote}`;
}
