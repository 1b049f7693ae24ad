import type { Finding, Suggestion } from "../model/finding.js";
import type {
  InventoryEntry,
  PostureEntry,
  ScanResult,
  ScanStats,
  SuppressionProblem,
} from "../model/scan-result.js";
import type { Confidence, Severity } from "../model/severity.js";
import type { Side } from "../model/source.js";
import type { Unscanned } from "../model/unscanned.js";
import { renderPlainMessage } from "../render/message.js";

/** Of the format, not of the program: it grows when a field changes its meaning or goes. */
const FORMAT_VERSION = 1;

export interface JsonFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** Path on `side`. */
  readonly path: string;
  readonly basePath?: string;
  readonly side: Side;
  readonly startLine: number;
  readonly endLine: number;
  /** Plain text. */
  readonly message: string;
  readonly fingerprint: string;
  readonly suggestion?: Suggestion;
  readonly suppression?: { readonly reason: string; readonly line: number };
}

/** What `--format json` prints; the contract of the command line. */
export interface JsonReport {
  readonly version: number;
  readonly base: string;
  readonly head: string;
  readonly findings: readonly JsonFinding[];
  readonly inventory: readonly InventoryEntry[];
  readonly posture: readonly PostureEntry[];
  readonly suppressed: readonly JsonFinding[];
  readonly unscanned: readonly Unscanned[];
  readonly stats: ScanStats;
  /** Suppressions, touched by the change, that do not do what they look like. */
  readonly suppressionProblems: readonly SuppressionProblem[];
  /** Changed files that could matter and that the configuration leaves out. */
  readonly ignored: readonly string[];
}

export function toJson(result: ScanResult): JsonReport {
  const { base, head, inventory, posture, unscanned, stats } = result;
  const { suppressionProblems, ignored } = result;
  return {
    version: FORMAT_VERSION,
    base,
    head,
    findings: result.findings.map(findingToJson),
    inventory,
    posture,
    suppressed: result.suppressed.map(findingToJson),
    unscanned,
    stats,
    suppressionProblems,
    ignored,
  };
}

/** The report as text that a terminal can show: what it would act on is written as an escape. */
export function renderJson(report: object): string {
  const text = JSON.stringify(report, undefined, 2);
  // Line feeds and blanks are the only ones that JSON.stringify writes between values.
  const unsafe = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
  return `${text.replace(unsafe, escapeUnits)}\n`;
}

function escapeUnits(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}

function findingToJson(finding: Finding): JsonFinding {
  const { region, basePath, suggestion, suppression } = finding;
  return {
    rule: finding.rule,
    severity: finding.severity,
    confidence: finding.confidence,
    path: region.path,
    ...(basePath === undefined ? {} : { basePath }),
    side: region.side,
    startLine: region.startLine,
    endLine: region.endLine,
    message: renderPlainMessage(finding.message),
    fingerprint: finding.fingerprint,
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(suppression === undefined
      ? {}
      : { suppression: { reason: suppression.reason, line: suppression.line } }),
  };
}
