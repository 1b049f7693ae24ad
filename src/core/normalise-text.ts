/**
 * Code without what a formatter can change: white space, quote style, line continuations, trailing
 * commas and comments. Two statements with equal results are the same statement for the question
 * whether code was moved; the text is never shown.
 */
export function normaliseText(code: string): string {
  return code
    .split("\n")
    .map(withoutComment)
    .join("")
    .replace(/[\s\\]+/g, "")
    .replace(/'/g, '"')
    .replace(/,(?=[)\]}])/g, "");
}

/** Cuts a comment that follows code on its line; a `#` inside quotes stays. */
function withoutComment(line: string): string {
  let quote: string | undefined;
  for (let i = 0; i < line.length; i++) {
    const char = line[i];
    if (quote !== undefined) {
      if (char === "\\") i++;
      else if (char === quote) quote = undefined;
    } else if (char === '"' || char === "'") quote = char;
    else if (char === "#") return line.slice(0, i);
  }
  return line;
}
