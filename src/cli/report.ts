import type { ChangeSet } from "../core/model/change.js";
import type { Configuration } from "../core/model/configuration.js";
import type { ScanResult } from "../core/model/scan-result.js";
import { catalogueOf } from "../core/render/words.js";
import { renderJson, toJson } from "../core/report/json.js";
import { renderMarkdown } from "../core/report/markdown.js";
import { renderPretty } from "../core/report/pretty.js";
import { toSarif } from "../core/report/sarif.js";
import { renderWorkflowCommands } from "../core/report/workflow-commands.js";
import { RULES } from "../core/rules/index.js";
import type { Format } from "./format.js";
import { terminalPalette } from "./terminal-palette.js";
import { readVersion } from "./version.js";

/** The result of a scan in the format that was asked for. */
export function renderReport(
  format: Format,
  result: ScanResult,
  changeSet: ChangeSet,
  configuration: Configuration,
): string {
  const metas = RULES.map(({ meta }) => meta);
  const catalogue = catalogueOf(metas, configuration, undefined);
  const { rules } = catalogue;
  const { files: changes } = changeSet;
  switch (format) {
    case "pretty":
      return (
        renderChanges(changeSet) ??
        renderPretty(result, changeSet, rules, terminalPalette(process.stdout))
      );
    case "json":
      return renderJson(toJson(result));
    case "sarif":
      return renderJson(toSarif(result, { changes, rules, version: readVersion() }));
    case "markdown":
      return renderMarkdown(result, changeSet, catalogue);
    case "github":
      return renderWorkflowCommands(result, changes, rules);
  }
}

/** What there is to say where no file can matter. */
function renderChanges({ files, unscanned, changedFiles }: ChangeSet): string | undefined {
  if (files.length > 0 || unscanned.length > 0) return undefined;
  if (changedFiles === 0) return "cyclekey: nothing changed.\n";
  const changed = changedFiles === 1 ? "1 file changed" : `${changedFiles} files changed`;
  return `cyclekey: ${changed}, nothing that can matter to sessions.\n`;
}
