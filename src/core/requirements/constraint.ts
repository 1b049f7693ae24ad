import { compareVersions, parseVersion, type Version } from "./version.js";

/** An end of a range; `inclusive` when the version itself belongs to it. */
export interface Bound {
  readonly version: Version;
  readonly inclusive: boolean;
}

/** The versions that a constraint lets through: from `lower` to `upper`, where each is given. */
export interface Range {
  readonly lower: Bound | undefined;
  readonly upper: Bound | undefined;
}

const ANY: Range = { lower: undefined, upper: undefined };

/**
 * Reads the constraints of PEP 440 and of Poetry (`^`, `~`, `*`, a bare version that is exact, `||`). Versions left
 * out with `!=` narrow nothing here. Undefined for what is neither (a URL, a template's hole).
 */
export function parseConstraint(text: string): Range | undefined {
  const alternatives = text.split("||").map((part) => parseConjunction(part.trim()));
  const known = alternatives.filter((range) => range !== undefined);
  if (known.length !== alternatives.length) return undefined;
  return known.reduce((all, range) => ({
    lower: looser(all.lower, range.lower, -1),
    upper: looser(all.upper, range.upper, 1),
  }));
}

function parseConjunction(text: string): Range | undefined {
  const inner = text.replace(/^\((.*)\)$/, "$1");
  if (inner === "" || inner === "*") return ANY;
  let range = ANY;
  // Poetry also takes blanks for commas: `>=4.2 <5`.
  for (const clause of inner.replace(/([<>=~^!])\s+/g, "$1").split(/[\s,]+/)) {
    if (clause === "") continue;
    const read = parseClause(clause);
    if (read === undefined) return undefined;
    range = {
      lower: stricter(range.lower, read.lower, 1),
      upper: stricter(range.upper, read.upper, -1),
    };
  }
  return range;
}

const CLAUSE = /^(===|==|~=|!=|<=|>=|<|>|\^|~|=)?(.{1,64})$/;

function parseClause(clause: string): Range | undefined {
  const [, operator = "", text = ""] = CLAUSE.exec(clause) ?? [];
  if (text.endsWith("*")) return parseWildcard(operator, text);
  const version = parseVersion(text);
  if (version === undefined) return undefined;
  switch (operator) {
    case "":
    case "=":
    case "==":
    case "===":
      return { lower: { version, inclusive: true }, upper: { version, inclusive: true } };
    case "~=":
      return between(version, Math.max(version.release.length - 2, 0));
    case "~":
      return between(version, Math.min(version.release.length - 1, 1));
    case "^":
      return between(
        version,
        Math.max(
          version.release.findIndex((part) => part > 0),
          0,
        ),
      );
    case "<":
    case "<=":
      return { lower: undefined, upper: { version, inclusive: operator === "<=" } };
    case ">":
    case ">=":
      return { lower: { version, inclusive: operator === ">=" }, upper: undefined };
    default:
      return ANY;
  }
}

/** `==5.2.*`, and Poetry's `5.2.*`. */
function parseWildcard(operator: string, text: string): Range | undefined {
  if (operator === "!=") return ANY;
  const version = parseVersion(text.replace(/\.?\*$/, ""));
  if (version === undefined || !/^(?:={0,3})$/.test(operator)) return undefined;
  return between(version, version.release.length - 1);
}

/** From a version up to, without it, the next one in the segment at `index`. */
function between(version: Version, index: number): Range {
  const release = version.release.slice(0, index + 1);
  release[index] = (release[index] ?? 0) + 1;
  return {
    lower: { version, inclusive: true },
    upper: { version: { release, pre: undefined, post: undefined }, inclusive: false },
  };
}

/** Of two bounds the one further in `direction`; a bound that is not given never is. */
function stricter(
  a: Bound | undefined,
  b: Bound | undefined,
  direction: 1 | -1,
): Bound | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const order = compareVersions(a.version, b.version) * direction;
  if (order === 0) return a.inclusive ? b : a;
  return order > 0 ? a : b;
}

/** Of two bounds the one that lets more through in `direction`; one that is not given lets all. */
function looser(a: Bound | undefined, b: Bound | undefined, direction: 1 | -1): Bound | undefined {
  if (a === undefined || b === undefined) return undefined;
  const order = compareVersions(a.version, b.version) * direction;
  if (order === 0) return a.inclusive ? a : b;
  return order > 0 ? a : b;
}

/** The one version of an exact pin. */
export function exactVersion({ lower, upper }: Range): Version | undefined {
  if (lower === undefined || upper === undefined || !lower.inclusive || !upper.inclusive) {
    return undefined;
  }
  return compareVersions(lower.version, upper.version) === 0 ? lower.version : undefined;
}

/** Whether a range ends before its upper bound lets a version through. */
export function admits({ lower, upper }: Range, version: Version): boolean {
  return isAbove(lower, version) && isBelow(upper, version);
}

function isAbove(lower: Bound | undefined, version: Version): boolean {
  if (lower === undefined) return true;
  const order = compareVersions(version, lower.version);
  return order > 0 || (order === 0 && lower.inclusive);
}

function isBelow(upper: Bound | undefined, version: Version): boolean {
  if (upper === undefined) return true;
  const order = compareVersions(version, upper.version);
  return order < 0 || (order === 0 && upper.inclusive);
}
