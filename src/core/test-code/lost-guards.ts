import { languageOf } from "../language.js";
import type { ChangedFile, FileChange, HunkLine } from "../model/change.js";
import { mentionsSession } from "../python/text/prefilter.js";
import { type Guarded, guardedBy } from "./guarding-lines.js";

/** What the changed lines of one kind guard. */
export function guardedIn({ hunks }: ChangedFile, kind: HunkLine["kind"]): readonly Guarded[] {
  const lines = (hunks ?? []).flatMap((hunk) => hunk.lines.filter((line) => line.kind === kind));
  return lines.flatMap(({ text }) => guardedBy(text) ?? []);
}

/**
 * Whether a change set takes tests of the session away while it changes what they test: some kind
 * is deleted and nowhere added again, so that nothing was moved or rewritten, and code that is no
 * test gains a line of the field, so that not the whole feature went.
 */
export function losesGuards(files: readonly FileChange[]): boolean {
  const tests = files.filter((file) => languageOf(file) === "test");
  if (tests.length === 0) return false;
  const added = new Set(tests.flatMap((file) => guardedIn(file, "added")));
  const lost = tests.some((file) => guardedIn(file, "deleted").some((one) => !added.has(one)));
  return lost && files.some((file) => languageOf(file) === "python" && gainsCode(file));
}

function gainsCode({ hunks }: FileChange): boolean {
  return hunks.some(({ lines }) =>
    lines.some(({ kind, text }) => kind === "added" && mentionsSession(text)),
  );
}
