import type { Range } from "./constraint.js";
import type { Version } from "./version.js";

/** Of a range without an end. */
export const UNBOUNDED = Number.MAX_SAFE_INTEGER;

const PHASES = ["dev", "a", "b", "rc"] as const;

/** A version as a number, ordered as versions are: the first three segments and the pre-release. */
export function rankVersion({ release, pre, post }: Version): number {
  const [major = 0, minor = 0, patch = 0] = release.map((part) => Math.min(part, 9999));
  const phase = pre === undefined ? 500 : 100 * PHASES.indexOf(pre[0]) + Math.min(pre[1], 99);
  const after = post === undefined ? 0 : 1 + Math.min(post, 400);
  return 2 * (((major * 10_000 + minor) * 10_000 + patch) * 1000 + phase + after);
}

/** The newest version that a range lets through, as a number. */
export function rankNewest({ upper }: Range): number {
  if (upper === undefined) return UNBOUNDED;
  return rankVersion(upper.version) - (upper.inclusive ? 0 : 1);
}
