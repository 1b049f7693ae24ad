import type { FileChange } from "../model/change.js";
import type { Finding } from "../model/finding.js";
import type { ScanResult } from "../model/scan-result.js";
import { hidesFindings, type Unscanned } from "../model/unscanned.js";
import { headLines } from "../render/annotations.js";
import { showInvisible } from "../render/markdown.js";
import { renderPlainMessage } from "../render/message.js";
import { type Catalogue, titleOf } from "../render/words.js";
import { PLAIN } from "./palette.js";
import { closingLine } from "./pretty.js";

/**
 * The report as commands of GitHub Actions, which become annotations of the run, and a line of counts.
 * Ends with a line feed.
 */
export function renderWorkflowCommands(
  result: ScanResult,
  changes: readonly FileChange[],
  rules: Catalogue["rules"],
): string {
  const lines = [
    ...result.findings.map((finding) => findingCommand(finding, changes, rules)),
    ...result.unscanned.map(unscannedCommand),
    closingLine(result, PLAIN),
  ];
  return `${lines.join("\n")}\n`;
}

function findingCommand(
  finding: Finding,
  changes: readonly FileChange[],
  rules: Catalogue["rules"],
): string {
  const [place] = headLines(finding, changes);
  const where =
    place === undefined
      ? { file: finding.region.path }
      : { file: place.path, line: place.startLine, endLine: place.endLine };
  const title = `${titleOf(finding, { rules })} (${finding.rule})`;
  return writeCommand(finding.severity, { ...where, title }, renderPlainMessage(finding.message));
}

function unscannedCommand(unscanned: Unscanned): string {
  const { path, line, detail } = unscanned;
  const where = { file: path, ...(line === undefined ? {} : { line }), title: "Not reviewed" };
  return writeCommand(hidesFindings(unscanned) ? "error" : "warning", where, detail);
}

/** One command a line: what is shown holds no line break, so nothing of it can begin another. */
function writeCommand(
  command: string,
  properties: Readonly<Record<string, string | number>>,
  message: string,
): string {
  const written = Object.entries(properties).map(
    ([name, value]) => `${name}=${escapeProperty(showInvisible(String(value)))}`,
  );
  return `::${command} ${written.join(",")}::${escapeData(showInvisible(message))}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
