import { addedLines, deletedLines } from "../diff/anchors.js";
import type { FileChange } from "../model/change.js";
import type { Fix } from "../model/rule.js";
import type { Span } from "../model/source.js";
import type { Call } from "../python/syntax/syntax.js";
import type { SetCookie } from "./set-cookie.js";

/** The same call with the flags it lacks: those given as `False` turned, the others appended. */
export function addFlags(cookie: SetCookie, change: FileChange): readonly Fix[] {
  const { call } = cookie;
  if (call === undefined || !addedLines(change.hunks).has(call.span.startLine)) return [];
  const { startLine, endLine } = call.span;
  const text = change.head;
  const first = text.lastIndexOf("\n", call.span.start - 1) + 1;
  const next = text.indexOf("\n", call.span.end);
  const last = next === -1 ? text.length : next;
  let whole = text.slice(first, last);
  for (const edit of editsOf(cookie, call, text)) {
    whole = whole.slice(0, edit.start - first) + edit.text + whole.slice(edit.end - first);
  }
  return [{ kind: "replace", startLine, endLine, lines: whole.split("\n") }];
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** From the last to the first, so that none moves another. */
function editsOf(cookie: SetCookie, call: Call, text: string): readonly Edit[] {
  const edits: Edit[] = [];
  const missing: string[] = [];
  const flags = [
    ["secure", cookie.secure],
    ["httponly", cookie.httpOnly],
  ] as const;
  for (const [name, flag] of flags) {
    if (flag === "missing") missing.push(`${name}=True`);
    if (flag !== "off") continue;
    const value = call.args.find((arg) => arg.name === name)?.value;
    if (value) edits.push({ start: value.span.start, end: value.span.end, text: "True" });
  }
  if (!call.args.some(({ name }) => name === "samesite") && missing.length === 2) {
    missing.push('samesite="Lax"');
  }
  const lastArg = call.args.at(-1);
  if (missing.length > 0 && lastArg !== undefined) {
    const at = lastArg.span.end;
    const lineStart = text.lastIndexOf("\n", lastArg.span.start - 1) + 1;
    const indent = /^[ \t]*/.exec(text.slice(lineStart, lastArg.span.start))?.[0] ?? "";
    const ownLine = text.slice(lineStart, lastArg.span.start) === indent;
    const glue = ownLine && lineStart > call.span.start ? `,\n${indent}` : ", ";
    edits.push({ start: at, end: at, text: missing.map((one) => glue + one).join("") });
  }
  return edits.sort((a, b) => b.start - a.start);
}

/** `"secure": ` before the value of an entry. */
const ENTRY_KEY = /^["']\w+["']\s*:\s*/;

/** The deleted lines of flags back at their place, when each stands alone on its line. */
export function restoreFlags(guards: readonly Span[], change: FileChange): readonly Fix[] {
  const deleted = deletedLines(change.hunks);
  const lines = change.base.split("\n");
  const lost = guards.filter(({ startLine, start, end }) => {
    const written = change.base.slice(start, end);
    const line = lines[startLine - 1]?.trim().replace(/,$/, "");
    return deleted.has(startLine) && line?.replace(ENTRY_KEY, "") === written;
  });
  const [first] = lost;
  const last = lost.at(-1);
  if (first === undefined || last === undefined) return [];
  const startLine = Math.min(first.startLine, last.startLine);
  const endLine = Math.max(first.endLine, last.endLine);
  return [{ kind: "restore", startLine, endLine }];
}

/** The line of base in place of the line that head made of it. */
export function restoreLine(
  base: Span | undefined,
  head: Span | undefined,
  change: FileChange,
): readonly Fix[] {
  if (base === undefined || head === undefined || !addedLines(change.hunks).has(head.startLine)) {
    return [];
  }
  if (base.startLine !== base.endLine || head.startLine !== head.endLine) return [];
  const line = change.base.split("\n")[base.startLine - 1] ?? "";
  const { startLine, endLine } = head;
  return [{ kind: "replace", startLine, endLine, lines: [line] }];
}
