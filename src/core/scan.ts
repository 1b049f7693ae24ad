import { configureRules } from "./config/configure-rules.js";
import { withoutIgnored } from "./config/ignored-files.js";
import { compare, type Regression } from "./differential.js";
import type { ChangeSet, FileChange } from "./model/change.js";
import { type Configuration, DEFAULT_CONFIGURATION } from "./model/configuration.js";
import type { Finding } from "./model/finding.js";
import { NOTHING_FETCHED, type RepositoryFiles, type Wanted } from "./model/repository.js";
import type { Rule } from "./model/rule.js";
import type { ScanResult, SuppressionProblem } from "./model/scan-result.js";
import type { Unscanned } from "./model/unscanned.js";
import { onlyDjango } from "./only-django.js";
import type { ParsePython } from "./python/parser.js";
import type { Project } from "./python/project.js";
import { mayMatter } from "./relevance.js";
import { openProject } from "./repository/open-project.js";
import { createQuestions } from "./repository/questions.js";
import { type FileReview, reviewFile, type Surroundings } from "./review-file.js";
import { RULES } from "./rules/index.js";
import { addSuggestions, type Trial } from "./suggestions.js";
import { suppressionProblems } from "./suppression/suppression-problems.js";

export interface ScanOptions {
  /** Absent: the whole catalogue. */
  readonly rules?: readonly Rule[];
  /** What of the repository is at hand beside the change set; absent: nothing. */
  readonly repository?: RepositoryFiles;
  readonly configuration?: Configuration;
}

/**
 * Reviews a change set: the same change set, configuration and files around it always give the same
 * result, whatever the order. Nothing is thrown; what could not be reviewed is in `unscanned`, and
 * what of the repository could change the answer and was not fetched is in `wanted`.
 */
export function scan(
  changeSet: ChangeSet,
  parse: ParsePython,
  {
    rules = RULES,
    repository = NOTHING_FETCHED,
    configuration = DEFAULT_CONFIGURATION,
  }: ScanOptions = {},
): ScanResult {
  const { reviewed, ignored, unscanned } = withoutIgnored(changeSet, configuration.ignoredPaths);
  const files = [...reviewed].sort((a, b) => (a.path < b.path ? -1 : 1)).filter(mayMatter);
  const applied = configureRules(rules, configuration.rules).filter(
    (rule) => rule.appliesTo?.(files) ?? true,
  );
  const open: Opening = { parse, rules: applied, repository, configuration };
  const { around, project, questions } = lookAround(changeSet, open);
  const reviews = files.map((change) => reviewFile(change, around));
  const { value: regressions, asked } = questions.during(() => compareReviews(reviews, project));
  const findings = addSuggestions(regressions, trialOf(reviews, regressions), (change) => {
    const trial = reviewAnew(changeSet, change, reviews, (changed) => lookAround(changed, open));
    return trialOf(trial, compareReviews(trial, project));
  });
  const read = new Set(project.opened.filter((path) => !files.some((file) => file.path === path)));
  return {
    base: changeSet.base,
    head: changeSet.head,
    findings: findings.filter((finding) => !isSilenced(finding)),
    suppressed: findings.filter(isSilenced),
    suppressionProblems: suppressionProblemsOf(reviews, findings, rules, applied),
    inventory: reviews.flatMap((review) => review.inventory),
    posture: reviews.flatMap((review) => review.posture),
    ignored,
    unscanned: [...unscanned, ...reviews.flatMap(unscannedOf)],
    wanted: uniqueWanted([...asked.values(), ...reviews.flatMap((one) => wants(one, regressions))]),
    stats: {
      changedFiles: changeSet.changedFiles,
      scannedFiles: files.length,
      changedBytes: sum(changeSet.files, ({ base, head }) => base.length + head.length),
      contextFiles: read.size,
      parsedBytes: sum(reviews, (review) => review.parsedBytes) + project.parsedBytes,
    },
  };
}

interface Opening {
  readonly parse: ParsePython;
  readonly rules: readonly Rule[];
  readonly repository: RepositoryFiles;
  readonly configuration: Configuration;
}

function lookAround(changeSet: ChangeSet, { parse, rules, repository, configuration }: Opening) {
  const questions = createQuestions();
  const project = openProject(changeSet, repository, parse, questions.ask, configuration);
  const around: Surroundings = { parse, rules, project, questions };
  return { around, project, questions };
}

/** The reviews with one file replaced by another version of it, in a project that holds that version. */
function reviewAnew(
  changeSet: ChangeSet,
  change: FileChange,
  reviews: readonly FileReview[],
  look: (changed: ChangeSet) => { readonly around: Surroundings },
): readonly FileReview[] {
  const replace = (file: FileChange) => (file.path === change.path ? change : file);
  const { around } = look({ ...changeSet, files: changeSet.files.map(replace) });
  return reviews.map((review) =>
    review.change.path === change.path ? reviewFile(change, around) : review,
  );
}

function wants(review: FileReview, regressions: readonly Regression[]): readonly Wanted[] {
  const speaking = new Set(
    regressions
      .filter(({ pair }) =>
        [pair.head.change, pair.base?.change].some((one) => one?.path === review.change.path),
      )
      .map(({ pair }) => pair.head.rule),
  );
  return review.wanted((rule) => speaking.has(rule));
}

/** Each once, in an order that does not depend on who asked. */
function uniqueWanted(wanted: readonly Wanted[]): readonly Wanted[] {
  const byKey = new Map(wanted.map((one) => [`${one.kind} ${one.path} ${one.side}`, one]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function compareReviews(reviews: readonly FileReview[], project: Project): readonly Regression[] {
  const suppressions = new Map(reviews.map((review) => [review.change, review.suppressions]));
  const speaking = [...new Set(reviews.flatMap((review) => review.speaking))];
  const regressions = compare(
    reviews.flatMap((review) => speaking.flatMap(review.base)),
    reviews.flatMap((review) => speaking.flatMap(review.head)),
    (change) => suppressions.get(change) ?? [],
  );
  return onlyDjango(regressions, project);
}

function unscannedOf({ change, unscanned }: FileReview): readonly Unscanned[] {
  const { path, basePath } = change;
  return path === basePath ? unscanned : unscanned.map((one) => ({ ...one, basePath }));
}

function trialOf(reviews: readonly FileReview[], regressions: readonly Regression[]): Trial {
  return {
    fingerprints: new Set(regressions.map(({ finding }) => finding.fingerprint)),
    unread: sum(reviews, (review) => review.unscanned.length),
  };
}

function suppressionProblemsOf(
  reviews: readonly FileReview[],
  findings: readonly Finding[],
  rules: readonly Rule[],
  applied: readonly Rule[],
): readonly SuppressionProblem[] {
  const used = new Set(findings.flatMap(({ suppression }) => suppression ?? []));
  const asked = { known: idsOf(rules), applied: idsOf(applied) };
  return reviews.flatMap((review) =>
    suppressionProblems({ ...review, head: applied.flatMap(review.head) }, asked, used),
  );
}

function idsOf(rules: readonly Rule[]): ReadonlySet<string> {
  return new Set(rules.map(({ meta }) => meta.id));
}

/** A suppression that the change set itself adds does not silence. */
function isSilenced({ suppression }: Finding): boolean {
  return suppression !== undefined && !suppression.added;
}

function sum<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((total, item) => total + count(item), 0);
}
