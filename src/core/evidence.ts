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

/** Whether the fact at head can become a finding, whatever base has. */
export function mayBeReported({ rule, evidence }: LocatedEvidence): boolean {
  return rule.strongest === undefined || evidence.strength < rule.strongest;
}

/** What a rule sees in one version of a file, in the order of the file. */
export interface Observation {
  readonly evidence: readonly LocatedEvidence[];
  readonly crashes: readonly Unscanned[];
}

/** Takes a rule's look at one version. One that throws costs itself on this file, and is named. */
export function observe(
  change: FileChange,
  file: SourceFile,
  rule: Rule,
  detect: () => readonly Evidence[],
): Observation {
  try {
    return { evidence: locate(change, file, rule, detect()), crashes: [] };
  } catch (error) {
    const detail = `The rule ${rule.meta.id} failed on this file (${error instanceof Error ? error.name : "unknown error"}). This is a defect of cyclekey.`;
    return { evidence: [], crashes: [{ path: file.path, reason: "rule-crash", detail }] };
  }
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
