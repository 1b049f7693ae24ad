import { concernedTexts, mayHaveConsequences } from "./consequences.js";
import { type LocatedEvidence, mayBeReported, type Observation, observe } from "./evidence.js";
import { type Language, languageOf } from "./language.js";
import type { FileChange } from "./model/change.js";
import type { Wanted } from "./model/repository.js";
import type { Evidence, FilesAround, PythonRule, Rule } from "./model/rule.js";
import type { InventoryEntry, PostureEntry } from "./model/scan-result.js";
import type { SourceFile } from "./model/source.js";
import type { Unscanned } from "./model/unscanned.js";
import { openModules } from "./python/open-modules.js";
import type { ParsePython } from "./python/parser.js";
import type { Project } from "./python/project.js";
import type { PythonModule } from "./python/syntax/module.js";
import { once } from "./python/syntax/once.js";
import { preflight } from "./python/text/preflight.js";
import { type Asked, type Questions, sameQuestions } from "./repository/questions.js";
import { changedRequirements, hasProject, requirementsAround } from "./requirements/around.js";
import { inventory } from "./session/inventory.js";
import { POSTURE_SETTINGS, postureOf } from "./settings/posture.js";
import { CONCERNS } from "./settings/setting-words.js";
import { type PlacedSuppression, readSuppressions } from "./suppression/read-suppressions.js";

/** What was seen in both versions of one file. */
export interface FileReview {
  readonly change: FileChange;
  /** The rules that see something at head which they may report. */
  readonly speaking: readonly Rule[];
  /**
   * What the rule sees at base. It is looked at when it is asked for: base only tells of the facts of
   * head which are old, so a rule that has none there needs none here.
   */
  readonly base: (rule: Rule) => readonly LocatedEvidence[];
  readonly head: (rule: Rule) => readonly LocatedEvidence[];
  readonly suppressions: readonly PlacedSuppression[];
  /** Whether the rules look at the code of a line at head. */
  readonly looksAt: (line: number) => boolean;
  readonly unscanned: readonly Unscanned[];
  readonly inventory: readonly InventoryEntry[];
  readonly posture: readonly PostureEntry[];
  /**
   * What of the repository could change what is said of the file: what a rule asked that has
   * something to report, and what it asked on one side and not on the other.
   */
  readonly wanted: (speaks: (rule: Rule) => boolean) => readonly Wanted[];
  /** So far. */
  readonly parsedBytes: number;
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

function reviewPython(change: FileChange, surroundings: Surroundings): FileReview {
  const { parse, project, questions } = surroundings;
  const { base, head } = openModules(change, parse, project);
  const texts = change.status === "modified" ? concernedTexts(base, head, project) : undefined;
  if (!mayHaveConsequences(texts)) return withoutFacts(change, head);
  const suppressions = readSuppressions(change);
  // Whether a suppression is used is asked of every rule.
  const concerned = suppressions.length > 0 ? undefined : texts;
  const isConcerned = once((words: RegExp) => concerned?.some((text) => words.test(text)) ?? true);
  const rules = surroundings.rules
    .filter(isPythonRule)
    .filter(({ concerns }) => concerns === undefined || isConcerned(concerns));
  const { crashes, ...seen } = compareVersions(
    rules,
    (rule) => questions.during(() => observe(change, base, rule, () => rule.detect(base))),
    (rule) => questions.during(() => observe(change, head, rule, () => rule.detect(head))),
  );
  const shown = isConcerned(CONCERNS.sessions) ? POSTURE_SETTINGS : [];
  const posture = shown
    .map((setting) => questions.during(() => postureOf(setting, base, head)))
    .filter(({ value }) => value.length > 0);
  return {
    ...seen,
    change,
    suppressions,
    looksAt: head.looksAt,
    inventory: inventory(base, head),
    posture: posture.flatMap(({ value }) => value),
    unscanned: [
      ...unsafeText(change),
      ...unreadIn(change.status === "removed" ? base : head),
      ...crashes,
    ],
    wanted: (speaks) => [
      ...seen.wanted(speaks),
      ...posture.flatMap(({ asked }) => [...asked.values()]),
    ],
    get parsedBytes() {
      return base.parsedBytes + head.parsedBytes;
    },
  };
}

type Look<R> = (rule: R) => { readonly value: Observation; readonly asked: Asked };

/** What rules see at head, and at base as far as that tells of what they see, or asked, at head. */
function compareVersions<R extends Rule>(rules: readonly R[], base: Look<R>, head: Look<R>) {
  const [atBase, atHead] = [once(base), once(head)];
  const known = (asked: Rule) => rules.find((one) => one === asked);
  const speaks = (rule: R) => atHead(rule).value.evidence.some(mayBeReported);
  const looking = rules.filter((rule) => {
    const { value, asked } = atHead(rule);
    return speaks(rule) || value.crashes.length > 0 || asked.size > 0;
  });
  const compared = new Set(looking);
  return {
    speaking: looking.filter(speaks),
    base: (asked: Rule) => {
      const rule = known(asked);
      if (rule === undefined) return [];
      compared.add(rule);
      return atBase(rule).value.evidence;
    },
    head: (asked: Rule) => {
      const rule = known(asked);
      return rule === undefined ? [] : atHead(rule).value.evidence;
    },
    crashes: [atBase, atHead].flatMap((look) =>
      looking.flatMap((rule) => look(rule).value.crashes),
    ),
    wanted: (reports: (rule: Rule) => boolean): readonly Wanted[] =>
      [...compared].flatMap((rule) => {
        const [before, after] = [atBase(rule).asked, atHead(rule).asked];
        if (!reports(rule) && sameQuestions(before, after)) return [];
        return [...before.values(), ...after.values()];
      }),
  };
}

/** A file of which the same can be said in both versions. */
function withoutFacts(change: FileChange, head: PythonModule): FileReview {
  return {
    change,
    speaking: [],
    base: () => [],
    head: () => [],
    suppressions: readSuppressions(change),
    looksAt: head.looksAt,
    unscanned: unsafeText(change),
    inventory: [],
    posture: [],
    wanted: () => [],
    parsedBytes: 0,
  };
}

function isPythonRule(rule: Rule): rule is PythonRule {
  return rule.language === undefined || rule.language === "python";
}

/** What a rule looks for in a file that is read as text; undefined when it does not look there. */
function textDetector(
  rule: Rule,
  language: Language | undefined,
): ((file: SourceFile, around: FilesAround) => readonly Evidence[]) | undefined {
  if (!isPythonRule(rule)) return rule.language === language ? rule.detect : undefined;
  return language === "template" ? rule.detectInTemplate : undefined;
}

function reviewText(
  change: FileChange,
  language: Language | undefined,
  { rules, project, questions }: Surroundings,
): FileReview {
  const base: SourceFile = { path: change.basePath, side: "LEFT", text: change.base };
  const head: SourceFile = { path: change.path, side: "RIGHT", text: change.head };
  const around: FilesAround = {
    requirements: (side) => requirementsAround(project, side, change),
    changedRequirements: (side) => changedRequirements(project, side, change),
    hasProject: () => hasProject(project, change),
  };
  const lookAt =
    (file: SourceFile): Look<Rule> =>
    (rule) =>
      questions.during(() =>
        observe(change, file, rule, () => textDetector(rule, language)?.(file, around) ?? []),
      );
  const looking = rules.filter((rule) => textDetector(rule, language) !== undefined);
  const { crashes, ...seen } = compareVersions(looking, lookAt(base), lookAt(head));
  return {
    ...seen,
    change,
    suppressions: readSuppressions(change),
    looksAt: () => true,
    inventory: [],
    posture: [],
    unscanned: crashes,
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
