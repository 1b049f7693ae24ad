/** A span of time, as Python's `timedelta` makes one. */
export interface Duration {
  readonly seconds: number;
}

/** A Python value that the text alone determines. */
export type Constant = string | number | boolean | null | Duration | readonly Constant[];

/**
 * What a settings expression can be, without running it.
 *
 * - `environment`: read from the environment. `unset` is the value when the variable is missing;
 *   undefined means that Python raises then, so nothing insecure can come of it.
 * - `conditional`: depends on DEBUG or on which environment this is; `production` is what holds
 *   where DEBUG is off.
 * - `choice`: one of several, and the text does not say which.
 * - `inherited`: whatever the module named `from` says, and that was not read.
 * - `unset`: nothing sets it, Django's default holds.
 */
export type AbstractValue =
  | { readonly kind: "literal"; readonly value: Constant }
  | { readonly kind: "environment"; readonly unset: AbstractValue | undefined }
  | { readonly kind: "conditional"; readonly on: Condition; readonly production: AbstractValue }
  | { readonly kind: "choice"; readonly options: readonly AbstractValue[] }
  | { readonly kind: "inherited"; readonly from: string }
  | { readonly kind: "unset" }
  | { readonly kind: "unknown" };

/** What a conditional value hangs on. */
export type Condition = "DEBUG" | "environment name";

export const UNKNOWN: AbstractValue = { kind: "unknown" };
export const UNSET: AbstractValue = { kind: "unset" };
export const REQUIRED: AbstractValue = { kind: "environment", unset: undefined };

export function literal(value: Constant): AbstractValue {
  return { kind: "literal", value };
}

export function fromEnvironment(unset: AbstractValue): AbstractValue {
  return unset.kind === "environment" || unset.kind === "unknown"
    ? unset
    : { kind: "environment", unset };
}

export function inProduction(on: Condition, production: AbstractValue): AbstractValue {
  return production.kind === "unknown" ? UNKNOWN : { kind: "conditional", on, production };
}

/** More options than any settings file has; beyond it the answer is "not known". */
const MAX_OPTIONS = 16;

export function oneOf(options: readonly AbstractValue[]): AbstractValue {
  const flat = options.flatMap((option) => (option.kind === "choice" ? option.options : [option]));
  const [first] = flat;
  if (first === undefined || flat.length > MAX_OPTIONS) return UNKNOWN;
  return flat.length === 1 ? first : { kind: "choice", options: flat };
}

/** Computes with a value whose constant is known under a condition; the condition is kept. */
export function bind(
  value: AbstractValue,
  compute: (constant: Constant) => AbstractValue,
): AbstractValue {
  switch (value.kind) {
    case "literal":
      return compute(value.value);
    case "environment":
      return value.unset === undefined ? value : fromEnvironment(bind(value.unset, compute));
    case "conditional":
      return inProduction(value.on, bind(value.production, compute));
    case "choice":
      return oneOf(value.options.map((option) => bind(option, compute)));
    default:
      return UNKNOWN;
  }
}

/** The value with `replacement` where nothing was set. */
export function replaceUnset(value: AbstractValue, replacement: AbstractValue): AbstractValue {
  switch (value.kind) {
    case "unset":
      return replacement;
    case "environment":
      return value.unset === undefined
        ? value
        : keepIfSame(value, value.unset, replaceUnset(value.unset, replacement), fromEnvironment);
    case "conditional":
      return keepIfSame(
        value,
        value.production,
        replaceUnset(value.production, replacement),
        (production) => inProduction(value.on, production),
      );
    default:
      return value;
  }
}

function keepIfSame(
  whole: AbstractValue,
  part: AbstractValue,
  replaced: AbstractValue,
  wrap: (part: AbstractValue) => AbstractValue,
): AbstractValue {
  return replaced === part ? whole : wrap(replaced);
}

/** Like `bind`, for a computation that yields a constant, or undefined where Python would fail. */
export function map(
  value: AbstractValue,
  compute: (constant: Constant) => Constant | undefined,
): AbstractValue {
  return bind(value, (constant) => {
    const result = compute(constant);
    return result === undefined ? UNKNOWN : literal(result);
  });
}

export function map2(
  left: AbstractValue,
  right: AbstractValue,
  compute: (left: Constant, right: Constant) => Constant | undefined,
): AbstractValue {
  return bind(left, (a) => map(right, (b) => compute(a, b)));
}

export function isDuration(value: Constant): value is Duration {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Python's truth of a value. */
export function isTruthy(value: Constant): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isDuration(value)) return value.seconds !== 0;
  return Boolean(value);
}
