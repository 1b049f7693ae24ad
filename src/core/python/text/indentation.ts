import { readComments } from "./comments.js";
import { endOfLine, endOfLogicalLine, HASH, NEWLINE } from "./scanner.js";
import { countNewlines } from "./split.js";

const BLANKS = /[ \t\f]*/y;
const RETURN = 13;
const BOM = 0xfeff;
/** Columns to the next tab stop, as CPython counts them. */
const TAB_STOP = 8;

/**
 * The first line (1-based) whose indentation CPython refuses: deeper than a block asks for, or none
 * of those that are open. The grammar reads over both.
 */
export function indentationError(text: string): number | undefined {
  const levels = [0];
  let opened = false;
  let line = 1;
  let at = text.charCodeAt(0) === BOM ? 1 : 0;
  while (at < text.length) {
    BLANKS.lastIndex = at;
    const blanks = BLANKS.exec(text)?.[0] ?? "";
    const start = at + blanks.length;
    const code = text.charCodeAt(start);
    const empty = start >= text.length || [NEWLINE, RETURN, HASH].includes(code);
    const end = empty ? endOfLine(text, start) : endOfLogicalLine(text, start);
    if (!empty) {
      const width = widthOf(blanks);
      if (!fits(width, levels, opened)) return line;
      opened = opensBlock(text.slice(start, end));
    }
    line += countNewlines(text, at, end) + 1;
    at = end + 1;
  }
  return undefined;
}

/** Closes the blocks that end before a line of this width, or opens the one that begins with it. */
function fits(width: number, levels: number[], opened: boolean): boolean {
  if (opened) {
    const deeper = width > (levels.at(-1) ?? 0);
    levels.push(width);
    return deeper;
  }
  while (width < (levels.at(-1) ?? 0)) levels.pop();
  return width === levels.at(-1);
}

function widthOf(blanks: string): number {
  let width = 0;
  for (const blank of blanks) {
    if (blank === "\t") width += TAB_STOP - (width % TAB_STOP);
    else width = blank === "\f" ? 0 : width + 1;
  }
  return width;
}

function opensBlock(statement: string): boolean {
  const code = statement.trimEnd();
  const comment = code.includes("#") ? readComments(code).at(-1)?.text : undefined;
  const bare = comment && code.endsWith(comment) ? code.slice(0, -comment.length) : code;
  return bare.trimEnd().endsWith(":");
}
