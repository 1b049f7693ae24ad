import type { ChangeSet } from "../model/change.js";
import type { Finding } from "../model/finding.js";
import { countBySeverity, type ScanResult, type SuppressionProblem } from "../model/scan-result.js";
import type { Severity } from "../model/severity.js";
import { showInvisible } from "../render/markdown.js";
import { renderPlainMessage } from "../render/message.js";
import { type Catalogue, countOf, titleOf } from "../render/words.js";
import { codeFrame, describePlace, suggestionDiff } from "./code-frame.js";
import type { Palette } from "./palette.js";

/**
 * The report for people: findings by file with their source, then what else a reviewer should know,
 * then one line of counts. Ends with a line feed.
 */
export function renderPretty(
  result: ScanResult,
  changeSet: ChangeSet,
  rules: Catalogue["rules"],
  palette: Palette,
): string {
  const sections = [
    ...fileSections(result.findings, changeSet, rules, palette),
    listSection("Session settings that changed", postureLines(result), palette),
    listSection("Session data that this starts to store", inventoryLines(result), palette),
    listSection("Suppressed in the source", suppressedLines(result), palette),
    listSection("Suppressions that do nothing", suppressionProblemLines(result), palette),
    listSection("Left out by the configuration", result.ignored, palette),
    listSection("Not reviewed", unscannedLines(result), palette),
    [closingLine(result, palette)],
  ];
  const filled = sections.filter((section) => section.length > 0);
  return `${filled.map((section) => section.join("\n")).join("\n\n")}\n`;
}

function fileSections(
  findings: readonly Finding[],
  changeSet: ChangeSet,
  rules: Catalogue["rules"],
  palette: Palette,
): readonly (readonly string[])[] {
  const paths = [...new Set(findings.map(({ region }) => region.path))];
  return paths.flatMap((path) => [
    [palette.strong(showInvisible(path))],
    ...findings
      .filter(({ region }) => region.path === path)
      .map((finding) => findingSection(finding, changeSet, rules, palette)),
  ]);
}

function findingSection(
  finding: Finding,
  changeSet: ChangeSet,
  rules: Catalogue["rules"],
  palette: Palette,
): readonly string[] {
  const { severity, suggestion, suppression } = finding;
  const title = titleOf(finding, { rules });
  const lines = [
    `${palette.severity[severity](severity)} ${palette.strong(title)} ${palette.faint(`[${finding.rule}]`)}`,
    palette.faint(`${describePlace(finding)}, confidence ${finding.confidence}`),
    ...codeFrame(changeSet, finding.region, palette).map(indent),
    renderPlainMessage(finding.message),
  ];
  if (suppression !== undefined) {
    lines.push(
      "The comment that suppresses this rule was added by this change, so it does not count.",
    );
  }
  if (suggestion !== undefined) {
    const { startLine, endLine } = suggestion;
    const place = startLine === endLine ? `line ${startLine}` : `lines ${startLine}-${endLine}`;
    lines.push(`Suggestion for ${place}:`);
    lines.push(...suggestionDiff(changeSet, suggestion, palette).map(indent));
  }
  return lines.map(indent);
}

function postureLines({ posture }: ScanResult): readonly string[] {
  return posture.map(
    ({ path, setting, base, head, direction }) =>
      `${path}: ${setting} ${base} -> ${head}${direction === "different" ? "" : ` (${direction})`}`,
  );
}

function inventoryLines({ inventory }: ScanResult): readonly string[] {
  return inventory.map(({ path, line, key, category, protection }) => {
    const how = protection === "none" ? "" : `, ${protection}`;
    return `${path}:${line}: ${key} (${category}${how})`;
  });
}

function suppressedLines({ suppressed }: ScanResult): readonly string[] {
  return suppressed.map(
    ({ region, rule, suppression }) =>
      `${region.path}:${region.startLine}: ${rule}: ${suppression?.reason ?? ""}`,
  );
}

const PROBLEMS: Readonly<Record<SuppressionProblem["problem"], string>> = {
  "no-reason": "gives no reason",
  "unknown-rule": "names no rule",
  unused: "stands at nothing that its rule looks at",
};

function suppressionProblemLines({ suppressionProblems }: ScanResult): readonly string[] {
  return suppressionProblems.map(
    ({ path, line, rule, problem }) => `${path}:${line}: ignore[${rule}] ${PROBLEMS[problem]}`,
  );
}

function unscannedLines({ unscanned }: ScanResult): readonly string[] {
  return unscanned.map(({ path, line, detail }) => {
    return `${path}${line === undefined ? "" : `:${line}`}: ${detail}`;
  });
}

function listSection(title: string, lines: readonly string[], palette: Palette): readonly string[] {
  if (lines.length === 0) return [];
  return [palette.strong(title), ...lines.map((line) => indent(showInvisible(line)))];
}

/** One line of counts. */
export function closingLine(
  { findings, suppressed, unscanned, stats }: ScanResult,
  palette: Palette,
): string {
  const counts = countBySeverity(findings);
  const severities: readonly Severity[] = ["error", "warning", "notice"];
  const found = severities
    .filter((severity) => counts[severity] > 0)
    .map((severity) => palette.severity[severity](countOf(counts[severity], severity)));
  const parts = [
    found.length === 0 ? "no regressions" : found.join(", "),
    ...(suppressed.length > 0 ? [`${suppressed.length} suppressed`] : []),
    ...(unscanned.length > 0 ? [`${unscanned.length} not reviewed`] : []),
  ];
  const files = `${countOf(stats.changedFiles, "file")} changed, ${stats.scannedFiles} reviewed`;
  return `${palette.strong("cyclekey:")} ${parts.join(", ")} (${files})`;
}

function indent(line: string): string {
  return line === "" ? "" : `  ${line}`;
}
