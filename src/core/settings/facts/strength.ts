import { SETTING_DEFAULTS } from "../../django/setting-defaults.js";
import { type AbstractValue, type Constant, isTruthy } from "../evaluate/value.js";

/**
 * Strengths of a flag that must be on. `unset` and `inherited` are for a flag whose default is off:
 * writing `False` out is a little weaker than saying nothing, since no base module can fix it.
 */
export const FLAG = {
  on: 4,
  conditional: 3,
  unknown: 2,
  offByEnvironment: 1,
  inherited: 0.75,
  unset: 0.5,
  off: 0,
} as const;

/** Django's default for a setting; undefined for settings whose default is not known. */
export function defaultOf(setting: string): Constant | undefined {
  return SETTING_DEFAULTS[setting]?.value;
}

export function flagStrength(setting: string, value: AbstractValue): number {
  const onByDefault = isTruthy(defaultOf(setting) ?? false);
  switch (value.kind) {
    case "literal":
      return isTruthy(value.value) ? FLAG.on : FLAG.off;
    case "unset":
      return onByDefault ? FLAG.on : FLAG.unset;
    case "inherited":
      return onByDefault ? FLAG.on : FLAG.inherited;
    case "environment":
      return value.unset === undefined ? FLAG.on : throughEnvironment(setting, value.unset);
    case "conditional":
      return Math.min(FLAG.conditional, flagStrength(setting, value.production));
    case "choice":
      return ofChoice(value.options.map((option) => flagStrength(setting, option)));
    case "unknown":
      return FLAG.unknown;
  }
}

/** Where something outside the text decides between on and off, it is like a variable that may be set. */
function ofChoice(strengths: readonly number[]): number {
  const weakest = Math.min(...strengths);
  const mayBeOn = strengths.some((strength) => strength >= FLAG.conditional);
  return mayBeOn ? Math.max(weakest, FLAG.offByEnvironment) : weakest;
}

/** A deployment may still set the variable: better than off for good, worse than on for good. */
function throughEnvironment(setting: string, unset: AbstractValue): number {
  const strength = flagStrength(setting, unset);
  if (strength >= FLAG.conditional) return FLAG.conditional;
  return strength === FLAG.unknown ? strength : FLAG.offByEnvironment;
}

/** Strengths of SameSite. A required variable and an unread base module count as Django's default. */
export const SAME_SITE = { strict: 4, lax: 2, unknown: 1, none: 0 } as const;

export function sameSiteStrength(value: AbstractValue): number {
  switch (value.kind) {
    case "literal":
      return sameSiteOf(value.value);
    case "environment":
      return value.unset === undefined ? SAME_SITE.lax : sameSiteStrength(value.unset);
    case "conditional":
      return sameSiteStrength(value.production);
    case "choice":
      return Math.min(...value.options.map(sameSiteStrength));
    case "unset":
    case "inherited":
      return SAME_SITE.lax;
    case "unknown":
      return SAME_SITE.unknown;
  }
}

function sameSiteOf(value: Constant): number {
  if (typeof value !== "string") return SAME_SITE.none;
  const word = value.toLowerCase();
  if (word === "strict") return SAME_SITE.strict;
  if (word === "lax") return SAME_SITE.lax;
  return word === "none" || word === "" ? SAME_SITE.none : SAME_SITE.unknown;
}

/** Seconds that a duration setting holds in production when no variable is set; undefined: not known. */
export function secondsOf(setting: string, value: AbstractValue): number | undefined {
  switch (value.kind) {
    case "literal":
      return typeof value.value === "number" && value.value >= 0 ? value.value : undefined;
    case "environment":
      return value.unset && secondsOf(setting, value.unset);
    case "conditional":
      return secondsOf(setting, value.production);
    case "unset":
    case "inherited": {
      const fallback = defaultOf(setting);
      return typeof fallback === "number" ? fallback : undefined;
    }
    default:
      return undefined;
  }
}

/** Longer is weaker; what is not known is never weaker than anything. */
export function lifetimeStrength(setting: string, value: AbstractValue): number {
  const options = value.kind === "choice" ? value.options : [value];
  return Math.min(...options.map((option) => -(secondsOf(setting, option) ?? 0)));
}

/** Strengths of a switch that must be off: `onByDefault` is on unless a variable says otherwise. */
export const SWITCH = { off: 2, onByDefault: 1, on: 0 } as const;

/** What the text does not determine counts as off: nothing is said of it. */
export function switchStrength(value: AbstractValue): number {
  switch (value.kind) {
    case "literal":
      return isTruthy(value.value) ? SWITCH.on : SWITCH.off;
    case "environment":
      return value.unset !== undefined && switchStrength(value.unset) < SWITCH.off
        ? SWITCH.onByDefault
        : SWITCH.off;
    case "conditional":
      return switchStrength(value.production);
    case "choice":
      return Math.min(...value.options.map(switchStrength));
    default:
      return SWITCH.off;
  }
}
