import type { TopLevelStatement } from "../syntax/module.js";
import { endOfLine, endOfLogicalLine, HASH, NEWLINE } from "./scanner.js";

const SPACE = 32;
const TAB = 9;
const FORM_FEED = 12;
const RETURN = 13;
const AT = 64;
const BOM = 0xfeff;

const WORD = /[A-Za-z_]\w*/y;
/** Clauses that go on with the statement above. They are reserved, so they cannot begin another. */
const CLAUSE = /^(?:elif|else|except|finally)$/;
const KEYWORD = /^(?:def|class|if|for|while|try|with|from|import)$/;
/** The name behind `def` or `class`, up to what must follow it. */
const NAME = /(?:[ \t\f]|\\\r?\n)+([^\s:()[\]\\;#'",.]+)/y;
const BLANKS = /(?:[ \t\f]|\\\r?\n)+/y;

interface Draft {
  start: number;
  end: number;
  startLine: number;
  endLine: number;
  keyword: string | undefined;
  name: string | undefined;
  /** Only decorators so far: the next line belongs to it. */
  decorators: boolean;
  /** Starts with the soft keyword `match`, which only a block behind it makes a keyword. */
  match: boolean;
}

/** Where statements are looked for: whole lines, each of which begins with `indent`. */
export interface Block {
  readonly start: number;
  readonly end: number;
  /** 1-based line of `start`. */
  readonly line: number;
  readonly indent: string;
}

/**
 * The top-level statements of a file, in order and not overlapping, found without parsing it.
 * Decorators belong to their definition, clauses to their statement, statements joined by semicolons
 * are one, and a comment that is indented belongs to the statement above it. A span starts at the
 * first token and ends before the last line's terminator.
 */
export function splitStatements(text: string): readonly TopLevelStatement[] {
  const start = text.charCodeAt(0) === BOM ? 1 : 0;
  return splitBlock(text, { start, end: text.length, line: 1, indent: "" }) ?? [];
}

/** As `splitStatements`, of an indented block; undefined when a line of code is indented otherwise. */
export function splitBlock(text: string, block: Block): readonly TopLevelStatement[] | undefined {
  const drafts: Draft[] = [];
  let { start: at, line } = block;
  while (at < block.end) {
    const content = skipIndentation(text, at, block.indent.length);
    const code = text.charCodeAt(content.at);
    const blank = content.at >= text.length || code === NEWLINE || code === RETURN;
    const end =
      blank || code === HASH ? endOfLine(text, content.at) : endOfLogicalLine(text, content.at);
    const endLine = line + countNewlines(text, at, end);
    if (code === HASH) {
      if (content.indented) extend(text, drafts.at(-1), end, endLine);
    } else if (!blank) {
      if (!text.startsWith(block.indent, at)) return undefined;
      place(text, drafts, content, { end, line, endLine });
    }
    at = end + 1;
    line = endLine + 1;
  }
  return drafts.map(({ start, end, startLine, endLine, keyword, name }) => ({
    span: { start, end, startLine, endLine },
    keyword,
    name,
  }));
}

interface Content {
  readonly at: number;
  /** Deeper than the block. */
  readonly indented: boolean;
}

/** A form feed resets the column, in CPython as in the grammar. */
function skipIndentation(text: string, from: number, indent: number): Content {
  let at = from;
  let width = 0;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === SPACE || code === TAB) width++;
    else if (code === FORM_FEED) width = 0;
    else break;
  }
  return { at, indented: width > indent };
}

/** Puts a logical line into the statement above, or opens a new one with it. */
function place(
  text: string,
  drafts: Draft[],
  content: Content,
  where: { readonly end: number; readonly line: number; readonly endLine: number },
): void {
  const above = drafts.at(-1);
  const word = wordAt(text, content.at);
  if (above !== undefined && content.indented) {
    if (above.match) above.keyword = "match";
    extend(text, above, where.end, where.endLine);
    return;
  }
  const continues =
    above !== undefined &&
    (CLAUSE.test(word) || (above.decorators && isDecorable(text, content.at, word)));
  const draft = continues ? above : openDraft(content.at, where.line);
  if (!continues) drafts.push(draft);
  extend(text, draft, where.end, where.endLine);
  if (continues && !draft.decorators) return;
  draft.decorators = text.charCodeAt(content.at) === AT;
  if (!draft.decorators) nameDraft(text, draft, content.at, word);
}

function isDecorable(text: string, at: number, word: string): boolean {
  return text.charCodeAt(at) === AT || word === "def" || word === "class" || word === "async";
}

function openDraft(start: number, line: number): Draft {
  return {
    start,
    end: start,
    startLine: line,
    endLine: line,
    keyword: undefined,
    name: undefined,
    decorators: false,
    match: false,
  };
}

function nameDraft(text: string, draft: Draft, at: number, first: string): void {
  let word = first;
  let behind = at + word.length;
  if (word === "async") {
    BLANKS.lastIndex = behind;
    if (BLANKS.test(text)) {
      const next = wordAt(text, BLANKS.lastIndex);
      if (KEYWORD.test(next)) {
        word = next;
        behind = BLANKS.lastIndex + next.length;
      }
    }
  }
  draft.match = word === "match";
  if (!KEYWORD.test(word)) return;
  draft.keyword = word;
  if (word !== "def" && word !== "class") return;
  NAME.lastIndex = behind;
  draft.name = NAME.exec(text)?.[1]?.normalize("NFKC");
}

/** Without the `\r` of the terminator and the blanks in front of it. */
function extend(text: string, draft: Draft | undefined, end: number, endLine: number): void {
  if (draft === undefined) return;
  let last = end;
  while (last > draft.start && isBlank(text.charCodeAt(last - 1))) last--;
  draft.end = last;
  draft.endLine = endLine;
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB || code === FORM_FEED || code === RETURN;
}

function wordAt(text: string, at: number): string {
  WORD.lastIndex = at;
  return WORD.exec(text)?.[0] ?? "";
}

export function countNewlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let i = text.indexOf("\n", from); i !== -1 && i < to; i = text.indexOf("\n", i + 1)) count++;
  return count;
}
