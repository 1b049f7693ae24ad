import { addedLines, deletedLines } from "../diff/anchors.js";
import type { FileChange } from "../model/change.js";
import type { Suppression } from "../model/finding.js";
import { normaliseText } from "../normalise-text.js";
import { type Directive, readDirectives } from "./directives.js";

/** A suppression that knows whether it has its line to itself, and so speaks of the line below. */
export type PlacedSuppression = Suppression & Pick<Directive, "alone">;

/**
 * The suppressions written in a file at head, those without a reason too. One is `added` unless it
 * stood in this file at base: on a line that stayed, or with the code that it came along with.
 */
export function readSuppressions(change: FileChange): readonly PlacedSuppression[] {
  const directives = readDirectives(change, "RIGHT");
  const added = addedLines(change.hunks);
  if (!directives.some(({ line }) => added.has(line))) {
    return directives.map((directive) => ({ ...directive, added: false }));
  }
  const deleted = deletedLines(change.hunks);
  const free = readDirectives(change, "LEFT")
    .filter(({ line }) => deleted.has(line))
    .map((directive) => placeOf(directive, change.base.split("\n")));
  const headLines = change.head.split("\n");
  return directives.map((directive) => {
    if (!added.has(directive.line)) return { ...directive, added: false };
    const place = placeOf(directive, headLines);
    const from = free.findIndex((one) => isSamePlace(one, place));
    if (from >= 0) free.splice(from, 1);
    return { ...directive, added: from < 0 };
  });
}

/** A directive with the code that it speaks of. */
interface Place extends Directive {
  /** Without what formatting can change. */
  readonly code: string;
  /** What is written or called: the code before the first `=` or `(`. */
  readonly subject: string;
}

function placeOf(directive: Directive, lines: readonly string[]): Place {
  const code = normaliseText(lines[directive.line - (directive.alone ? 0 : 1)] ?? "");
  return { ...directive, code, subject: /^[^=(]*/.exec(code)?.[0] ?? "" };
}

/**
 * The line on which a comment stands is another as soon as the code before the comment changes: then
 * what is written tells that it is the same statement. Nobody agreed to the comment on other code.
 */
function isSamePlace(base: Place, head: Place): boolean {
  return (
    base.rule === head.rule &&
    base.reason === head.reason &&
    head.subject !== "" &&
    (base.code === head.code || base.subject === head.subject)
  );
}
