import { exactVersion, type Range } from "../requirements/constraint.js";
import { readRequirements } from "../requirements/read-requirements.js";
import type { Requirement } from "../requirements/requirement.js";
import type { Version } from "../requirements/version.js";
import { newestDjango } from "./support.js";

/** What requirement files say of the Django that a project runs with. */
export interface DjangoPin {
  /** The oldest release that is let through; of an exact pin, the release. */
  readonly min?: Version;
  /** The newest known release that is let through; absent when there is no upper bound. */
  readonly max?: Version;
  /** Of an exact pin or of a lock file. */
  readonly exact?: Version;
}

/**
 * Reads the pin of Django from requirement and lock files of one version of a project. What a lock
 * file resolved comes before an exact pin, that before a range; undefined when no file names Django.
 */
export function djangoPin(
  texts: readonly { readonly path: string; readonly text: string }[],
): DjangoPin | undefined {
  const named = texts
    .flatMap(({ path, text }) => readRequirements(path, text))
    .filter(
      (one): one is Requirement & { range: Range } =>
        one.name === "django" && one.range !== undefined,
    );
  const best =
    named.find((one) => one.locked) ??
    named.find((one) => exactVersion(one.range) !== undefined) ??
    named.find((one) => one.range.upper !== undefined) ??
    named[0];
  if (best === undefined) return undefined;
  const exact = exactVersion(best.range);
  const max = newestDjango(best.range);
  return {
    ...(best.range.lower && { min: best.range.lower.version }),
    ...(max && { max }),
    ...(exact && { exact }),
  };
}
