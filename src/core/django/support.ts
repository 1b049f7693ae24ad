import { admits, type Range } from "../requirements/constraint.js";
import {
  compareVersions,
  parseVersion,
  releaseOf,
  seriesOf,
  type Version,
} from "../requirements/version.js";
import { DJANGO_FIXES, DJANGO_SERIES } from "./releases.js";

const NONE = releaseOf(0);

interface KnownSeries {
  readonly name: string;
  readonly first: Version;
  readonly last: Version;
  readonly supported: boolean;
}

const SERIES: readonly KnownSeries[] = DJANGO_SERIES.map(({ series, last, supported }) => ({
  name: series,
  first: parseVersion(series) ?? NONE,
  last: parseVersion(last) ?? NONE,
  supported,
}));

const FIXES = DJANGO_FIXES.map(({ cve, fixedIn }) => ({
  cve,
  fixedIn: fixedIn.map((one) => parseVersion(one) ?? NONE),
}));

/**
 * The newest release of Django that a range lets through, as far as the table of releases knows: a
 * pin is taken at its word. Undefined when the range has no end, so that what is newer than the
 * table comes too.
 */
export function newestDjango(range: Range): Version | undefined {
  const { upper } = range;
  if (upper === undefined) return undefined;
  if (upper.inclusive) return upper.version;
  const newest = SERIES.findLast(({ first, last }) => admits(range, last) || admits(range, first));
  if (newest !== undefined && admits(range, newest.last)) return newest.last;
  const below = justBelow(upper.version);
  const lowest = range.lower?.version;
  return lowest && compareVersions(below, lowest) < 0 ? lowest : below;
}

/** `<5.2.14` lets 5.2.13 through. */
function justBelow({ release }: Version): Version {
  const last = release.length - 1;
  return releaseOf(...release.map((part, i) => (i === last ? Math.max(part - 1, 0) : part)));
}

/** Whether a release has the fix: of its series, or because its series came later than the issue. */
function hasFix(version: Version, fixedIn: readonly Version[]): boolean {
  const own = fixedIn.find((one) => seriesOf(one) === seriesOf(version));
  if (own !== undefined) return compareVersions(version, own) >= 0;
  return fixedIn.every((one) => compareVersions(version, one) > 0);
}

/** The issues that `base` has the fix for and `head` has not; without a `base` all that are fixed. */
export function lostFixes(base: Version | undefined, head: Version): readonly string[] {
  return FIXES.filter(
    ({ fixedIn }) => (base === undefined || hasFix(base, fixedIn)) && !hasFix(head, fixedIn),
  ).map(({ cve }) => cve);
}

/** Whether the series of a release still gets security fixes; what is newer than the table does. */
export function isSupported(version: Version): boolean {
  const own = SERIES.find(({ name }) => name === seriesOf(version));
  if (own !== undefined) return own.supported;
  const newest = SERIES.at(-1)?.first ?? NONE;
  return compareVersions(version, newest) > 0;
}

/** Whether a later release of the same series is known. */
export function isOutdated(version: Version): boolean {
  const own = SERIES.find(({ name }) => name === seriesOf(version));
  return own !== undefined && compareVersions(version, own.last) < 0;
}

/** The series that get security fixes, oldest first. */
export function supportedSeries(): readonly string[] {
  return SERIES.filter(({ supported }) => supported).map(({ name }) => name);
}
