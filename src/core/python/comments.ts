/** A comment, with the `#`. */
export interface Comment {
  /** 1-based. */
  readonly line: number;
  readonly text: string;
}

/**
 * The comments of a Python text, told from `#` inside strings by scanning quotes. An unterminated
 * one-line string ends with its line, as CPython reports it there.
 */
export function readComments(text: string): readonly Comment[] {
  const comments: Comment[] = [];
  let line = 1;
  let quote = "";
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === "\n") {
      line++;
      if (quote.length === 1) quote = "";
    } else if (quote !== "") {
      if (char === "\\") {
        i++;
        if (text[i] === "\n") line++;
      } else if (text.startsWith(quote, i)) {
        i += quote.length - 1;
        quote = "";
      }
    } else if (char === '"' || char === "'") {
      const triple = char.repeat(3);
      quote = text.startsWith(triple, i) ? triple : char;
      i += quote.length - 1;
    } else if (char === "#") {
      const end = text.indexOf("\n", i);
      const stop = end === -1 ? text.length : end;
      comments.push({ line, text: text.slice(i, stop).trimEnd() });
      i = stop - 1;
    }
  }
  return comments;
}
