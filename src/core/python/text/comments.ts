/** A comment, with the `#`. */
export interface Comment {
  /** 1-based. */
  readonly line: number;
  readonly text: string;
}

/** What the scan for comments stops at: an opening quote or a comment. */
const OPENING = /"""|'''|["'#]/g;

/** How each kind of string ends; a one-line string that is not closed ends with its line. */
const CLOSING: Readonly<Record<string, RegExp>> = {
  '"': /\\[\s\S]|["\n]/g,
  "'": /\\[\s\S]|['\n]/g,
  '"""': /\\[\s\S]|"""/g,
  "'''": /\\[\s\S]|'''/g,
};

/** The comments of a Python text, told from `#` inside strings by scanning quotes. */
export function readComments(text: string): readonly Comment[] {
  const comments: Comment[] = [];
  let offset = 0;
  let line = 1;
  let newline = nextLine(text, 0);
  for (;;) {
    const opening = search(OPENING, text, offset);
    if (opening === undefined) return comments;
    if (opening.found === "#") {
      const end = text.indexOf("\n", opening.start);
      offset = end === -1 ? text.length : end;
      for (; newline < opening.start; newline = nextLine(text, newline + 1)) line++;
      comments.push({ line, text: text.slice(opening.start, offset).trimEnd() });
    } else {
      offset = stringEnd(text, opening.found, opening.end);
    }
  }
}

function stringEnd(text: string, quote: string, start: number): number {
  const closing = CLOSING[quote] ?? OPENING;
  let offset = start;
  for (;;) {
    const next = search(closing, text, offset);
    if (next === undefined) return text.length;
    offset = next.end;
    if (!next.found.startsWith("\\")) return offset;
  }
}

function search(
  pattern: RegExp,
  text: string,
  from: number,
): { found: string; start: number; end: number } | undefined {
  pattern.lastIndex = from;
  const match = pattern.exec(text);
  if (match === null) return undefined;
  return { found: match[0], start: match.index, end: match.index + match[0].length };
}

/** Offset of the next line feed; beyond every offset without one. */
function nextLine(text: string, from: number): number {
  const at = text.indexOf("\n", from);
  return at === -1 ? Number.POSITIVE_INFINITY : at;
}
