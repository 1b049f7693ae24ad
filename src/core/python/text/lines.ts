import type { Span } from "../../model/source.js";

/** From offsets of one text to its lines. A line ends at `\n`, as for CPython once lone `\r` are refused. */
export interface LineTable {
  /** 1-based line of an offset. */
  lineAt(offset: number): number;
  /** A span with its lines; an empty one stands on the line of its start. */
  span(start: number, end: number): Span;
}

export function createLineTable(text: string): LineTable {
  const starts = [0];
  for (let i = text.indexOf("\n"); i !== -1; i = text.indexOf("\n", i + 1)) starts.push(i + 1);
  const lineAt = (offset: number): number => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
  return {
    lineAt,
    span: (start, end) => ({
      start,
      end,
      startLine: lineAt(start),
      endLine: lineAt(Math.max(start, end - 1)),
    }),
  };
}

/** Lines without their terminators (`\n` or `\r\n`); a final terminator opens no further line. */
export function splitLines(text: string): readonly string[] {
  if (text === "") return [];
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
}
