import { isOutdated, lostFixes, newestDjango } from "../django/support.js";
import type { FileChange } from "../model/change.js";
import { message } from "../model/message.js";
import type { Evidence, EvidencePair, FilesAround, Fix, Judgement, Rule } from "../model/rule.js";
import { compareSeverity, type Severity } from "../model/severity.js";
import type { SourceFile } from "../model/source.js";
import { precedence } from "../requirements/around.js";
import { exactVersion, type Range } from "../requirements/constraint.js";
import { type PackageFact, packageFacts } from "../requirements/packages.js";
import { rankNewest, rankVersion, UNBOUNDED } from "../requirements/rank.js";
import { compareVersions, showVersion, type Version } from "../requirements/version.js";

export const djangoDowngrade: Rule = {
  language: "requirements",
  meta: {
    id: "django-downgrade",
    title: "Django or a login package is downgraded",
    severity: "error",
    status: "stable",
    suggestion: "safe",
    seed: "Keep your Django framework and all its dependencies up-to-date. Security vulnerabilities, including those related to session management, are often patched in newer versions.",
    cwe: [1395],
    references: [
      "https://docs.djangoproject.com/en/stable/releases/security/",
      "https://www.djangoproject.com/download/#supported-versions",
    ],
    docs: {
      why: "A constraint that lets only older releases through brings back what newer ones have fixed, including issues in sessions, cookies, logins and caches.",
      remedy:
        "Keep the newer constraint. Where another package demands the older release, take the newest release of a series that still gets security fixes.",
      verify:
        "`python -m django --version` in the built environment must print a release with the fixes.",
      tests: [],
      limits:
        "The table of releases and fixes has a date and lists only issues of sessions, cookies, logins and caches. Of other packages only a lowered constraint is reported. Lock files are compared for Django alone, and not where the list of changed files comes without their patch. setup.py is read only where it lists requirements as literals; tox.ini, test, documentation and development requirements are left out.",
    },
  },

  detect(file: SourceFile, around: FilesAround): readonly Evidence[] {
    const facts = packageFacts(file);
    return facts.flatMap((fact) => {
      const { name, requirement } = fact;
      if (requirement.locked && name !== "django") return [];
      const newest = newestOf(fact);
      return [
        {
          identity: name,
          symbol: requirement.group,
          strength: newest ?? UNBOUNDED,
          span: requirement.span,
          guards: [],
          confidence: exactVersion(requirement.range) ? "high" : "medium",
          values: { package: shownName(name), constraint: requirement.constraint || "any version" },
          detail: {
            fact,
            installed: installedOf(fact, file, around),
            isSaidElsewhere: (severity) => isSaidElsewhere(fact, file, around, severity),
          } satisfies DowngradeDetail,
        },
      ];
    });
  },

  judge({ base, head }: EvidencePair): Judgement | undefined {
    if (base === undefined) return undefined;
    const [before, after] = [base.detail as DowngradeDetail, head.detail as DowngradeDetail];
    if (isRaised(before.installed, after.installed)) return undefined;
    if (letsThrough(after.fact, before)) return undefined;
    const judged = judgePackage(before.fact, after.fact);
    if (judged === undefined) return undefined;
    const { severity, template, values } = judged;
    return {
      severity: after.isSaidElsewhere(severity) ? "notice" : severity,
      confidence: head.confidence,
      message: message(template, {
        package: head.values.package ?? "",
        base: base.values.constraint ?? "",
        head: head.values.constraint ?? "",
        ...values,
      }),
    };
  },

  suggest({ base, head }: EvidencePair, change: FileChange): readonly Fix[] {
    if (base === undefined) return [];
    const [before, after] = [base.detail as DowngradeDetail, head.detail as DowngradeDetail];
    const judged = judgePackage(before.fact, after.fact);
    if (judged === undefined || after.isSaidElsewhere(judged.severity)) return [];
    return restoreConstraint(before.fact.requirement, after.fact.requirement, change);
  },
};

interface DowngradeDetail {
  readonly fact: PackageFact;
  /** The release that is installed, where a file of the change set pins one. */
  readonly installed: Version | undefined;
  readonly isSaidElsewhere: (severity: Severity) => boolean;
}

/**
 * Whether another file of the change set says as much of the package: one that asks for it rather than
 * what was compiled or locked from that, else the first.
 */
function isSaidElsewhere(
  { name }: PackageFact,
  { path }: SourceFile,
  around: FilesAround,
  severity: Severity,
): boolean {
  const factIn = (files: readonly SourceFile[], at: string) =>
    files
      .filter((file) => file.path === at)
      .flatMap(packageFacts)
      .find((one) => one.name === name);
  const [before, after] = [around.changedRequirements("LEFT"), around.changedRequirements("RIGHT")];
  return after.some((other) => {
    if (precedence(other.path, path) >= 0) return false;
    const [old, now] = [factIn(before, other.path), factIn(after, other.path)];
    const judged = old && now && isLowered(old, now) ? judgePackage(old, now) : undefined;
    return judged !== undefined && compareSeverity(judged.severity, severity) >= 0;
  });
}

function isLowered(before: PackageFact, after: PackageFact): boolean {
  return (newestOf(after) ?? UNBOUNDED) < (newestOf(before) ?? UNBOUNDED);
}

/** What a range lets through matters less than the pin beside it, as `requirements.txt` beside `requirements.in`. */
function installedOf(
  { name, requirement }: PackageFact,
  { side }: SourceFile,
  around: FilesAround,
): Version | undefined {
  const own = exactVersion(requirement.range);
  if (own !== undefined) return own;
  return around
    .changedRequirements(side)
    .flatMap(packageFacts)
    .filter((other) => other.name === name)
    .map((other) => exactVersion(other.requirement.range))
    .find((version) => version !== undefined);
}

function isRaised(before: Version | undefined, after: Version | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  return compareVersions(before, after) <= 0;
}

/** Whether a pin stood beside a constraint at base, and the one at head still lets that release through. */
function letsThrough(head: PackageFact, { fact, installed }: DowngradeDetail): boolean {
  const newest = newestOf(head);
  const wasPinned = exactVersion(fact.requirement.range) !== undefined;
  return (
    !wasPinned &&
    installed !== undefined &&
    newest !== undefined &&
    rankVersion(installed) <= newest
  );
}

type Judged = Pick<Judgement, "severity"> & {
  readonly template: string;
  readonly values?: Readonly<Record<string, string>>;
};

function newestOf({ name, requirement: { range } }: PackageFact): number | undefined {
  if (name !== "django") return rankNewest(range);
  const newest = newestDjango(range);
  return newest && rankVersion(newest);
}

function judgePackage(base: PackageFact, head: PackageFact): Judged | undefined {
  return head.name === "django" ? judgeDjango(base, head) : judgeOther(base, head);
}

function judgeDjango(base: PackageFact, head: PackageFact): Judged | undefined {
  const before = newestDjango(base.requirement.range);
  const after = newestDjango(head.requirement.range);
  if (after === undefined) return undefined;
  const lost = lostFixes(before, after);
  const values = { cves: listed(lost), newest: showVersion(after) };
  if (before === undefined) {
    // Anything could be installed before, so what this shuts out is known, what it replaces is not.
    return lost.length === 0 ? undefined : { severity: "warning", template: LIMITED, values };
  }
  if (lost.length > 0) return { severity: "error", template: LOST, values };
  return mayHaveRun(base.requirement.range, after)
    ? undefined
    : { severity: "warning", template: OLDER };
}

/** Whether the newest release of a series is one that a range let through: then nothing may have changed. */
function mayHaveRun(range: Range, version: Version): boolean {
  const isBelow = range.lower !== undefined && compareVersions(version, range.lower.version) < 0;
  return exactVersion(range) === undefined && !isOutdated(version) && !isBelow;
}

/** A pin and a range cannot be compared without a list of releases. */
function judgeOther(base: PackageFact, head: PackageFact): Judged | undefined {
  const [before, after] = [base.requirement.range, head.requirement.range];
  if (before.upper === undefined || after.upper === undefined) return undefined;
  if (beginsLater(before, after)) return undefined;
  const comparable = (exactVersion(before) === undefined) === (exactVersion(after) === undefined);
  return comparable ? { severity: "warning", template: OLDER } : undefined;
}

/** What ends earlier but begins later, `~=0.39` that becomes `~=0.44.0`, was more likely raised. */
function beginsLater({ lower: before }: Range, { lower: after }: Range): boolean {
  if (after === undefined) return false;
  return before === undefined || compareVersions(before.version, after.version) < 0;
}

const LOST = "Django goes from {base} to {head}, losing the fixes for {cves}.";
const LIMITED =
  "Django is now limited to {head}: the newest release that this lets through, {newest}, lacks the fixes for {cves}.";
const OLDER =
  "{package} goes from {base} to {head}: an older release, without what was fixed since.";

/** The three newest, so that the sentence stays one. */
function listed(cves: readonly string[]): string {
  const rest = cves.length - 3;
  return cves.slice(0, 3).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

const SHOWN: Readonly<Record<string, string>> = {
  django: "Django",
  djangorestframework: "Django REST framework",
};

function shownName(name: string): string {
  return SHOWN[name] ?? name;
}

/**
 * The line at head with the constraint of base. Not in a lock file, whose hashes belong to the
 * version, and not where hashes follow on the next lines.
 */
function restoreConstraint(
  base: PackageFact["requirement"],
  head: PackageFact["requirement"],
  change: FileChange,
): readonly Fix[] {
  const { start, end, startLine } = head.span;
  if (head.locked || base.constraint === "" || head.constraint === "") return [];
  const lineStart = change.head.lastIndexOf("\n", start - 1) + 1;
  const lineEnd = change.head.indexOf("\n", end);
  const line = change.head.slice(lineStart, lineEnd === -1 ? undefined : lineEnd);
  if (/\\\s*$|--hash/.test(line)) return [];
  const restored = line.slice(0, start - lineStart) + base.constraint + line.slice(end - lineStart);
  return [{ kind: "replace", startLine, endLine: startLine, lines: [restored] }];
}
