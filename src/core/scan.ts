import { compare, type Regression } from "./differential.js";
import { type LocatedEvidence, type Look, observe } from "./evidence.js";
import { languageOf } from "./language.js";
import type { ChangeSet, FileChange } from "./model/change.js";
import type { Finding, Suppression } from "./model/finding.js";
import type { Rule } from "./model/rule.js";
import type { InventoryEntry, PostureEntry, ScanResult } from "./model/scan-result.js";
import type { SourceFile } from "./model/source.js";
import type { Unscanned } from "./model/unscanned.js";
import type { PythonModule } from "./python/module.js";
import { openModules } from "./python/open-modules.js";
import type { ParsePython } from "./python/parser.js";
import { preflight } from "./python/preflight.js";
import { mayMatter } from "./relevance.js";
import { RULES } from "./rules/index.js";
import { inventory } from "./session/inventory.js";
import { posture } from "./settings/posture.js";
import { addSuggestions, type Trial } from "./suggestions.js";
import { readSuppressions } from "./suppression.js";

/** What was seen in both versions of one file. */
interface FileReview {
  readonly change: FileChange;
  readonly base: readonly LocatedEvidence[];
  readonly head: readonly LocatedEvidence[];
  readonly suppressions: readonly Suppression[];
  readonly unscanned: readonly Unscanned[];
  readonly inventory: readonly InventoryEntry[];
  readonly posture: readonly PostureEntry[];
  readonly parsedBytes: number;
}

/**
 * Reviews a change set: the same change set always gives the same result, whatever the order of its
 * files. Nothing is thrown; what could not be reviewed is in `unscanned`.
 */
export function scan(
  changeSet: ChangeSet,
  parse: ParsePython,
  rules: readonly Rule[] = RULES,
): ScanResult {
  const files = [...changeSet.files].sort((a, b) => (a.path < b.path ? -1 : 1)).filter(mayMatter);
  const reviews = files.map((change) => reviewFile(change, parse, rules));
  const regressions = compareReviews(reviews);
  const findings = addSuggestions(regressions, trialOf(reviews, regressions), (change) => {
    const trial = reviews.map((review) =>
      review.change.path === change.path ? reviewFile(change, parse, rules) : review,
    );
    return trialOf(trial, compareReviews(trial));
  });
  return {
    base: changeSet.base,
    head: changeSet.head,
    findings: findings.filter((finding) => !isSilenced(finding)),
    suppressed: findings.filter(isSilenced),
    inventory: reviews.flatMap((review) => review.inventory),
    posture: reviews.flatMap((review) => review.posture),
    unscanned: [...changeSet.unscanned, ...reviews.flatMap((review) => review.unscanned)],
    stats: {
      changedFiles: changeSet.changedFiles,
      scannedFiles: files.length,
      changedBytes: sum(changeSet.files, ({ base, head }) => base.length + head.length),
      parsedBytes: sum(reviews, (review) => review.parsedBytes),
    },
  };
}

function reviewFile(change: FileChange, parse: ParsePython, rules: readonly Rule[]): FileReview {
  const language = languageOf(change);
  return language === "python"
    ? reviewPython(change, parse, rules)
    : reviewText(
        change,
        rules.filter((rule) => rule.language === language),
      );
}

function reviewPython(change: FileChange, parse: ParsePython, rules: readonly Rule[]): FileReview {
  const { base, head } = openModules(change, parse);
  const looksAt = (module: PythonModule): readonly Look[] =>
    rules.flatMap((rule) =>
      rule.language === undefined || rule.language === "python"
        ? [{ rule, detect: () => rule.detect(module) }]
        : [],
    );
  const seenAtBase = observe(change, base, looksAt(base));
  const seenAtHead = observe(change, head, looksAt(head));
  return {
    change,
    base: seenAtBase.evidence,
    head: seenAtHead.evidence,
    suppressions: readSuppressions(change),
    inventory: inventory(base, head),
    posture: posture(base, head),
    unscanned: [
      ...unsafeText(change),
      ...unreadIn(change.status === "removed" ? base : head),
      ...seenAtBase.crashes,
      ...seenAtHead.crashes,
    ],
    parsedBytes: base.parsedBytes + head.parsedBytes,
  };
}

function reviewText(change: FileChange, rules: readonly Rule[]): FileReview {
  const base: SourceFile = { path: change.basePath, side: "LEFT", text: change.base };
  const head: SourceFile = { path: change.path, side: "RIGHT", text: change.head };
  const looksAt = (file: SourceFile): readonly Look[] =>
    rules.flatMap((rule) =>
      rule.language === "template" || rule.language === "requirements"
        ? [{ rule, detect: () => rule.detect(file) }]
        : [],
    );
  const seenAtBase = observe(change, base, looksAt(base));
  const seenAtHead = observe(change, head, looksAt(head));
  return {
    change,
    base: seenAtBase.evidence,
    head: seenAtHead.evidence,
    suppressions: readSuppressions(change),
    inventory: [],
    posture: [],
    unscanned: [...seenAtBase.crashes, ...seenAtHead.crashes],
    parsedBytes: 0,
  };
}

/** What CPython reads otherwise than a reviewer, and we, see it. It is the head that will run. */
function unsafeText({ path, head }: FileChange): readonly Unscanned[] {
  const problem = preflight(head);
  return problem ? [{ path, ...problem }] : [];
}

/** Reads what the hunks touch even if no rule asked: a part that cannot be read has to be named. */
function unreadIn(module: PythonModule): readonly Unscanned[] {
  void module.touchedSyntax;
  return module.problems;
}

function compareReviews(reviews: readonly FileReview[]): readonly Regression[] {
  const suppressions = new Map(reviews.map((review) => [review.change, review.suppressions]));
  return compare(
    reviews.flatMap((review) => review.base),
    reviews.flatMap((review) => review.head),
    (change) => suppressions.get(change) ?? [],
  );
}

function trialOf(reviews: readonly FileReview[], regressions: readonly Regression[]): Trial {
  return {
    fingerprints: new Set(regressions.map(({ finding }) => finding.fingerprint)),
    unread: sum(reviews, (review) => review.unscanned.length),
  };
}

/** A suppression that the change set itself adds does not silence. */
function isSilenced({ suppression }: Finding): boolean {
  return suppression !== undefined && !suppression.added;
}

function sum<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((total, item) => total + count(item), 0);
}
