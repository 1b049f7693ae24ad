import { diffTexts } from "../../../src/core/diff/diff-texts.js";
import type { ChangeSet, FileChange } from "../../../src/core/model/change.js";
import {
  type Configuration,
  DEFAULT_CONFIGURATION,
} from "../../../src/core/model/configuration.js";
import { type ScanOptions, scan } from "../../../src/core/scan.js";
import { loadPython } from "../../../src/grammar/node.js";

const parse = await loadPython();

/** Path -> text at base and at head; empty where the file is not. */
export type Texts = Readonly<Record<string, readonly [base: string, head: string]>>;

export function changeSetOf(texts: Texts): ChangeSet {
  const files = Object.entries(texts).map(([path, [base, head]]): FileChange => {
    const status = base === "" ? "added" : head === "" ? "removed" : "modified";
    return { path, basePath: path, status, kind: "file", base, head, hunks: diffTexts(base, head) };
  });
  return { base: "b", head: "h", changedFiles: files.length, files, unscanned: [] };
}

export function review(
  changes: ChangeSet,
  configuration: Partial<Configuration> = {},
  repository: ScanOptions = {},
) {
  const full = { ...DEFAULT_CONFIGURATION, ...configuration };
  return scan(changes, parse, { ...repository, configuration: full });
}

/** The findings, one a line, without and with what the configuration says. */
export function both(texts: Texts, configuration: Partial<Configuration>) {
  const changes = changeSetOf(texts);
  return [{}, configuration].map((one) =>
    review(changes, one).findings.map(
      ({ rule, severity, region }) => `${region.path}: ${rule} ${severity}`,
    ),
  );
}
