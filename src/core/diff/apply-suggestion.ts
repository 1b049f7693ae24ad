import type { Suggestion } from "../model/finding.js";
import { splitLines } from "./lines.js";

/** The text after all of them; no two may touch the same line. */
export function applySuggestions(text: string, suggestions: readonly Suggestion[]): string {
  return suggestions.toSorted((a, b) => b.startLine - a.startLine).reduce(applySuggestion, text);
}

/**
 * The text after someone clicked *Commit suggestion*: whole lines are replaced by the lines of the
 * suggestion. A text that ends without a newline goes on doing so. Lines that the text has not are
 * an outdated suggestion: the text comes back unchanged.
 */
export function applySuggestion(text: string, suggestion: Suggestion): string {
  const { startLine, endLine, replacement, deletes } = suggestion;
  const lines = splitLines(text);
  if (startLine < 1 || endLine < startLine || endLine > lines.length) return text;
  const before = lines.slice(0, startLine - 1).join("");
  const after = lines.slice(endLine).join("");
  if (deletes) return before + after;
  const unfinished = lines[endLine - 1]?.endsWith("\n") === false;
  return before + replacement + (unfinished ? "" : "\n") + after;
}
