import type { Severity } from "../model/severity.js";
import { constantOf } from "./facts/module-value.js";
import { SAME_SITE } from "./facts/strength.js";
import type { SettingJudgement, SettingState } from "./setting-rule.js";

/** The words in which a loss of SameSite is told; `{base}` and `{head}` are filled in later. */
export interface SameSiteWords {
  readonly severity: Severity;
  /** `True` has no `.lower()`: Django fails. */
  readonly crash: string;
  readonly none: string;
  /** An empty value writes no attribute. */
  readonly absent: string;
  readonly unknown: string;
  readonly weaker: string;
}

/** What a value of SameSite that became weaker means. */
export function judgeSameSite(
  head: SettingState,
  words: SameSiteWords,
): SettingJudgement | undefined {
  const { severity } = words;
  if (head.strength === SAME_SITE.none) {
    const value = constantOf(head.value);
    if (value === true) return { severity, template: words.crash };
    const isNone = typeof value === "string" && value !== "";
    return { severity, template: isNone ? words.none : words.absent };
  }
  if (head.value.kind === "environment" && head.value.unset === undefined) return undefined;
  return {
    severity: "warning",
    template: head.strength === SAME_SITE.unknown ? words.unknown : words.weaker,
  };
}
