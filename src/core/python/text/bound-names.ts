import type { TopLevelStatement } from "../syntax/module.js";
import { afterString, endOfLine, endOfLogicalLine, HASH, isQuote } from "./scanner.js";

/** `NAME = value`, `NAME["key"] += value`, `NAME.attribute: type = value` */
const ASSIGNMENT = /^(\w+)(?:\.\w+|\[[^\]\n]*\])*[ \t]*(?:[-+*/|&]|:[^=\n]*)?=(?!=)/;
const TEXT = /^[a-zA-Z]{0,2}["']/;
/** Names that no statement binds. */
const KEYWORDS: ReadonlySet<string> = new Set(
  "and as assert await break class continue def del elif else except False finally for from if import in is lambda None not or pass raise return True try while with yield".split(
    " ",
  ),
);

/** One version of a file with what a hunk touches in it. */
export interface TouchedText {
  readonly text: string;
  readonly touched: readonly TopLevelStatement[];
}

/**
 * Names that stand for something else at head than at base, as far as touched statements bind them;
 * told from the texts: rather one too many. `isOf` says which statements count.
 */
export function changedNames(
  base: TouchedText,
  head: TouchedText,
  isOf: (statement: TopLevelStatement) => boolean = () => true,
): Set<string> {
  const [before, after] = [originsIn(base, isOf), originsIn(head, isOf)];
  const names = [...before.keys(), ...after.keys()];
  return new Set(names.filter((name) => before.get(name) !== after.get(name)));
}

function originsIn(
  { text, touched }: TouchedText,
  isOf: (statement: TopLevelStatement) => boolean,
): ReadonlyMap<string, string> {
  const origins = new Map<string, string>();
  for (const statement of touched) {
    if (!isOf(statement)) continue;
    for (const [name, origin] of originsOf(statement, text)) {
      origins.set(name, `${origins.get(name) ?? ""}${origin}\n`);
    }
  }
  return origins;
}

/** Of `from a import b as c, d`, `c` comes from `from a b as c`; what else binds a name is all its origin. */
function originsOf(
  statement: TopLevelStatement,
  text: string,
): readonly (readonly [name: string, origin: string])[] {
  const own = text.slice(statement.span.start, statement.span.end);
  if (statement.keyword !== "from") {
    return [...boundNames(statement, text)].map((name) => [name, own]);
  }
  const [from, list] = splitImport(own);
  return list.split(",").flatMap((item) => {
    const words = wordsOf(item);
    const origin = `${from} ${words.join(" ")}`;
    return words.map((name) => [name, origin] as const);
  });
}

function splitImport(own: string): readonly [from: string, list: string] {
  const at = own.indexOf("import");
  return [own.slice(0, at), own.slice(at + "import".length)];
}

/** Names that a top-level statement may bind or change, told from its text. */
export function boundNames(
  { name, keyword, span }: TopLevelStatement,
  text: string,
): readonly string[] {
  const own = text.slice(span.start, span.end);
  if (name !== undefined) return /\bglobal\b/.test(own) ? wordsOf(own) : [name];
  if (keyword === undefined) return boundOnLine(own);
  if (BY_TEXT.test(own)) return wordsOf(own);
  return [...new Set(logicalLines(own).flatMap(boundOnLine))];
}

/** The lines of code of a statement, without their indentation. */
function logicalLines(own: string): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < own.length; ) {
    const isComment = /^[ \t]*#/.test(own.slice(at, endOfLine(own, at)));
    const end = isComment ? endOfLine(own, at) : endOfLogicalLine(own, at);
    if (!isComment) found.push(own.slice(at, end).trim());
    at = end + 1;
  }
  return found;
}

/** Bind nothing, unless something stands behind the colon. */
const OPENS = /^(?:if|elif|else|while|try|finally)\b/;
/** Bind nothing. */
const READS = /^(?:assert|raise|return|pass|break|continue)\b/;
/** What binds the names that stand between its keyword and the next one. */
const BINDS = /^(?:async[ \t]+)?(?:for\b(.*?)\bin\b.*|(?:with|except)\b.*?)(?:\bas\b(.*))?:$/s;
const SEVERAL = /;|:=|^\w+[ \t]*=(?!=)[ \t]*\w+[ \t]*=(?!=)/;

function boundOnLine(own: string): readonly string[] {
  if (TEXT.test(own)) return [];
  if (BY_TEXT.test(own)) return wordsOf(own);
  if (/^from\b/.test(own)) return wordsOf(splitImport(own)[1]);
  const code = withoutTexts(own).trim();
  if (SEVERAL.test(code)) return wordsOf(code.replace(ONLY_READ, ""));
  if (READS.test(code)) return [];
  if (OPENS.test(code)) return code.endsWith(":") ? [] : wordsOf(code.replace(ONLY_READ, ""));
  const block = BINDS.exec(code);
  if (block !== null) return wordsOf(`${block[1] ?? ""} ${block[2] ?? ""}`);
  const assigned = ASSIGNMENT.exec(code)?.[1];
  return assigned === undefined || assigned === "sys"
    ? wordsOf(code.replace(ONLY_READ, ""))
    : [assigned];
}

const EQUALS = 61;
/** Statements that can bind a name which they spell in a text. */
const BY_TEXT = /\b(?:globals|locals|vars|setattr|exec|configure)[ \t]*\(|__dict__/;
/** To call a function does not change what its name stands for, nor does giving away a type. */
const ONLY_READ =
  /(?<!\b(?:def|class)[ \t]+)\b\w+(?=[ \t]*\()|=[ \t]*(?:bool|int|float|str|list|tuple)\b(?![ \t]*=)/g;

/**
 * The code of a statement, without what is in its texts and comments, and without the names of the
 * arguments that are given by keyword.
 */
function withoutTexts(own: string): string {
  let code = "";
  let from = 0;
  let depth = 0;
  for (let i = 0; i < own.length; ) {
    const at = own.charCodeAt(i);
    const end = at === HASH ? endOfLine(own, i) : isQuote(at) ? afterString(own, i) : undefined;
    if (end !== undefined) {
      code += `${own.slice(from, i)} `;
      from = end;
    } else if ("([{".includes(own.charAt(i))) depth++;
    else if (")]}".includes(own.charAt(i))) depth--;
    else if (at === EQUALS && depth > 0) {
      code += own.slice(from, i).replace(/\w+[ \t]*$/, "");
      from = i;
    }
    i = end ?? i + 1;
  }
  return code + own.slice(from);
}

function wordsOf(text: string): readonly string[] {
  return [...new Set((text.match(/\w+/g) ?? []).filter(isName))];
}

function isName(word: string): boolean {
  return !KEYWORDS.has(word) && !/^\d/.test(word);
}
