/**
 * A scanner that knows just enough of Python's tokens to tell where a logical line ends: strings,
 * comments, brackets and continuations. Each function takes an offset and returns one that is never
 * smaller, so a caller that goes on from there is linear. What is not closed runs to the end of the
 * text, as it does for CPython.
 */

export const NEWLINE = 10;
const RETURN = 13;
const DOUBLE_QUOTE = 34;
export const HASH = 35;
const SINGLE_QUOTE = 39;
const COLON = 58;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** CPython's own limit is 150 (MAXFSTRINGLEVEL); this bounds the recursion on hostile text. */
const NESTED_STRINGS = 150;

/** A `def` or `class` at the start of a line cannot stand within brackets: one was left open above. */
const DEFINITION = /(?:async[ \t]+)?(?:def|class)[ \t]/y;

/** What a code unit means outside of strings: the rest is skipped by one table look-up each. */
const PLAIN = 0;
const OPENS = 1;
const CLOSES = 2;
const QUOTES = 3;
const OTHER = 4;
const KIND = new Uint8Array(128);
for (const open of "([{") KIND[open.charCodeAt(0)] = OPENS;
for (const close of ")]}") KIND[close.charCodeAt(0)] = CLOSES;
for (const quote of "'\"") KIND[quote.charCodeAt(0)] = QUOTES;
for (const other of "\n#\\") KIND[other.charCodeAt(0)] = OTHER;

/** Offset of the newline that ends the logical line, or the length of the text. */
export function endOfLogicalLine(text: string, from: number): number {
  let depth = 0;
  let i = from;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    const kind = code < 128 ? KIND[code] : PLAIN;
    if (kind === PLAIN) i++;
    else if (kind === QUOTES) i = afterString(text, i);
    else if (kind === OPENS) {
      depth++;
      i++;
    } else if (kind === CLOSES) {
      if (depth > 0) depth--;
      i++;
    } else if (code === NEWLINE) {
      if (depth === 0 || opensDefinition(text, i + 1)) return i;
      i++;
    } else if (code === HASH) i = endOfLine(text, i);
    else i = afterBackslash(text, i);
  }
  return text.length;
}

/** Offset of the next newline, or the length of the text. */
export function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end;
}

function opensDefinition(text: string, at: number): boolean {
  DEFINITION.lastIndex = at;
  return DEFINITION.test(text);
}

/** Behind a backslash and what it escapes; a CRLF counts as one. */
function afterBackslash(text: string, at: number): number {
  const crlf = text.charCodeAt(at + 1) === RETURN && text.charCodeAt(at + 2) === NEWLINE;
  return Math.min(at + (crlf ? 3 : 2), text.length);
}

interface Quotes {
  /** Code unit of the quote. */
  readonly quote: number;
  readonly triple: boolean;
  /** How many f-strings are around and including this one. */
  readonly level: number;
}

/** Behind the string whose first quote stands at `at`; its prefix is read backwards. */
export function afterString(text: string, at: number, level = 0): number {
  const quote = text.charCodeAt(at);
  const triple = text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote;
  const format = isFormat(text, at);
  if (format && level >= NESTED_STRINGS) return text.length;
  const quotes = { quote, triple, level: format ? level + 1 : level };
  let i = at + (triple ? 3 : 1);
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (code === quote && closes(text, i, quotes)) return i + (triple ? 3 : 1);
    if (code === BACKSLASH) i = afterEscape(text, i, format);
    else if (code === NEWLINE && !triple) return i;
    else if (code === OPEN_BRACE && format) i = afterBrace(text, i, quotes);
    else i++;
  }
  return text.length;
}

function closes(text: string, at: number, { quote, triple }: Quotes): boolean {
  return !triple || (text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote);
}

/** Whether the letters in front of the quote make the string an f-string (or a t-string). */
function isFormat(text: string, quoteAt: number): boolean {
  let i = quoteAt - 1;
  let format = false;
  for (; i >= 0 && i >= quoteAt - 2; i--) {
    const letter = text[i] ?? "";
    if (!/[rRbBuUfFtT]/.test(letter)) break;
    if (/[fFtT]/.test(letter)) format = true;
  }
  // In `elif"x"` the letters belong to a keyword.
  return format && !/[\p{L}\p{N}_]/u.test(text[i] ?? "");
}

/** In an f-string a backslash does not escape a brace, but `\N{...}` is one character. */
function afterEscape(text: string, at: number, format: boolean): number {
  const next = text.charCodeAt(at + 1);
  if (!format) return afterBackslash(text, at);
  if (next === OPEN_BRACE || next === CLOSE_BRACE) return at + 1;
  if (text.startsWith("N{", at + 1)) {
    NAME.lastIndex = at + 3;
    return NAME.test(text) ? NAME.lastIndex : at + 2;
  }
  return afterBackslash(text, at);
}

const NAME = /[A-Za-z0-9 -]{1,100}\}/y;

function afterBrace(text: string, at: number, quotes: Quotes): number {
  return text.charCodeAt(at + 1) === OPEN_BRACE ? at + 2 : afterField(text, at + 1, quotes);
}

/** Behind the `}` of a replacement field; since PEP 701 it may hold strings with the same quotes. */
function afterField(text: string, from: number, quotes: Quotes): number {
  let depth = 0;
  let i = from;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    const kind = code < 128 ? KIND[code] : PLAIN;
    if (depth === 0 && code === CLOSE_BRACE) return i + 1;
    if (depth === 0 && code === COLON) return afterFormatSpec(text, i + 1, quotes);
    if (kind === QUOTES) i = afterString(text, i, quotes.level);
    else if (code === HASH) i = endOfLine(text, i);
    else {
      if (kind === OPENS) depth++;
      else if (kind === CLOSES && depth > 0) depth--;
      i++;
    }
  }
  return text.length;
}

/** A format specification is text up to its `}`: a quote in it closes the string or means nothing. */
function afterFormatSpec(text: string, from: number, quotes: Quotes): number {
  if (quotes.level >= NESTED_STRINGS) return text.length;
  const inner = { ...quotes, level: quotes.level + 1 };
  let i = from;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (code === CLOSE_BRACE) return i + 1;
    if (code === OPEN_BRACE) i = afterField(text, i + 1, inner);
    else if (code === NEWLINE && !quotes.triple) return i;
    else if (code === quotes.quote && closes(text, i, quotes)) return i;
    else i++;
  }
  return text.length;
}

export function isQuote(code: number): boolean {
  return code === SINGLE_QUOTE || code === DOUBLE_QUOTE;
}
