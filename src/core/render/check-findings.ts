import type { Finding } from "../model/finding.js";
import type { Severity } from "../model/severity.js";
import type { Region } from "../model/source.js";
import type { CheckContent, Placement } from "./check-content.js";
import type { Section } from "./fit-sections.js";
import { codeSpan, plainSentence } from "./markdown.js";
import { renderMessage } from "./message.js";
import { type Catalogue, linesOf, linkRule, SEVERITY_WORDS, titleOf } from "./words.js";

const PLACEMENTS: Readonly<Record<Placement, string>> = {
  inline: "",
  "no-room": " *Only here: the pull request has as many comments as it should have.*",
  "off-diff": " *Only here: the diff does not show the line.*",
  draft: " *The comment comes when the draft is ready for review.*",
  "check-only": "",
};

export function findingsSection(severity: Severity, content: CheckContent): Section {
  const findings = content.findings.filter((finding) => finding.severity === severity);
  const name = `${SEVERITY_WORDS[severity]}s`;
  return {
    name,
    opening: `### ${name}\n`,
    rows: findings.map((finding) => renderFinding(finding, content)),
  };
}

export function acceptedSection({ verdict, ...catalogue }: CheckContent): Section {
  return {
    name: "Accepted",
    opening: "### Accepted\n",
    rows: verdict.accepted.map(({ finding, by, reason }) => {
      const why = plainSentence(reason);
      return `${renderHeading(finding, catalogue)}${renderMessage(finding.message)}  \n  Accepted by ${codeSpan(by)}: ${why}`;
    }),
  };
}

export function suppressedSection({ scan, ...catalogue }: CheckContent): Section {
  return {
    name: "Silenced in the code",
    opening: "### Silenced in the code\n",
    rows: scan.suppressed.map((finding) => {
      const reason = plainSentence(finding.suppression?.reason ?? "");
      return `${renderHeading(finding, catalogue)}Reason given: ${reason}`;
    }),
  };
}

/** A place as people write it. */
export function renderPlace({ path, side, startLine, endLine }: Region): string {
  const lines = linesOf(startLine, endLine);
  return `${codeSpan(path)}, ${lines}${side === "LEFT" ? " before this change" : ""}`;
}

function renderFinding(finding: Finding, content: CheckContent): string {
  const { rule, message, fingerprint, suppression } = finding;
  const added = suppression?.added
    ? " *The ignore comment on it is new in this pull request and does not count yet.*"
    : "";
  const unsure = finding.confidence === "low" ? " *Not sure: please check it yourself.*" : "";
  const preview =
    content.rules.get(rule)?.status === "preview"
      ? " *A new rule, which never fails the check.*"
      : "";
  const placement = PLACEMENTS[content.placements.get(fingerprint) ?? "check-only"];
  return `${renderHeading(finding, content)}${renderMessage(message)}${unsure}${preview}${added}${placement}`;
}

/** The first line of a list item, up to the indentation of its second. */
function renderHeading(finding: Finding, catalogue: Catalogue): string {
  const rule = linkRule(finding.rule, catalogue);
  return `- **${titleOf(finding, catalogue)}** in ${renderPlace(finding.region)} (${rule})  \n  `;
}
