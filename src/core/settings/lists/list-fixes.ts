import { addedLines, deletedLines } from "../../diff/anchors.js";
import type { FileChange } from "../../model/change.js";
import type { Fix } from "../../model/rule.js";
import { cutItem, removeStatement } from "../../statement-fixes.js";
import type { ComponentDetail } from "./list-component.js";
import type { ListElement } from "./list-value.js";

/** Ways to put an element back: in place of its comment, of what replaced it, at its place, or by dropping its removal. */
export function fixComponent(
  base: ComponentDetail | undefined,
  head: ComponentDetail,
  change: FileChange,
): readonly Fix[] {
  const removed = head.removal ? removeStatement(head.removal, change) : [];
  if (removed.length > 0) return removed;
  const line = base?.element && ownLine(base.element, change.base);
  if (line === undefined || base?.element === undefined) return [];
  const fixes: Fix[] = [];
  if (head.comment) fixes.push(replaceLine(head.comment.startLine, line));
  if (head.replacement) fixes.push(...replaceOwnLine(head.replacement, line, change));
  return [...fixes, ...restoreElement(base.element, change)];
}

/** The line of base back at its place, when it holds the element alone and was deleted. */
export function restoreElement(element: ListElement, change: FileChange): readonly Fix[] {
  const { startLine, endLine } = element.span;
  const isGone = deletedLines(change.hunks).has(startLine);
  if (!isGone || ownLine(element, change.base) === undefined) return [];
  return [{ kind: "restore", startLine, endLine }];
}

/** Takes an element away that stands on an added line: with its line where it holds it alone. */
export function dropElement(element: ListElement, change: FileChange): readonly Fix[] {
  const { startLine, endLine } = element.span;
  if (!addedLines(change.hunks).has(startLine)) return [];
  if (ownLine(element, change.head) !== undefined) return [{ kind: "remove", startLine, endLine }];
  const line = cutItem(element.span, change.head);
  return line === undefined ? [] : [replaceLine(startLine, line)];
}

function replaceOwnLine(element: ListElement, line: string, change: FileChange): readonly Fix[] {
  const isNew = addedLines(change.hunks).has(element.span.startLine);
  if (!isNew || ownLine(element, change.head) === undefined) return [];
  return [replaceLine(element.span.startLine, line)];
}

function replaceLine(at: number, line: string): Fix {
  return { kind: "replace", startLine: at, endLine: at, lines: [line] };
}

/** The line of an element when nothing but it, a comma and perhaps a comment stand there. */
function ownLine({ span, from }: ListElement, text: string): string | undefined {
  if (from !== undefined || span.startLine !== span.endLine) return undefined;
  const line = text.split("\n")[span.startLine - 1] ?? "";
  const written = text.slice(span.start, span.end);
  const trimmed = line.trimStart();
  const alone =
    trimmed.startsWith(written) && /^\s*,?\s*(?:#.*)?$/.test(trimmed.slice(written.length));
  return alone ? line : undefined;
}
