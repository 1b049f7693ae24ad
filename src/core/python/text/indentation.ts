/** What a line may end with when the next one stands deeper. */
const OPENS = /[:([{,\\]$/;

/**
 * Whether a line of `text` from `first` to `last` (1-based) stands deeper than the one before it
 * though no block or bracket is open. CPython refuses that; the grammar reads over it.
 */
export function indentsUnexpectedly(text: string, first: number, last: number): boolean {
  const lines = text.split("\n");
  let previous = lastCode(lines, first - 1);
  for (const line of lines.slice(first - 1, last)) {
    const code = codeOf(line);
    if (code.trim() === "") continue;
    const deeper = previous !== undefined && indentOf(code) > indentOf(previous);
    if (deeper && !OPENS.test(previous ?? "")) return true;
    previous = code;
  }
  return false;
}

function lastCode(lines: readonly string[], end: number): string | undefined {
  return lines
    .slice(0, Math.max(0, end))
    .map(codeOf)
    .findLast((line) => line !== "");
}

/** Without a comment that stands alone or behind two spaces, and without trailing blanks. */
function codeOf(line: string): string {
  return line.replace(/(?:^|\s)#.*/, "").trimEnd();
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
