/**
 * The lines of a text as git counts them, each with its `\n`; only the last may be without one.
 * `\r`, form feed, U+2028 and U+2029 are ordinary characters to git, so they are here.
 */
export function splitLines(text: string): readonly string[] {
  const lines: string[] = [];
  let start = 0;
  for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", start)) {
    lines.push(text.slice(start, end + 1));
    start = end + 1;
  }
  if (start < text.length) lines.push(text.slice(start));
  return lines;
}
