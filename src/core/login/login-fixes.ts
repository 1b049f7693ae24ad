import { deletedLines } from "../diff/anchors.js";
import type { FileChange } from "../model/change.js";
import type { Evidence, Fix } from "../model/rule.js";
import type { Span } from "../model/source.js";
import type { Expression, Statement } from "../python/syntax/syntax.js";
import type { Scope } from "../session/bindings/scopes.js";
import type { LoginDetail } from "./login-evidence.js";

/** A call on the session as the code around it would write it; undefined when that takes a closer look. */
export function sessionCall(session: Expression, scope: Scope, method: string): string | undefined {
  const { text } = scope.module;
  const { kind, span } = session;
  // The session of a request that is only handed on stands nowhere: its span is the request's.
  const implied = kind === "attribute" && session.object.span.end === span.end;
  const written = text.slice(span.start, span.end) + (implied ? ".session" : "");
  if (!/^[\w.]+$/.test(written)) return undefined;
  return scope.definition?.async === true
    ? `await ${written}.a${method}()`
    : `${written}.${method}()`;
}

/** The blanks before a statement; undefined when it does not begin its line. */
export function indentationOf(statement: Statement, scope: Scope): string | undefined {
  const line = scope.module.lines[statement.span.startLine - 1] ?? "";
  const { text } = scope.module;
  const lineStart = text.lastIndexOf("\n", statement.span.start - 1) + 1;
  const before = text.slice(lineStart, statement.span.start);
  return /^[ \t]*$/.test(before) ? before : line.trim() === "" ? "" : undefined;
}

/** Renewing the key before the first identity that the block writes. */
export function renewBefore(head: Evidence): readonly Fix[] {
  const detail = head.detail as LoginDetail | undefined;
  if (detail?.kind !== "sink") return [];
  const { place, statement, scope } = detail.sink.first;
  const call = sessionCall(place.session, scope, "cycle_key");
  const indentation = indentationOf(statement, scope);
  if (call === undefined || indentation === undefined) return [];
  return [{ kind: "insert", beforeLine: statement.span.startLine, lines: [indentation + call] }];
}

/**
 * The deleted statement back at its place, when a line beside it that still stands has its
 * indentation: otherwise the block it stood in is gone too.
 */
export function restoreGuard(guard: Span, change: FileChange): readonly Fix[] {
  const lines = change.base.split("\n");
  const deleted = deletedLines(change.hunks);
  const own = blanksOf(lines[guard.startLine - 1]);
  const beside = [guard.startLine - 1, guard.endLine + 1].filter((line) => !deleted.has(line));
  const fits = beside.some((line) => {
    const text = lines[line - 1];
    return text !== undefined && text.trim() !== "" && blanksOf(text) === own;
  });
  return fits ? [{ kind: "restore", startLine: guard.startLine, endLine: guard.endLine }] : [];
}

function blanksOf(line: string | undefined): string {
  return /^[ \t]*/.exec(line ?? "")?.[0] ?? "";
}
