import type { ConfigurationProblem } from "../model/configuration.js";
import type { RangeVerdict } from "../model/review.js";
import { countBySeverity, type SuppressionProblem } from "../model/scan-result.js";
import { SEVERITIES } from "../model/severity.js";
import type { CheckContent } from "./check-content.js";
import { renderPlace } from "./check-findings.js";
import type { Section } from "./fit-sections.js";
import { codeSpan, plainSentence } from "./markdown.js";
import { type Catalogue, countOf, linkRule, titleOf } from "./words.js";

/** What limits the answer: files that were not read, or not as a whole. */
export function unreadSection({ scan }: CheckContent): Section {
  const files = scan.unscanned.map(({ path, line, detail }) => {
    const place = line === undefined ? "" : `, line ${line}`;
    return `- ${codeSpan(path)}${place}: ${plainSentence(detail)}`;
  });
  return { name: "Not reviewed", opening: "### Not reviewed\n", rows: files };
}

/** Other verdicts on the same commit, each with what fails it. */
export function rangesSection({ otherRanges, ...catalogue }: CheckContent): Section {
  return {
    name: "Other bases of this commit",
    opening: "### Other bases of this commit\n",
    rows: otherRanges.filter(isWorthTelling).map((range) => {
      const failing = range.failing.map(
        (finding) =>
          `\n  - **${titleOf(finding, catalogue)}** in ${renderPlace(finding.region)} (${linkRule(finding.rule, catalogue)})`,
      );
      return `- ${renderRange(range)}${failing.join("")}`;
    }),
  };
}

function isWorthTelling({ conclusion }: RangeVerdict): boolean {
  return conclusion !== "success";
}

function renderRange({ label, conclusion, failing, unscanned }: RangeVerdict): string {
  const name = renderLabel(label);
  if (conclusion === "unknown") return `${name}: could not be judged, so this check cannot pass.`;
  const parts = [
    ...SEVERITIES.map((severity) => [severity, countBySeverity(failing)[severity]] as const)
      .filter(([, count]) => count > 0)
      .map(([severity, count]) => countOf(count, severity)),
    ...(unscanned > 0 ? [`${countOf(unscanned, "file")} not reviewed`] : []),
  ];
  return `${name}: ${parts.length > 0 ? parts.join(", ") : "warnings, none of which fails"}.`;
}

function renderLabel(label: RangeVerdict["label"]): string {
  if (label.kind === "default-branch") return `Against the default branch ${codeSpan(label.name)}`;
  const { number, baseRef } = label;
  return baseRef === undefined ? `#${number}` : `#${number} into ${codeSpan(baseRef)}`;
}

export function configurationSection(content: CheckContent): Section {
  const change = content.configurationChange
    ? ["- This pull request changes the configuration. The change takes effect once it is merged."]
    : [];
  const problems = content.configurationProblems.map(renderConfigurationProblem);
  const effect =
    problems.length > 0 ? ["- Until that is fixed, nothing in such a file counts."] : [];
  return {
    name: "Configuration",
    opening: "### Configuration\n",
    rows: [...change, ...problems, ...effect],
  };
}

function renderConfigurationProblem({ source, line, detail }: ConfigurationProblem): string {
  const file =
    source === "repository"
      ? "`.github/cyclekey.yml`"
      : "`.github/cyclekey.yml` of the organisation";
  const place = line === undefined ? file : `${file}, line ${line}`;
  return `- ${place}: ${plainSentence(detail)}`;
}

export function ignoredSection({ scan }: CheckContent): Section {
  return {
    name: "Left out by the configuration",
    opening: "### Left out by the configuration\n",
    rows: scan.ignored.map((path) => `- ${codeSpan(path)}`),
  };
}

export function suppressionProblemsSection({ scan, ...catalogue }: CheckContent): Section {
  return {
    name: "Ignore comments without effect",
    opening: "### Ignore comments without effect\n",
    rows: scan.suppressionProblems.map((one) => {
      return `- ${codeSpan(one.path)}, line ${one.line}: ${describeProblem(one, catalogue)}`;
    }),
  };
}

function describeProblem({ problem, rule }: SuppressionProblem, catalogue: Catalogue): string {
  const named = catalogue.rules.has(rule) ? linkRule(rule, catalogue) : codeSpan(rule);
  switch (problem) {
    case "no-reason":
      return "it gives no reason, so it silences nothing.";
    case "unknown-rule":
      return rule === "" ? "it names no rule." : `there is no rule ${named}.`;
    case "unused":
      return `${named} finds nothing there. The comment can go.`;
  }
}
