import { mayHaveConsequences } from "./consequences.js";
import { type LocatedEvidence, type Look, observe } from "./evidence.js";
import { type Language, languageOf } from "./language.js";
import type { FileChange } from "./model/change.js";
import type { Wanted } from "./model/repository.js";
import type { Evidence, FilesAround, Rule, TextRule } from "./model/rule.js";
import type { InventoryEntry, PostureEntry } from "./model/scan-result.js";
import type { SourceFile } from "./model/source.js";
import type { Unscanned } from "./model/unscanned.js";
import type { PythonModule } from "./python/module.js";
import { openModules } from "./python/open-modules.js";
import type { ParsePython } from "./python/parser.js";
import { preflight } from "./python/preflight.js";
import type { Project } from "./python/project.js";
import { type Asked, type Questions, sameQuestions } from "./repository/questions.js";
import { changedRequirements, requirementsAround } from "./requirements/around.js";
import { inventory } from "./session/inventory.js";
import { POSTURE_SETTINGS, postureOf } from "./settings/posture.js";
import { type PlacedSuppression, readSuppressions } from "./suppression/read-suppressions.js";

/** What was seen in both versions of one file. */
export interface FileReview {
  readonly change: FileChange;
  readonly base: readonly LocatedEvidence[];
  readonly head: readonly LocatedEvidence[];
  readonly suppressions: readonly PlacedSuppression[];
  /** Whether the rules look at the code of a line at head. */
  readonly looksAt: (line: number) => boolean;
  readonly unscanned: readonly Unscanned[];
  readonly inventory: readonly InventoryEntry[];
  readonly posture: readonly PostureEntry[];
  /** What each rule asked of the repository and was not at hand, on both sides. */
  readonly asked: ReadonlyMap<Rule, Sides>;
  /** What is asked for the posture, where it changed. */
  readonly wanted: readonly Wanted[];
  readonly parsedBytes: number;
}

interface Sides {
  readonly base: Asked;
  readonly head: Asked;
}

/** All that a review of a file needs beside the file. */
export interface Surroundings {
  readonly parse: ParsePython;
  readonly rules: readonly Rule[];
  readonly project: Project;
  readonly questions: Questions;
}

export function reviewFile(change: FileChange, surroundings: Surroundings): FileReview {
  const language = languageOf(change);
  return language === "python"
    ? reviewPython(change, surroundings)
    : reviewText(change, language, surroundings);
}

/**
 * What of the repository could change what is said of the file: what a rule asked that has
 * something to report, and what it asked on one side and not on the other.
 */
export function wantedBy(review: FileReview, speaks: (rule: Rule) => boolean): readonly Wanted[] {
  const open = [...review.asked].filter(
    ([rule, { base, head }]) => speaks(rule) || !sameQuestions(base, head),
  );
  return [
    ...open.flatMap(([, { base, head }]) => [...base.values(), ...head.values()]),
    ...review.wanted,
  ];
}

function reviewPython(change: FileChange, surroundings: Surroundings): FileReview {
  const { parse, rules, project, questions } = surroundings;
  const { base, head } = openModules(change, parse, project);
  if (change.status === "modified" && !mayHaveConsequences(base, head, project)) {
    return withoutFacts(change, head);
  }
  const seen = { base: new Map<Rule, Asked>(), head: new Map<Rule, Asked>() };
  const looksAt = (module: PythonModule, asked: Map<Rule, Asked>): readonly Look[] =>
    rules.flatMap((rule) => {
      if (rule.language !== undefined && rule.language !== "python") return [];
      const detect = () => {
        const look = questions.during(() => rule.detect(module));
        asked.set(rule, look.asked);
        return look.value;
      };
      return [{ rule, detect }];
    });
  const seenAtBase = observe(change, base, looksAt(base, seen.base));
  const seenAtHead = observe(change, head, looksAt(head, seen.head));
  const posture = POSTURE_SETTINGS.map((setting) =>
    questions.during(() => postureOf(setting, base, head)),
  ).filter(({ value }) => value.length > 0);
  return {
    change,
    base: seenAtBase.evidence,
    head: seenAtHead.evidence,
    suppressions: readSuppressions(change),
    looksAt: head.looksAt,
    inventory: inventory(base, head),
    posture: posture.flatMap(({ value }) => value),
    unscanned: [
      ...unsafeText(change),
      ...unreadIn(change.status === "removed" ? base : head),
      ...seenAtBase.crashes,
      ...seenAtHead.crashes,
    ],
    asked: askedBy(rules, seen),
    wanted: posture.flatMap(({ asked }) => [...asked.values()]),
    parsedBytes: base.parsedBytes + head.parsedBytes,
  };
}

function askedBy(
  rules: readonly Rule[],
  seen: Readonly<Record<keyof Sides, ReadonlyMap<Rule, Asked>>>,
): ReadonlyMap<Rule, Sides> {
  const none: Asked = new Map();
  return new Map(
    rules.map((rule) => [
      rule,
      { base: seen.base.get(rule) ?? none, head: seen.head.get(rule) ?? none },
    ]),
  );
}

/** A file of which the same can be said in both versions. */
function withoutFacts(change: FileChange, head: PythonModule): FileReview {
  return {
    change,
    base: [],
    head: [],
    suppressions: readSuppressions(change),
    looksAt: head.looksAt,
    unscanned: unsafeText(change),
    inventory: [],
    posture: [],
    asked: new Map(),
    wanted: [],
    parsedBytes: 0,
  };
}

function isTextRule(rule: Rule): rule is TextRule {
  return rule.language !== undefined && rule.language !== "python";
}

/** What a rule looks for in a file that is read as text; undefined when it does not look there. */
function textDetector(
  rule: Rule,
  language: Language | undefined,
): ((file: SourceFile, around: FilesAround) => readonly Evidence[]) | undefined {
  if (isTextRule(rule)) return rule.language === language ? rule.detect : undefined;
  return language === "template" ? rule.detectInTemplate : undefined;
}

function reviewText(
  change: FileChange,
  language: Language | undefined,
  { rules, project, questions }: Surroundings,
): FileReview {
  const base: SourceFile = { path: change.basePath, side: "LEFT", text: change.base };
  const head: SourceFile = { path: change.path, side: "RIGHT", text: change.head };
  const seen = { base: new Map<Rule, Asked>(), head: new Map<Rule, Asked>() };
  const around: FilesAround = {
    requirements: (side) => requirementsAround(project, side, change),
    changedRequirements: (side) => changedRequirements(project, side, change),
  };
  const looksAt = (file: SourceFile, asked: Map<Rule, Asked>): readonly Look[] =>
    rules.flatMap((rule) => {
      const detector = textDetector(rule, language);
      if (detector === undefined) return [];
      const detect = () => {
        const look = questions.during(() => detector(file, around));
        asked.set(rule, look.asked);
        return look.value;
      };
      return [{ rule, detect }];
    });
  const seenAtBase = observe(change, base, looksAt(base, seen.base));
  const seenAtHead = observe(change, head, looksAt(head, seen.head));
  return {
    change,
    base: seenAtBase.evidence,
    head: seenAtHead.evidence,
    suppressions: readSuppressions(change),
    looksAt: () => true,
    inventory: [],
    posture: [],
    asked: askedBy(rules, seen),
    wanted: [],
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
