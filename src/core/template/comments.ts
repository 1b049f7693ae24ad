/** A comment of a template or of HTML, without its delimiters. */
export interface TemplateComment {
  readonly text: string;
  /** Offsets with the delimiters. */
  readonly start: number;
  readonly end: number;
}

const OPENING = /\{#|\{%-?\s{0,20}comment\b|<!--/g;
const BLOCK_END = /\{%-?\s{0,20}endcomment\s{0,20}-?%\}/g;

/**
 * The comments of a template, in order: `{# #}`, `{% comment %}`, `<!-- -->`. What stands in a
 * comment of HTML is rendered, but no browser makes a field of it.
 */
export function readTemplateComments(text: string): readonly TemplateComment[] {
  const comments: TemplateComment[] = [];
  // An end that is not found once is not found later either, so that each text is searched once.
  const missing = new Set<string>();
  let offset = 0;
  for (;;) {
    OPENING.lastIndex = offset;
    const opening = OPENING.exec(text);
    if (opening === null) return comments;
    const [token] = opening;
    const kind = token.startsWith("{%") ? "block" : token;
    const inner = opening.index + token.length;
    const closing = missing.has(kind) ? undefined : findEnd(text, kind, inner);
    if (closing === undefined) {
      missing.add(kind);
      offset = inner;
    } else {
      const { start, end } = closing;
      comments.push({ text: text.slice(inner, start), start: opening.index, end });
      offset = end;
    }
  }
}

function findEnd(text: string, kind: string, from: number) {
  if (kind === "block") {
    BLOCK_END.lastIndex = from;
    const match = BLOCK_END.exec(text);
    return match ? { start: match.index, end: match.index + match[0].length } : undefined;
  }
  const delimiter = kind === "{#" ? "#}" : "-->";
  const start = text.indexOf(delimiter, from);
  return start === -1 ? undefined : { start, end: start + delimiter.length };
}

/** The text with blanks in place of the comments, so that offsets and lines stay. */
export function withoutComments(text: string): string {
  let offset = 0;
  const pieces: string[] = [];
  for (const { start, end } of readTemplateComments(text)) {
    pieces.push(text.slice(offset, start), text.slice(start, end).replace(/[^\n]/g, " "));
    offset = end;
  }
  return pieces.join("") + text.slice(offset);
}
