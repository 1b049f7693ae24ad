import { type Constant, type Duration, isDuration, isTruthy } from "./value.js";

const TRUE_WORDS: ReadonlySet<string> = new Set(["true", "t", "yes", "y", "on", "1"]);
const FALSE_WORDS: ReadonlySet<string> = new Set(["false", "f", "no", "n", "off", "0", ""]);

/** `strtobool`, and what decouple and django-environ do with a text. */
export function parseBoolean(value: Constant): boolean | undefined {
  if (typeof value !== "string") return isTruthy(value);
  const word = value.trim().toLowerCase();
  if (TRUE_WORDS.has(word)) return true;
  return FALSE_WORDS.has(word) ? false : undefined;
}

/** A text that reads like "no" but that Python counts as true. */
export function readsAsFalse(value: Constant): boolean {
  return typeof value === "string" && value !== "" && parseBoolean(value) === false;
}

/** Of hashlib, base64 and binascii. */
const DIGESTS_AND_CODINGS = [
  "md5",
  "sha1",
  "sha224",
  "sha256",
  "sha384",
  "sha512",
  "blake2b",
  "blake2s",
  "b64encode",
  "b64decode",
  "urlsafe_b64encode",
  "urlsafe_b64decode",
  "hexlify",
  "unhexlify",
] as const;

/** Built-in functions and those of the standard library that settings use, on constants. */
export const FUNCTIONS: Readonly<Record<string, (value: Constant) => Constant | undefined>> = {
  bool: isTruthy,
  int: toInteger,
  float: toNumber,
  str: asText,
  round: (value) => (typeof value === "number" ? Math.round(value) : undefined),
  strtobool: parseBoolean,
  literal_eval: parseLiteral,
  eval: parseLiteral,
  loads: parseLiteral,
  bytes: asText,
  ...Object.fromEntries(DIGESTS_AND_CODINGS.map((name) => [name, asText])),
};

/** Methods without arguments. */
export const METHODS: Readonly<Record<string, (value: Constant) => Constant | undefined>> = {
  lower: (value) => (typeof value === "string" ? value.toLowerCase() : undefined),
  casefold: (value) => (typeof value === "string" ? value.toLowerCase() : undefined),
  upper: (value) => (typeof value === "string" ? value.toUpperCase() : undefined),
  strip: (value) => (typeof value === "string" ? value.trim() : undefined),
  title: (value) => (typeof value === "string" ? titleCase(value) : undefined),
  capitalize: (value) => (typeof value === "string" ? titleCase(value) : undefined),
  encode: asText,
  decode: asText,
  hexdigest: asText,
  digest: asText,
  total_seconds: (value) => (isDuration(value) ? value.seconds : undefined),
};

/** A text in other clothes: what is computed from a constant alone is as constant as that. */
function asText(value: Constant): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function titleCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
}

function toInteger(value: Constant): number | undefined {
  const number = toNumber(value);
  return number === undefined ? undefined : Math.trunc(number);
}

function toNumber(value: Constant): number | undefined {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "number") return value;
  if (typeof value !== "string" || !/^\s*[-+]?\d[\d_]*(?:\.\d+)?\s*$/.test(value)) return undefined;
  return Number(value.replaceAll("_", ""));
}

function parseLiteral(value: Constant): Constant | undefined {
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  if (text === "True" || text === "true") return true;
  if (text === "False" || text === "false") return false;
  if (text === "None" || text === "null") return null;
  return toNumber(text);
}

/** Seconds in a unit of `timedelta`. */
const UNITS: Readonly<Record<string, number>> = {
  weeks: 604_800,
  days: 86_400,
  hours: 3_600,
  minutes: 60,
  seconds: 1,
  milliseconds: 0.001,
  microseconds: 0.000_001,
};

/** `timedelta(amount unit)`; undefined for no unit of Python's. */
export function duration(unit: string, amount: number): Duration | undefined {
  const seconds = UNITS[unit];
  return seconds === undefined ? undefined : { seconds: seconds * amount };
}

/** `a <operator> b`; undefined where Python would fail or the operator is not computed here. */
export function operate(operator: string, a: Constant, b: Constant): Constant | undefined {
  if (typeof a === "string" && operator === "%") return format(a, b);
  if (typeof a === "string" && typeof b === "string") return operator === "+" ? a + b : undefined;
  if (a !== null && b !== null && (isDuration(a) || isDuration(b))) {
    return operateOnDurations(operator, a, b);
  }
  const left = typeof a === "boolean" ? Number(a) : a;
  const right = typeof b === "boolean" ? Number(b) : b;
  if (typeof left !== "number" || typeof right !== "number") return undefined;
  const result = arithmetic(operator, left, right);
  return result !== undefined && Number.isFinite(result) ? result : undefined;
}

/** `"%s.%s" % (a, b)`, with texts and whole numbers in the holes. */
function format(template: string, value: Constant): string | undefined {
  const values: readonly Constant[] = Array.isArray(value) ? value : [value];
  const parts = template.split(/%[sd]/);
  if (parts.length !== values.length + 1 || parts.some((part) => part.includes("%"))) {
    return undefined;
  }
  const prints = values.every((one) => typeof one === "string" || Number.isInteger(one));
  return prints ? parts.map((part, at) => part + String(values[at] ?? "")).join("") : undefined;
}

function arithmetic(operator: string, a: number, b: number): number | undefined {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "//":
      return Math.floor(a / b);
    case "%":
      return a - b * Math.floor(a / b);
    case "**":
      return a ** b;
    default:
      return undefined;
  }
}

function operateOnDurations(operator: string, a: Constant, b: Constant): Constant | undefined {
  const left = isDuration(a) ? a.seconds : a;
  const right = isDuration(b) ? b.seconds : b;
  if (typeof left !== "number" || typeof right !== "number") return undefined;
  const seconds = arithmetic(operator, left, right);
  if (seconds === undefined || !Number.isFinite(seconds)) return undefined;
  const both = isDuration(a) && isDuration(b);
  return both && (operator === "/" || operator === "//") ? seconds : { seconds };
}

/** The truth of `a <operator> b`; undefined where Python would fail or it is not computed here. */
export function compareConstants(operator: string, a: Constant, b: Constant): boolean | undefined {
  switch (operator) {
    case "==":
    case "is":
      return isEqual(a, b);
    case "!=":
    case "is not":
      return !isEqual(a, b);
    case "in":
      return contains(b, a);
    case "not in": {
      const inside = contains(b, a);
      return inside === undefined ? undefined : !inside;
    }
    default:
      return typeof a === "number" && typeof b === "number" ? order(operator, a, b) : undefined;
  }
}

function order(operator: string, a: number, b: number): boolean | undefined {
  switch (operator) {
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
    default:
      return undefined;
  }
}

/** Python's `==`: `1 == True`, but `"1" != 1`. */
function isEqual(a: Constant, b: Constant): boolean {
  const plain = (value: Constant) => (typeof value === "boolean" ? Number(value) : value);
  return JSON.stringify(plain(a)) === JSON.stringify(plain(b));
}

function contains(container: Constant, item: Constant): boolean | undefined {
  if (Array.isArray(container)) return container.some((one: Constant) => isEqual(one, item));
  if (typeof container !== "string") return undefined;
  return typeof item === "string" ? container.includes(item) : undefined;
}
