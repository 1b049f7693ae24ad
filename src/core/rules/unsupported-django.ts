import { DJANGO_SERIES, RELEASES_AS_OF } from "../django/releases.js";
import { isSupported, newestDjango, supportedSeries } from "../django/support.js";
import { message } from "../model/message.js";
import type { Evidence, EvidencePair, FilesAround, Judgement, Rule } from "../model/rule.js";
import type { SourceFile, Span } from "../model/source.js";
import { precedence } from "../requirements/around.js";
import { admits } from "../requirements/constraint.js";
import { asksForAny, type PackageFact, packageFacts } from "../requirements/packages.js";
import { compareVersions, seriesOf, type Version } from "../requirements/version.js";

export const unsupportedDjango: Rule = {
  language: "requirements",
  meta: {
    id: "unsupported-django",
    title: "Django series without security fixes",
    severity: "warning",
    status: "stable",
    suggestion: "needs-review",
    seed: "Keep your Django framework and all its dependencies up-to-date. Security vulnerabilities, including those related to session management, are often patched in newer versions.",
    cwe: [1104],
    references: [
      "https://www.djangoproject.com/download/#supported-versions",
      "https://docs.djangoproject.com/en/stable/internals/release-process/#supported-versions",
    ],
    docs: {
      why: "A vulnerability found after a series has ended is published, but not fixed in that series.",
      remedy:
        "Require a series that gets security fixes; a long-term support release gets them for three years.",
      verify:
        "Compare `python -m django --version` with the list of supported versions on djangoproject.com.",
      tests: [],
      limits:
        "Only a requirement that is new is reported, and it is a notice where a project that runs starts to list what it runs on, and where another file of the change says the same: one that was there before is no regression, a raise made nothing worse, and a lowering is django-downgrade. The table of series has a date; what is newer than the table counts as supported. Lock, test, documentation, development and sample requirements are left out.",
    },
  },

  detect(file: SourceFile, around: FilesAround): readonly Evidence[] {
    if (file.side === "LEFT" && asksForAny(file, "django")) return [ANY_RELEASE];
    return packageFacts(file).flatMap(({ name, requirement }) => {
      const newest = newestDjango(requirement.range);
      if (name !== "django" || requirement.locked) return [];
      const isKnown = wasAskedFor(newest, around) && file.side === "RIGHT";
      const isFine = newest === undefined || isSupported(newest) || isKnown;
      return [
        {
          identity: name,
          symbol: requirement.group,
          strength: isFine ? 1 : 0,
          span: versionIn(requirement),
          guards: [],
          confidence: "high" as const,
          values: {
            series: newest ? seriesOf(newest) : "",
            project: around.hasProject() ? "runs" : "begins",
            elsewhere: isSaidElsewhere(newest, file, around) ? "said" : "",
          },
        },
      ];
    });
  },

  judge({ base, head }: EvidencePair): Judgement | undefined {
    if (base !== undefined || head.strength > 0) return undefined;
    const known = DJANGO_SERIES.find(({ series }) => series === head.values.series);
    // What a project starts to list it has run on before.
    const isNoNews = head.values.project === "runs" || head.values.elsewhere === "said";
    return {
      severity: isNoNews ? "notice" : "warning",
      confidence: head.confidence,
      message: message(known ? LAST : BEFORE, {
        series: head.values.series ?? "",
        last: known?.last ?? "",
        date: known?.date ?? "",
        supported: supportedSeries().join(", "),
        asOf: RELEASES_AS_OF,
      }),
    };
  },
};

/** An archive or a branch, of a release that its address does not tell: what takes its place may be no older. */
const ANY_RELEASE: Evidence = {
  identity: "django",
  symbol: "",
  strength: 1,
  span: undefined,
  guards: [],
  confidence: "low",
  values: { series: "" },
};

/**
 * The project let a series as old through before, in another file: this one repeats it, or takes it
 * over. Both versions ask alike, so that nothing is fetched where there is nothing to say.
 */
function wasAskedFor(newest: Version | undefined, around: FilesAround): boolean {
  const others = around.requirements("LEFT");
  if (others.some((file) => asksForAny(file, "django"))) return true;
  return others.flatMap(packageFacts).some(({ name, requirement }) => {
    const before = name === "django" ? newestDjango(requirement.range) : undefined;
    if (before === undefined || newest === undefined) return false;
    const isOlder = compareVersions(before, newest) < 0;
    return isOlder || seriesOf(before) === seriesOf(newest) || admits(requirement.range, newest);
  });
}

/** Whether another file of the change set, that comes first, asks for the same series. */
function isSaidElsewhere(
  newest: Version | undefined,
  { path, side }: SourceFile,
  around: FilesAround,
): boolean {
  if (newest === undefined || side === "LEFT") return false;
  return around.changedRequirements("RIGHT").some((other) => {
    if (precedence(other.path, path) >= 0) return false;
    return packageFacts(other).some(({ name, requirement }) => {
      const asked = name === "django" ? newestDjango(requirement.range) : undefined;
      return asked !== undefined && seriesOf(asked) === seriesOf(newest);
    });
  });
}

/**
 * The constraint from its first version on: the same text in every kind of file, so that a pin that
 * moves from one to another is known again.
 */
function versionIn({ span, constraint }: PackageFact["requirement"]): Span {
  const operator = Math.max(constraint.search(/\d/), 0);
  return { ...span, start: span.start + operator };
}

const SUPPORTED = " Supported on {asOf}: {supported}.";
const LAST = `Django {series} gets no security fixes: its last release was {last} on {date}.${SUPPORTED}`;
const BEFORE = `Django {series} gets no security fixes.${SUPPORTED}`;
