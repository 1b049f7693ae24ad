import { diffTexts } from "../../../src/core/diff/diff-texts.js";
import type { Finding } from "../../../src/core/model/finding.js";
import { fillMessage } from "../../../src/core/model/message.js";
import type { Rule } from "../../../src/core/model/rule.js";
import type { ParsePython } from "../../../src/core/python/parser.js";
import { scan } from "../../../src/core/scan.js";

/** What one rule finds between two texts of one file. */
export function reviewTexts(
  parse: ParsePython,
  rule: Rule,
  base: string,
  head: string,
  path = "shop/settings.py",
): readonly Finding[] {
  const status = base === "" ? "added" : head === "" ? "removed" : "modified";
  const file = { path, basePath: path, status, kind: "file", base, head } as const;
  const files = [{ ...file, hunks: diffTexts(base, head) }];
  return scan({ base: "a", head: "b", changedFiles: 1, files, unscanned: [] }, parse, {
    rules: [rule],
  }).findings;
}

/** A finding in one line: severity, confidence, sentence. */
export function summarise(findings: readonly Finding[]): readonly string[] {
  return findings.map(
    ({ severity, confidence, message }) =>
      `${severity} ${confidence}: ${fillMessage(message, (value) => value)}`,
  );
}
