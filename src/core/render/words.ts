import type { Configuration } from "../model/configuration.js";
import type { Finding } from "../model/finding.js";
import type { RuleMeta } from "../model/rule.js";
import type { Severity } from "../model/severity.js";

/** What the texts of one review have in common. */
export interface Catalogue {
  /** By id. */
  readonly rules: ReadonlyMap<string, RuleMeta>;
  /** Address of docs/rules, where each rule has a page; without it nothing is linked. */
  readonly docsUrl: string | undefined;
  readonly acceptPermission: Configuration["acceptPermission"];
}

export function catalogueOf(
  rules: readonly RuleMeta[],
  { acceptPermission }: Configuration,
  docsUrl: string | undefined,
): Catalogue {
  return { rules: new Map(rules.map((rule) => [rule.id, rule])), docsUrl, acceptPermission };
}

export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  error: "Error",
  warning: "Warning",
  notice: "Notice",
};

/** Who may accept a finding. */
export const ACCEPTORS: Readonly<Record<Configuration["acceptPermission"], string>> = {
  write: "someone with write access",
  maintain: "a maintainer",
  admin: "an administrator",
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

export function titleOf({ rule }: Finding, { rules }: Pick<Catalogue, "rules">): string {
  return rules.get(rule)?.title ?? "Session security got weaker";
}

/** The rule's id, leading to its page where there is one. */
export function linkRule(rule: string, catalogue: Catalogue): string {
  const page = pageOf(rule, catalogue);
  return page === undefined ? `\`${rule}\`` : `[\`${rule}\`](${page})`;
}

/** The page of a rule, or that of all of them. */
export function pageOf(rule: string | undefined, { docsUrl }: Catalogue): string | undefined {
  if (docsUrl === undefined || rule === undefined) return docsUrl;
  return `${docsUrl}/${rule}.md`;
}

export function capitalise(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
