import type { Span } from "../../model/source.js";
import type { TopLevelStatement } from "../syntax/module.js";
import { endOfLine, endOfLogicalLine, HASH, NEWLINE } from "./scanner.js";
import { countNewlines, splitBlock } from "./split.js";

/** A class taken apart at the statements of its body. */
export interface ClassParts {
  /** Decorators and the line that opens the class, with its terminator. */
  readonly header: Span;
  readonly members: readonly TopLevelStatement[];
  /** What stands in front of each member on its first line. */
  readonly indent: string;
}

const AT = 64;
const INDENT = /[ \t]+/y;
/** Lines that say nothing of where a block begins. */
const EMPTY_LINES = /(?:[ \t]*(?:#[^\n]*)?\r?\n)*/y;

/**
 * The parts of a class, found without parsing it; undefined for what is no class, has its body on
 * one line with its name, or is indented in a way that is not plain.
 */
export function splitMembers(text: string, statement: TopLevelStatement): ClassParts | undefined {
  const { span, keyword } = statement;
  if (keyword !== "class") return undefined;
  const header = headerOf(text, span);
  EMPTY_LINES.lastIndex = header.end;
  EMPTY_LINES.test(text);
  INDENT.lastIndex = EMPTY_LINES.lastIndex;
  const indent = INDENT.exec(text)?.[0];
  if (indent === undefined || INDENT.lastIndex >= span.end) return undefined;
  const members = splitBlock(text, {
    start: header.end,
    end: span.end,
    line: header.endLine + 1,
    indent,
  });
  return members?.[0] && { header, members, indent };
}

function headerOf(text: string, span: Span): Span {
  let at = span.start;
  let line = span.startLine;
  for (;;) {
    const code = text.charCodeAt(at);
    const isComment = code === HASH || code === NEWLINE;
    const end = isComment ? endOfLine(text, at) : endOfLogicalLine(text, at);
    const endLine = line + countNewlines(text, at, end);
    const isHeader = !isComment && code !== AT && !/^[ \t\r]*(?:#|$)/.test(text.slice(at, end));
    if (isHeader || end >= span.end) {
      return { start: span.start, end: end + 1, startLine: span.startLine, endLine };
    }
    at = end + 1;
    line = endLine + 1;
  }
}

/** A member as it stands in the text, from the start of its first line to the end of its last. */
export function linesOf(text: string, { indent }: ClassParts, { span }: TopLevelStatement): Span {
  const newline = text.indexOf("\n", span.end);
  return {
    ...span,
    start: span.start - indent.length,
    end: newline === -1 ? text.length : newline + 1,
  };
}
