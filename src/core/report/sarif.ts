import type { FileChange } from "../model/change.js";
import type { Finding, Suggestion } from "../model/finding.js";
import type { RuleMeta } from "../model/rule.js";
import type { ScanResult } from "../model/scan-result.js";
import type { Severity } from "../model/severity.js";
import { hidesFindings, type Unscanned } from "../model/unscanned.js";
import { headLines } from "../render/annotations.js";
import { renderPlainMessage } from "../render/message.js";
import { titleOf } from "../render/words.js";

const LEVELS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  notice: "note",
};

/** What a SARIF log says beside the result of a scan. */
export interface SarifContext {
  readonly changes: readonly FileChange[];
  readonly rules: ReadonlyMap<string, RuleMeta>;
  /** Of cyclekey. */
  readonly version: string;
}

/**
 * A log of the format SARIF 2.1.0. Results stand on lines of head, where viewers look for them; where
 * the evidence itself stood, a removed line of base, is among the properties.
 */
export function toSarif(result: ScanResult, context: SarifContext): object {
  const { findings, suppressed, unscanned } = result;
  const all = [...findings, ...suppressed];
  const ids = [...new Set(all.map(({ rule }) => rule))].sort();
  const describeRule = (id: string) => toReportingDescriptor(id, context.rules.get(id));
  return {
    $schema:
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: "cyclekey", version: context.version, rules: ids.map(describeRule) },
        },
        columnKind: "utf16CodeUnits",
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: unscanned.map(toNotification),
          },
        ],
        results: all.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: ids.indexOf(finding.rule),
          level: LEVELS[finding.severity],
          message: {
            text: `${titleOf(finding, context)}. ${renderPlainMessage(finding.message)}`,
          },
          locations: [toLocation(finding, context.changes)],
          partialFingerprints: { "cyclekey/v1": finding.fingerprint },
          ...(finding.suggestion === undefined ? {} : { fixes: [toFix(finding.suggestion)] }),
          ...(suppressed.includes(finding) ? { suppressions: [toSuppression(finding)] } : {}),
          properties: { confidence: finding.confidence, evidence: finding.region },
        })),
      },
    ],
  };
}

function toReportingDescriptor(id: string, rule: RuleMeta | undefined): object {
  if (rule === undefined) return { id };
  const { title, severity, docs, references, cwe } = rule;
  const [helpUri] = references;
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: docs.why },
    help: { text: docs.remedy },
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: ["security", ...cwe.map((number) => `external/cwe/cwe-${number}`)] },
  };
}

function toLocation(finding: Finding, changes: readonly FileChange[]): object {
  const [place] = headLines(finding, changes);
  const { path } = place ?? finding.region;
  return {
    physicalLocation: {
      artifactLocation: toArtifact(path),
      ...(place && { region: { startLine: place.startLine, endLine: place.endLine } }),
    },
  };
}

function toFix({ path, startLine, endLine, replacement, deletes }: Suggestion): object {
  const change = deletes
    ? { deletedRegion: { startLine, startColumn: 1, endLine: endLine + 1, endColumn: 1 } }
    : { deletedRegion: { startLine, endLine }, insertedContent: { text: replacement } };
  return { artifactChanges: [{ artifactLocation: toArtifact(path), replacements: [change] }] };
}

function toSuppression({ suppression }: Finding): object {
  return { kind: "inSource", justification: suppression?.reason ?? "" };
}

function toNotification(unscanned: Unscanned): object {
  const { path, line, detail } = unscanned;
  return {
    level: hidesFindings(unscanned) ? "error" : "warning",
    message: { text: `Not reviewed: ${detail}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: toArtifact(path),
          ...(line === undefined ? {} : { region: { startLine: line } }),
        },
      },
    ],
  };
}

/** A path as a relative URI reference: a segment with a colon is no scheme, a lone surrogate no error. */
function toArtifact(path: string): object {
  const segments = path
    .replace(/\p{Cs}/gu, "\ufffd")
    .split("/")
    .map(encodeURIComponent);
  return { uri: segments.join("/") };
}
