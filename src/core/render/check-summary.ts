import { countBySeverity } from "../model/scan-result.js";
import { SEVERITIES } from "../model/severity.js";
import type { CheckContent } from "./check-content.js";
import { acceptedSection, findingsSection, suppressedSection } from "./check-findings.js";
import { renderLead } from "./check-lead.js";
import {
  configurationSection,
  ignoredSection,
  rangesSection,
  suppressionProblemsSection,
  unreadSection,
} from "./check-notes.js";
import { inventorySection, postureSection } from "./check-tables.js";
import { fitSections } from "./fit-sections.js";
import { capitalise, countOf } from "./words.js";

/** `2 errors, 1 warning`. */
export function renderCheckTitle(content: CheckContent): string {
  const { findings, verdict, scan, otherRanges } = content;
  const counts = countBySeverity(findings);
  const parts = SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) =>
    countOf(counts[severity], severity),
  );
  if (verdict.accepted.length > 0) parts.push(`${verdict.accepted.length} accepted`);
  if (scan.unscanned.length > 0)
    parts.push(`${countOf(scan.unscanned.length, "file")} not reviewed`);
  if (otherRanges.some(({ conclusion }) => conclusion === "failure" || conclusion === "unknown")) {
    parts.push("fails against another base");
  }
  return parts.length > 0 ? capitalise(parts.join(", ")) : "No session-security regressions";
}

/**
 * The summary of a check run: everything that was found, and everything that was not looked at. What
 * comes last is left out first.
 */
export function renderCheckSummary(content: CheckContent): string {
  const sections = [
    findingsSection("error", content),
    rangesSection(content),
    findingsSection("warning", content),
    unreadSection(content),
    findingsSection("notice", content),
    acceptedSection(content),
    configurationSection(content),
    postureSection(content),
    inventorySection(content),
    suppressedSection(content),
    suppressionProblemsSection(content),
    ignoredSection(content),
  ];
  return fitSections(renderLead(content), sections, content.limit);
}
