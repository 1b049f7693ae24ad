import type { Finding } from "../model/finding.js";
import type { RuleMeta } from "../model/rule.js";
import type { Severity } from "../model/severity.js";

/** The rules by id, and where their pages are. */
export interface Catalogue {
  readonly rules: ReadonlyMap<string, RuleMeta>;
  /** Address under which each rule has a page of its name; without it nothing is linked. */
  readonly docsUrl: string | undefined;
}

export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  error: "Error",
  warning: "Warning",
  notice: "Notice",
};

/** `1 error`, `2 errors`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** `line 3`, `lines 3 to 5`. */
export function linesOf(startLine: number, endLine: number): string {
  return startLine === endLine ? `line ${startLine}` : `lines ${startLine} to ${endLine}`;
}

/** As people write a commit in prose. */
export function shortSha(sha: string): string {
  return sha.slice(0, 7);
}

export function titleOf({ rule }: Finding, { rules }: Catalogue): string {
  return rules.get(rule)?.title ?? "Session security got weaker";
}

/** The rule's id, leading to its page where there is one. */
export function linkRule(rule: string, { docsUrl }: Catalogue): string {
  const name = `\`${rule}\``;
  return docsUrl === undefined ? name : `[${name}](${docsUrl.replace(/\/$/, "")}/${rule})`;
}
