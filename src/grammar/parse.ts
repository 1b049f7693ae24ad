import { type Language, type ParseCallback, Parser, type Range } from "web-tree-sitter";
import type { Span } from "../core/model/source.js";
import type { ParsePython } from "../core/python/parser.js";

/**
 * UTF-16 code units of a text. An unbounded text grows the parser's memory, which is never given
 * back, up to an abort after which nothing in the process parses any more.
 */
export const TEXT_LIMIT = 512_000;
/** Milliseconds of one parse. */
const TIME_LIMIT = 2_000;

/** A parse function with its own parser. It is synchronous, so one parser serves everybody. */
export function createParsePython(language: Language, timeLimit: number = TIME_LIMIT): ParsePython {
  const parser = new Parser();
  parser.setLanguage(language);
  let lost = false;
  return (text, pieces, read) => {
    if (lost) return { failure: "parser-lost" };
    if (text.length > TEXT_LIMIT) return { failure: "too-large" };
    const deadline = performance.now() + timeLimit;
    const options = {
      // The declared type says void; true cancels (web-tree-sitter.d.ts, ParseOptions).
      progressCallback: (): boolean => performance.now() > deadline,
      ...(pieces === undefined ? {} : { includedRanges: toRanges(text, pieces) }),
    };
    try {
      const tree = parser.parse(inputOf(text, pieces), null, options);
      if (tree === null) {
        // Without a reset the next parse would go on with this text.
        parser.reset();
        return { failure: "too-slow" };
      }
      try {
        return { value: read(tree.rootNode) };
      } finally {
        tree.delete();
      }
    } catch (error) {
      if (!isAbort(error)) throw error;
      lost = true;
      return { failure: "parser-lost" };
    }
  };
}

/**
 * The parser copies 5,000 code units at each place that it jumps to, unless it is given fewer: for
 * small pieces that costs more than parsing them.
 */
function inputOf(text: string, pieces: readonly Span[] | undefined): string | ParseCallback {
  if (pieces === undefined) return text;
  return (index) => text.slice(index, endOfPiece(pieces, index));
}

/** End of the piece that holds the offset; the pieces are in order. */
function endOfPiece(pieces: readonly Span[], offset: number): number {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((pieces[middle]?.end ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return pieces[low]?.end ?? offset;
}

/** Whether the parser still answers; the first call also pays for compiling it. */
export function isParserAlive(parse: ParsePython): boolean {
  const result = parse("x = 1\n", undefined, (root) => !root.hasError && root.childCount === 1);
  return "value" in result && result.value;
}

/** A trap or an abort of the WASM module: it cannot be used, nor created anew, in this process. */
function isAbort(error: unknown): boolean {
  return (
    error instanceof Error && (error.name === "RuntimeError" || /^Aborted\(/.test(error.message))
  );
}

/**
 * Pieces as tree-sitter wants them; its columns count UTF-16 code units too. The lines come with the
 * spans: counting them here would make many small parses of one text quadratic.
 */
function toRanges(text: string, pieces: readonly Span[]): Range[] {
  // An empty list would mean the whole text.
  if (pieces.length === 0) return [toRange(text, { start: 0, end: 0, startLine: 1, endLine: 1 })];
  return pieces.map((piece) => toRange(text, piece));
}

function toRange(text: string, { start, end, startLine, endLine }: Span): Range {
  const newline = end > start && text[end - 1] === "\n";
  return {
    startIndex: start,
    endIndex: end,
    startPosition: { row: startLine - 1, column: columnOf(text, start) },
    endPosition: newline
      ? { row: endLine, column: 0 }
      : { row: endLine - 1, column: columnOf(text, end) },
  };
}

function columnOf(text: string, offset: number): number {
  return offset === 0 ? 0 : offset - (text.lastIndexOf("\n", offset - 1) + 1);
}
