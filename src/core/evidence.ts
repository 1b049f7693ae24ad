import type { FileChange } from "./model/change.js";
import type { Evidence, Rule } from "./model/rule.js";
import type { SourceFile } from "./model/source.js";
import type { Unscanned } from "./model/unscanned.js";
import { normaliseText } from "./normalise-text.js";

/** A fact of one version of one file, with all that pairing needs. */
export interface LocatedEvidence {
  readonly rule: Rule;
  readonly change: FileChange;
  readonly evidence: Evidence;
  /** Which of the facts with the same rule, path, symbol and identity this is, from 0. */
  readonly occurrence: number;
  /** The text it stands on, without what formatting can change; undefined when nothing stands there. */
  readonly text: string | undefined;
}

/** What the rules see in one version of a file, in the order of the rules and of the file. */
export interface Observation {
  readonly evidence: readonly LocatedEvidence[];
  readonly crashes: readonly Unscanned[];
}

/** A rule with its look at one version of the file at hand. */
export interface Look {
  readonly rule: Rule;
  readonly detect: () => readonly Evidence[];
}

/** Takes every look at one version. A rule that throws costs itself on this file, and is named. */
export function observe(change: FileChange, file: SourceFile, looks: readonly Look[]): Observation {
  const evidence: LocatedEvidence[] = [];
  const crashes: Unscanned[] = [];
  for (const { rule, detect } of looks) {
    try {
      evidence.push(...locate(change, file, rule, detect()));
    } catch (error) {
      crashes.push({
        path: file.path,
        reason: "rule-crash",
        detail: `The rule ${rule.meta.id} failed on this file (${error instanceof Error ? error.name : "unknown error"}). This is a defect of cyclekey.`,
      });
    }
  }
  return { evidence, crashes };
}

function locate(
  change: FileChange,
  file: SourceFile,
  rule: Rule,
  facts: readonly Evidence[],
): LocatedEvidence[] {
  const seen = new Map<string, number>();
  return facts.map((evidence) => {
    const key = JSON.stringify([evidence.symbol, evidence.identity]);
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    const { span } = evidence;
    const text = span && normaliseText(file.text.slice(span.start, span.end));
    return { rule, change, evidence, occurrence, text };
  });
}
