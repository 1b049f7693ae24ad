import { SETTING_DEFAULTS } from "../../django/setting-defaults.js";
import { type AbstractValue, type Constant, isDuration } from "./value.js";

/** Texts that say nothing secret wherever they stand. */
const HARMLESS = /^(?:lax|strict|none|true|false|yes|no|on|off|0|1|)$/i;

/** A value in words, for messages. A text is shown only where it cannot be a secret. */
export function describeValue(setting: string, value: AbstractValue): string {
  switch (value.kind) {
    case "literal":
      return describeConstant(setting, value.value);
    case "environment":
      return value.unset === undefined
        ? "an environment variable that must be set"
        : `an environment variable (${describeValue(setting, value.unset)} when unset)`;
    case "conditional":
      return `a value that depends on ${value.on} (${describeValue(setting, value.production)} in production)`;
    case "choice":
      return value.options.map((option) => describeValue(setting, option)).join(" or ");
    case "inherited":
      return `whatever ${value.from} says`;
    case "unset": {
      const known = SETTING_DEFAULTS[setting];
      return known ? `${describeConstant(setting, known.value)} (Django's default)` : "unset";
    }
    case "unknown":
      return "not known statically";
  }
}

function describeConstant(setting: string, value: Constant): string {
  if (SETTING_DEFAULTS[setting]?.secret === true) return value ? "a string in the code" : "empty";
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return describeNumber(setting, value);
  if (typeof value === "string") {
    const shown = HARMLESS.test(value) || SETTING_DEFAULTS[setting]?.showText === true;
    return shown ? JSON.stringify(value) : "a string";
  }
  return isDuration(value) ? describeSeconds(value.seconds) : "a list";
}

function describeNumber(setting: string, value: number): string {
  return setting.endsWith("_AGE") && value >= 0 ? describeSeconds(value) : String(value);
}

const UNITS: readonly (readonly [string, number])[] = [
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** `2 weeks`, `36 hours`: the largest unit that divides it, else the largest it fills, rounded. */
export function describeSeconds(seconds: number): string {
  const exact = UNITS.find(([, size]) => seconds > 0 && seconds % size === 0);
  if (exact) return count(seconds / exact[1], exact[0]);
  const rough = UNITS.find(([, size]) => seconds >= 2 * size);
  return rough
    ? `about ${count(Math.round(seconds / rough[1]), rough[0])}`
    : count(Math.round(seconds), "second");
}

function count(amount: number, unit: string): string {
  return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
}
