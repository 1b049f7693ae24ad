import type { ChangeSet } from "../model/change.js";
import type { Finding } from "../model/finding.js";
import type { ScanResult } from "../model/scan-result.js";
import { SEVERITIES } from "../model/severity.js";
import type { CheckContent } from "../render/check-content.js";
import { findingsSection, renderPlace, suppressedSection } from "../render/check-findings.js";
import {
  ignoredSection,
  suppressionProblemsSection,
  unreadSection,
} from "../render/check-notes.js";
import { renderCheckTitle } from "../render/check-summary.js";
import { inventorySection, postureSection } from "../render/check-tables.js";
import { fitSections, type Section } from "../render/fit-sections.js";
import { fenceFor } from "../render/markdown.js";
import type { Catalogue } from "../render/words.js";
import { sortByGravity } from "../review/gravity.js";
import { suggestionDiff } from "./code-frame.js";
import { PLAIN } from "./palette.js";

/**
 * The report for a summary of GitHub Actions, a wiki or a mail: what the check run would say of this
 * range alone, and the suggestions as diffs. Ends with a line feed.
 */
export function renderMarkdown(
  scan: ScanResult,
  changeSet: ChangeSet,
  catalogue: Catalogue,
): string {
  const findings = sortByGravity(scan.findings);
  const content: CheckContent = {
    ...catalogue,
    of: "pull-request",
    scan,
    findings,
    verdict: { conclusion: "neutral", failing: [], accepted: [] },
    conclusion: "neutral",
    otherRanges: [],
    configurationProblems: [],
    configurationChange: false,
    placements: new Map(),
    unannotated: 0,
    limit: Number.POSITIVE_INFINITY,
  };
  const sections = [
    ...SEVERITIES.map((severity) => findingsSection(severity, content)),
    suggestionsSection(findings, changeSet),
    unreadSection(content),
    postureSection(content),
    inventorySection(content),
    suppressedSection(content),
    suppressionProblemsSection(content),
    ignoredSection(content),
  ];
  return `${fitSections(`## cyclekey: ${renderCheckTitle(content)}`, sections, content.limit)}\n`;
}

function suggestionsSection(findings: readonly Finding[], changeSet: ChangeSet): Section {
  const rows = findings.flatMap(({ suggestion }) => {
    if (suggestion === undefined) return [];
    const diff = suggestionDiff(changeSet, suggestion, PLAIN).join("\n");
    const fence = fenceFor(diff);
    const place = renderPlace({ ...suggestion, side: "RIGHT" });
    return [`${place}:\n\n${fence}diff\n${diff}\n${fence}`];
  });
  return {
    name: "Suggestions",
    opening: "### Suggestions\n",
    rows: [...new Set(rows)].map((row, index) => (index === 0 ? row : `\n${row}`)),
  };
}
