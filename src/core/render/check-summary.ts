import type { ConfigurationProblem } from "../model/configuration.js";
import type { Finding } from "../model/finding.js";
import type { Conclusion, RangeVerdict, Verdict } from "../model/review.js";
import type { DataCategory, ScanResult } from "../model/scan-result.js";
import { countBySeverity } from "../model/scan-result.js";
import type { Severity } from "../model/severity.js";
import type { Region } from "../model/source.js";
import { hidesFindings } from "../model/unscanned.js";
import { fitSections, type Section } from "./fit-sections.js";
import { codeCell, codeSpan, plainSentence } from "./markdown.js";
import { renderMessage } from "./message.js";
import { type Catalogue, countOf, linesOf, linkRule, SEVERITY_WORDS, titleOf } from "./words.js";

/** Where a reader finds a finding besides the check run, or why nowhere. */
export type Placement = "inline" | "no-room" | "off-diff" | "draft" | "check-only";

export interface SummaryContent extends Catalogue {
  readonly range: "pull-request" | "merge-group";
  readonly scan: ScanResult;
  /** The scan's findings that nobody accepted, gravest first. */
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
  /** Of the check: the verdict, or a worse one of another range. */
  readonly conclusion: Conclusion;
  readonly otherRanges: readonly RangeVerdict[];
  readonly configurationProblems: readonly ConfigurationProblem[];
  readonly configurationChange: boolean;
  /** By fingerprint. */
  readonly placements: ReadonlyMap<string, Placement>;
  /** Findings and files without an annotation for want of room. */
  readonly unannotated: number;
  /** Characters of the summary. */
  readonly limit: number;
}

const SEVERITIES: readonly Severity[] = ["error", "warning", "notice"];

const PLACEMENTS: Readonly<Record<Placement, string>> = {
  inline: "",
  "no-room": " *Only here: the pull request has as many comments as it should have.*",
  "off-diff": " *Only here: the diff does not show the line.*",
  draft: " *The comment comes when the draft is ready for review.*",
  "check-only": "",
};

const CATEGORIES: Readonly<Record<DataCategory, string>> = {
  credential: "credential",
  token: "token",
  otp: "one-time code",
  payment: "payment data",
  "government-id": "government id",
  health: "health data",
  personal: "personal data",
  identity: "identity",
  elevation: "rights",
  handshake: "login handshake",
  other: "other",
  unknown: "unknown: what does it hold?",
};

/** `2 errors, 1 warning`. */
export function renderCheckTitle({ findings, scan: { unscanned } }: SummaryContent): string {
  const counts = countBySeverity(findings);
  const parts = SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) =>
    countOf(counts[severity], severity),
  );
  if (unscanned.length > 0) parts.push(`${countOf(unscanned.length, "file")} not reviewed`);
  return parts.length > 0 ? parts.join(", ") : "No session-security regressions";
}

/** The summary of a check run: everything that was found, and everything that was not looked at. */
export function renderCheckSummary(content: SummaryContent): string {
  const { scan } = content;
  const sections = [
    ...SEVERITIES.map((severity) => findingsSection(severity, content)),
    unscannedSection(scan),
    postureSection(scan),
    inventorySection(scan),
    suppressedSection(content),
  ];
  return fitSections(renderLead(content), sections, content.limit);
}

function renderLead({ scan, conclusion, verdict: own, unannotated }: SummaryContent): string {
  const failing = own.failing.length;
  const hiding = scan.unscanned.filter(hidesFindings).length;
  const verdict: string[] = [];
  if (failing > 0) {
    verdict.push(
      `${countOf(failing, "finding")} ${failing === 1 ? "fails" : "fail"} this check. Mend the lines by hand or with the suggestions in the comments; the next push is reviewed by itself.`,
    );
  }
  if (hiding > 0) {
    verdict.push(
      `${countOf(hiding, "file")} could not be reviewed and may hide something, so this check cannot pass.`,
    );
  }
  if (verdict.length === 0) verdict.push(describePassing(scan, conclusion));
  const { scannedFiles, changedFiles } = scan.stats;
  verdict.push(
    `Read ${scannedFiles} of ${countOf(changedFiles, "changed file")}${scannedFiles < changedFiles ? "; the others cannot matter to sessions, or are named below" : ""}.`,
  );
  if (unannotated > 0) {
    verdict.push(
      `${countOf(unannotated, "line")} below ${unannotated === 1 ? "has" : "have"} no annotation for want of room.`,
    );
  }
  return verdict.join("\n\n");
}

function describePassing({ findings, posture }: ScanResult, conclusion: Conclusion): string {
  if (findings.length === 0 && conclusion === "success") {
    return posture.some(({ direction }) => direction === "weaker")
      ? "No rule objects to this pull request, though a setting below is weaker than it was."
      : "Nothing in this pull request makes sessions less safe.";
  }
  if (findings.length === 0) return "Nothing was found in what could be read.";
  return conclusion === "neutral"
    ? "Nothing here fails the check. Please read the findings before you merge."
    : "Nothing here fails the check; the notices are for your information.";
}

function findingsSection(severity: Severity, content: SummaryContent): Section {
  const findings = content.findings.filter((finding) => finding.severity === severity);
  return {
    opening: `### ${SEVERITY_WORDS[severity]}s\n`,
    rows: findings.map((finding) => renderFindingRow(finding, content)),
  };
}

function renderFindingRow(finding: Finding, content: SummaryContent): string {
  const { rule, message, fingerprint, suppression } = finding;
  const added = suppression?.added
    ? " *The ignore comment on it comes with this pull request and does not count yet.*"
    : "";
  const unsure = finding.confidence === "low" ? " *Not sure: please have a look.*" : "";
  const preview =
    content.rules.get(rule)?.status === "preview"
      ? " *A new rule, which never fails the check.*"
      : "";
  const placement = PLACEMENTS[content.placements.get(fingerprint) ?? "check-only"];
  return `${renderRowHeading(finding, content)}${renderMessage(message)}${unsure}${preview}${added}${placement}`;
}

/** The first line of a list item, up to the indentation of its second. */
function renderRowHeading(finding: Finding, catalogue: Catalogue): string {
  const rule = linkRule(finding.rule, catalogue);
  return `- **${titleOf(finding, catalogue)}** in ${renderPlace(finding.region)} (${rule})  \n  `;
}

function renderPlace({ path, side, startLine, endLine }: Region): string {
  const lines = linesOf(startLine, endLine);
  return `${codeSpan(path)}, ${lines}${side === "LEFT" ? " before this change" : ""}`;
}

function unscannedSection({ unscanned }: ScanResult): Section {
  return {
    opening: "### Not reviewed\n",
    rows: unscanned.map(({ path, line, detail }) => {
      const place = line === undefined ? "" : `, line ${line}`;
      return `- ${codeSpan(path)}${place}: ${plainSentence(detail)}`;
    }),
  };
}

function postureSection({ posture }: ScanResult): Section {
  return {
    opening:
      "### Session settings that change\n\n| Setting | Before | After | Change | File |\n|---|---|---|---|---|",
    rows: posture.map(({ setting, base, head, direction, path }) => {
      const cells = [codeCell(setting), codeCell(base), codeCell(head), direction, codeCell(path)];
      return `| ${cells.join(" | ")} |`;
    }),
  };
}

const CHANGES = { added: "begins", changed: "other value", removed: "ends" } as const;

function inventorySection({ inventory }: ScanResult): Section {
  return {
    opening:
      "### Session data that this pull request touches\n\n| Change | Key | Kind | Protection | Value comes from | Written in |\n|---|---|---|---|---|---|",
    rows: inventory.map(({ key, category, protection, path, line, symbol, change, value }) => {
      const place = `${codeCell(path)}, line ${line}${symbol === "" ? "" : `, ${codeCell(symbol)}`}`;
      const source = value === undefined ? "" : codeCell(value);
      const cells = [CHANGES[change ?? "added"], codeCell(key), CATEGORIES[category], protection];
      return `| ${[...cells, source, place].join(" | ")} |`;
    }),
  };
}

function suppressedSection({ scan, ...catalogue }: SummaryContent): Section {
  return {
    opening: "### Silenced in the code\n",
    rows: scan.suppressed.map((finding) => {
      const reason = plainSentence(finding.suppression?.reason ?? "");
      return `${renderRowHeading(finding, catalogue)}Reason given: ${reason}`;
    }),
  };
}
