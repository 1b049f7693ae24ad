import { addedLines } from "../diff/anchors.js";
import type { FileChange } from "../model/change.js";
import type { Fix } from "../model/rule.js";
import type { Span } from "../model/source.js";
import { lastName } from "../session/access/session-expression.js";
import { cutItem, removeStatement } from "../statement-fixes.js";
import type { Exemption } from "./exemptions.js";

/** Takes the exemption away and leaves the view: the line of a decorator, or the call around a view. */
export function fixExemption({ whole, span }: Exemption, change: FileChange): readonly Fix[] {
  if (whole === undefined) return removeStatement(span, change);
  if (whole.span.startLine !== whole.span.endLine) return [];
  const { startLine, endLine } = whole.span;
  if (!addedLines(change.hunks).has(startLine)) return [];
  const line = change.head.split("\n")[startLine - 1] ?? "";
  const written = change.head.slice(whole.span.start, whole.span.end);
  const isDecorator = line.trim().replace(/\s*#.*$/, "") === `@${written}`;
  if (isDecorator && isOnlyExemption(written)) return [{ kind: "remove", startLine, endLine }];
  if (span === whole.span)
    return !isDecorator && /Mixin$/.test(written) ? cutOut(span, change) : [];
  if (line.trimStart().startsWith(`@${written}`)) return cutOut(span, change);
  const view = whole.kind === "call" ? whole.args[0]?.value : undefined;
  if (whole.kind !== "call" || lastName(whole.callee) !== "csrf_exempt" || view === undefined) {
    return [];
  }
  const lineStart = change.head.lastIndexOf("\n", span.start) + 1;
  const before = line.slice(0, whole.span.start - lineStart);
  const after = line.slice(whole.span.end - lineStart);
  const inner = change.head.slice(view.span.start, view.span.end);
  return [{ kind: "replace", startLine, endLine, lines: [before + inner + after] }];
}

/** One of several in a list that a decorator passes on. */
function cutOut(span: Span, change: FileChange): readonly Fix[] {
  const { startLine, endLine } = span;
  const line = cutItem(span, change.head);
  return line === undefined ? [] : [{ kind: "replace", startLine, endLine, lines: [line] }];
}

/** `csrf_exempt`, or a decorator that passes it on and nothing else. */
function isOnlyExemption(decorator: string): boolean {
  return (
    /^[\w.]*csrf_exempt$/.test(decorator) ||
    /^\w+\([\w.]*csrf_exempt(?:,\s*name\s*=\s*["']\w+["'])?\)$/.test(decorator)
  );
}
