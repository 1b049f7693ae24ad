import type { Suggestion } from "../model/finding.js";
import { fenceFor, showInvisible } from "./markdown.js";

/** Whether a fenced block carries the lines unchanged: CommonMark takes a CR for a line end and replaces NUL. */
export function isSuggestible({ replacement }: Suggestion): boolean {
  return replacement
    .split("\n")
    .every((line) => showInvisible(line.replaceAll("\t", "")) === line.replaceAll("\t", ""));
}

/**
 * The block that GitHub puts a button under. A block without lines deletes those of the comment, one
 * with an empty line leaves an empty line.
 */
export function renderSuggestion(suggestion: Suggestion): string {
  return renderLines(suggestion, "suggestion");
}

/** The same lines without a button, for where it would replace the wrong ones. */
export function renderProposal(suggestion: Suggestion): string {
  if (suggestion.deletes) return "Proposed change: remove these lines.";
  return `Proposed change:\n\n${renderLines(suggestion, "python")}`;
}

function renderLines({ replacement, deletes }: Suggestion, info: string): string {
  const fence = fenceFor(replacement);
  return deletes ? `${fence}${info}\n${fence}` : `${fence}${info}\n${replacement}\n${fence}`;
}

/** Takes the button from a body of ours; its suggestion comes before any other block. */
export function retireSuggestion(body: string): string {
  return body.replace(/^(`{3,})suggestion$/m, "$1python");
}
