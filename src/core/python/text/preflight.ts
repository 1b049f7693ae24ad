import type { UnscannedReason } from "../../model/unscanned.js";
import { afterString, endOfLine, HASH, isQuote } from "./scanner.js";

/** Why a text cannot be reviewed: what CPython runs is not what a reader, or the parser, sees. */
export interface UnsafeText {
  readonly reason: Extract<UnscannedReason, "unsafe-encoding" | "hidden-text">;
  /** One sentence: what was met and what to do. */
  readonly detail: string;
  /** 1-based. */
  readonly line: number;
}

/**
 * Looks for what makes CPython read a file differently from the parser or from a human reader:
 * declared encodings, bytes that are not UTF-8, NUL, a carriage return that ends a line, characters
 * that reorder the text, look-alikes that CPython folds into ASCII names. Undefined: nothing.
 */
export function preflight(text: string): UnsafeText | undefined {
  return checkCoding(text) ?? checkCharacters(text) ?? checkLookAlikes(text);
}

/** PEP 263. */
const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const BLANK = /^\uFEFF?[ \t\f]*(?:[#\r]|$)/;
/** Read as UTF-8, or as its ASCII part. */
const UTF8 = /^(?:utf-?8|utf-8-.*|u8|utf|ascii|us-ascii)$/;
/** The same as UTF-8 as long as every character is ASCII. */
const ASCII_SUPERSET =
  /^(?:iso-?8859-?\d{1,2}|iso-latin-\d|latin-?\d{1,2}|l1|cp125\d|windows-125\d)$/;

function checkCoding(text: string): UnsafeText | undefined {
  const firstEnd = endOfLine(text, 0);
  const first = text.slice(0, firstEnd);
  const second = BLANK.test(first) ? text.slice(firstEnd + 1, endOfLine(text, firstEnd + 1)) : "";
  for (const [index, line] of [first.replace(/^\uFEFF/, ""), second].entries()) {
    const declared = COOKIE.exec(line)?.[1];
    if (declared === undefined) continue;
    const name = declared.toLowerCase().replaceAll("_", "-");
    if (UTF8.test(name) || (ASCII_SUPERSET.test(name) && isAscii(text))) return undefined;
    return {
      reason: "unsafe-encoding",
      detail: `Line ${index + 1} declares an encoding other than UTF-8, so Python may run other code than is shown here; save the file as UTF-8.`,
      line: index + 1,
    };
  }
  return undefined;
}

function isAscii(text: string): boolean {
  return !NON_ASCII.test(text);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is all of ASCII.
const NON_ASCII = /[^\x00-\x7f]/;

/** Bidirectional controls as in CVE-2021-42574. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what is looked for.
const SUSPECT = /\r(?!\n)|[\x00\uFFFD\u202A-\u202E\u2066-\u2069]/;

function checkCharacters(text: string): UnsafeText | undefined {
  const met = SUSPECT.exec(text);
  if (met === null) return undefined;
  const line = lineOf(text, met.index);
  switch (met[0]) {
    case "\r":
      return {
        reason: "hidden-text",
        detail: `Line ${line} contains a carriage return without a line feed: Python starts a new line there, most viewers do not; convert the line endings.`,
        line,
      };
    case "\0":
      return {
        reason: "unsafe-encoding",
        detail: `Line ${line} contains a NUL character, which Python versions read differently; remove it.`,
        line,
      };
    case "\uFFFD":
      return {
        reason: "unsafe-encoding",
        detail: `Line ${line} contains bytes that are not UTF-8, or the character that stands for them; save the file as UTF-8.`,
        line,
      };
    default:
      return {
        reason: "hidden-text",
        detail: `Line ${line} contains a bidirectional control character, which shows code in another order than Python runs it; remove it.`,
        line,
      };
  }
}

/** CPython folds identifiers by NFKC: a full-width `Ｓ` in a name is an `S`. */
function checkLookAlikes(text: string): UnsafeText | undefined {
  const first = NON_ASCII.exec(text);
  if (first === null || !holdsLookAlike(text)) return undefined;
  for (let i = 0; i < text.length; ) {
    const code = text.charCodeAt(i);
    if (isQuote(code)) i = afterString(text, i);
    else if (code === HASH) i = endOfLine(text, i);
    else if (code > 127 && foldsToAscii(text.codePointAt(i) ?? code)) {
      const line = lineOf(text, i);
      return {
        reason: "hidden-text",
        detail: `Line ${line} contains a character in code that Python reads as an ASCII letter or digit; type the name in ASCII.`,
        line,
      };
    } else i++;
  }
  return undefined;
}

function holdsLookAlike(text: string): boolean {
  const seen = new Set<string>();
  for (const [character] of text.matchAll(/\P{ASCII}/gu)) {
    if (seen.has(character)) continue;
    if (foldsToAscii(character.codePointAt(0) ?? 0)) return true;
    seen.add(character);
  }
  return false;
}

function foldsToAscii(codePoint: number): boolean {
  return /[A-Za-z0-9_]/.test(String.fromCodePoint(codePoint).normalize("NFKC"));
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let i = text.indexOf("\n"); i !== -1 && i < offset; i = text.indexOf("\n", i + 1)) line++;
  return line;
}
