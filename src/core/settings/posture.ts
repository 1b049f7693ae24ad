import { SETTING_DEFAULTS } from "../django/setting-defaults.js";
import type { PostureEntry } from "../model/scan-result.js";
import type { PythonModule } from "../python/syntax/module.js";
import { describeValue } from "./evaluate/describe.js";
import { type AbstractValue, oneOf, UNSET } from "./evaluate/value.js";
import { type SettingFact, settingFacts } from "./facts/setting-facts.js";
import { flagStrength, lifetimeStrength, sameSiteStrength } from "./facts/strength.js";

type StrengthOf = (value: AbstractValue) => number;

/** How the settings are ordered whose every value is safer or weaker than another. */
const STRENGTHS: Readonly<Record<string, StrengthOf>> = {
  SESSION_COOKIE_SECURE: (value) => flagStrength("SESSION_COOKIE_SECURE", value),
  SESSION_COOKIE_HTTPONLY: (value) => flagStrength("SESSION_COOKIE_HTTPONLY", value),
  SESSION_COOKIE_SAMESITE: sameSiteStrength,
  SESSION_COOKIE_AGE: (value) => lifetimeStrength("SESSION_COOKIE_AGE", value),
  SESSION_EXPIRE_AT_BROWSER_CLOSE: (value) =>
    flagStrength("SESSION_EXPIRE_AT_BROWSER_CLOSE", value),
  CSRF_COOKIE_SECURE: (value) => flagStrength("CSRF_COOKIE_SECURE", value),
  CSRF_COOKIE_SAMESITE: sameSiteStrength,
};

/** The settings of session and CSRF cookies: what a reader is told when their values change. */
export const POSTURE_SETTINGS: readonly string[] = Object.keys(SETTING_DEFAULTS).filter((setting) =>
  /^(?:SESSION|CSRF)_/.test(setting),
);

/** Where the effective value of a setting differs between the versions of a module. */
export function postureOf(
  setting: string,
  base: PythonModule,
  head: PythonModule,
): readonly PostureEntry[] {
  if (!base.text.includes(setting) && !head.text.includes(setting)) return [];
  return changesOf(setting, settingFacts(base, setting), settingFacts(head, setting), head.path);
}

function changesOf(
  setting: string,
  base: readonly SettingFact[],
  head: readonly SettingFact[],
  path: string,
): readonly PostureEntry[] {
  const keys = new Set([...base, ...head].map(keyOf));
  return [...keys].flatMap((key) => {
    const before = valueAt(base, key);
    const after = valueAt(head, key);
    const [was, is] = [describeValue(setting, before), describeValue(setting, after)];
    if (was === is) return [];
    return [{ path, setting, base: was, head: is, direction: direction(setting, before, after) }];
  });
}

function keyOf({ place, symbol }: SettingFact): string {
  return `${place} ${symbol}`;
}

function valueAt(facts: readonly SettingFact[], key: string): AbstractValue {
  const fact = facts.findLast((one) => keyOf(one) === key);
  return fact === undefined ? UNSET : oneOf(fact.effective.map(({ value }) => value));
}

function direction(
  setting: string,
  base: AbstractValue,
  head: AbstractValue,
): PostureEntry["direction"] {
  const strengthOf = STRENGTHS[setting];
  if (strengthOf === undefined || base.kind === "unknown" || head.kind === "unknown") {
    return "different";
  }
  const change = strengthOf(head) - strengthOf(base);
  if (change === 0) return "different";
  return change < 0 ? "weaker" : "stronger";
}
