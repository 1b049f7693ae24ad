import { applySuggestions } from "../core/diff/apply-suggestion.js";
import type { ChangeSet } from "../core/model/change.js";
import type { Suggestion } from "../core/model/finding.js";
import type { ScanResult } from "../core/model/scan-result.js";
import { showInvisible } from "../core/render/markdown.js";
import { openRepository } from "../git/repository.js";
import { rewriteWorkingFile } from "../git/working-file.js";

/** What became of the suggestions of a review. */
export interface Fixed {
  /** Suggestions that now stand in the working tree. */
  readonly applied: number;
  readonly files: readonly string[];
  /** Files that are no longer as they were reviewed, or cannot be written. */
  readonly skipped: readonly string[];
}

/** Applies every suggestion to the working tree that was reviewed. */
export async function applyToWorkingTree(
  directory: string,
  changeSet: ChangeSet,
  { findings }: ScanResult,
): Promise<Fixed> {
  const { topLevel } = await openRepository(directory);
  const files: string[] = [];
  const skipped: string[] = [];
  let applied = 0;
  for (const [path, suggestions] of byPath(findings.flatMap((one) => one.suggestion ?? []))) {
    const reviewed = changeSet.files.find((file) => file.path === path)?.head;
    const written =
      topLevel !== undefined &&
      reviewed !== undefined &&
      (await rewriteWorkingFile(topLevel, path, (text) =>
        withSuggestions(text, reviewed, suggestions),
      ));
    (written ? files : skipped).push(path);
    if (written) applied += suggestions.length;
  }
  return { applied, files, skipped };
}

/** Findings that share a suggestion carry equal ones. */
function byPath(suggestions: readonly Suggestion[]): ReadonlyMap<string, readonly Suggestion[]> {
  const unique = new Map(suggestions.map((one) => [JSON.stringify(one), one]));
  const groups = new Map<string, readonly Suggestion[]>();
  for (const one of unique.values()) groups.set(one.path, [...(groups.get(one.path) ?? []), one]);
  return groups;
}

/** A file that was checked out with `\r\n` is reviewed with `\n`, and stays as it is. */
function withSuggestions(
  text: string,
  reviewed: string,
  suggestions: readonly Suggestion[],
): string | undefined {
  if (text === reviewed) return applySuggestions(text, suggestions);
  if (text.replaceAll("\r\n", "\n") !== reviewed) return undefined;
  return applySuggestions(reviewed, suggestions).replaceAll("\n", "\r\n");
}

export function fixedText({ applied, files, skipped }: Fixed): string {
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? "" : "s"}`;
  const lines = [
    applied === 0
      ? "cyclekey: no suggestion to apply."
      : `cyclekey: applied ${count(applied, "suggestion")} to ${files.map(showInvisible).join(", ")}.`,
    ...skipped.map(
      (path) => `cyclekey: ${showInvisible(path)} was not changed: it is not as it was reviewed.`,
    ),
  ];
  return `${lines.join("\n")}\n`;
}
