import type { Span } from "../model/source.js";

/** What a line of a test holds the project to. */
export type Guarded = "session key" | "cookie flags" | "csrf" | "logout";

/** A line of a test that asserts something of the session, or begins a test of it. */
export interface GuardingLine {
  readonly guarded: Guarded;
  readonly span: Span;
}

const WORDS: readonly (readonly [Guarded, RegExp])[] = [
  ["session key", /session_?key|cycle_?key/i],
  ["cookie flags", /SESSION_COOKIE_/],
  ["csrf", /csrf/i],
  ["logout", /log_?out/i],
];

const ASSERTION = /\bassert(?:[A-Z_]\w*)?\b|\bdef test/;

/** What one line guards; undefined for a line that asserts nothing of the kind. */
export function guardedBy(line: string): Guarded | undefined {
  if (!ASSERTION.test(line) || /^\s*#/.test(line)) return undefined;
  return WORDS.find(([, words]) => words.test(line))?.[0];
}

/** The guarding lines of a test module, in order. */
export function guardingLines(text: string): readonly GuardingLine[] {
  const found: GuardingLine[] = [];
  let start = 0;
  for (const [index, line] of text.split("\n").entries()) {
    const guarded = guardedBy(line);
    const end = start + line.length;
    if (guarded !== undefined) {
      found.push({ guarded, span: { start, end, startLine: index + 1, endLine: index + 1 } });
    }
    start = end + 1;
  }
  return found;
}
