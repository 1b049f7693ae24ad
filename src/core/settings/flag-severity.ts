import { compareSeverity, type Severity } from "../model/severity.js";
import { readsAsFalse } from "./evaluate/python-functions.js";
import type { AbstractValue } from "./evaluate/value.js";
import { FLAG } from "./facts/strength.js";
import type { SettingState } from "./setting-rule.js";

/** How bad it is that a flag which must be on went from one strength to a lower one. */
export function flagSeverity(base: SettingState, head: SettingState): Severity {
  if (head.strength >= FLAG.conditional) return "notice";
  if (head.strength >= FLAG.unknown) return "warning";
  if (isOnlySpelledOut(base, head)) return "notice";
  if (base.value.kind === "inherited") return "warning";
  if (head.strength === FLAG.offByEnvironment) {
    return base.strength >= FLAG.on ? "error" : "warning";
  }
  return "error";
}

/** Off before, by default, and off now, in writing. */
export function isOnlySpelledOut(base: SettingState, head: SettingState): boolean {
  return base.value.kind === "unset" && base.strength <= FLAG.unset && head.place !== "runtime";
}

/** The value is a text like "False", which Python counts as true. */
export function isTextOfFalse(value: AbstractValue): boolean {
  if (value.kind === "literal") return readsAsFalse(value.value);
  return value.kind === "environment" && value.unset !== undefined && isTextOfFalse(value.unset);
}

export function atMost(severity: Severity, limit: Severity): Severity {
  return compareSeverity(severity, limit) > 0 ? limit : severity;
}
