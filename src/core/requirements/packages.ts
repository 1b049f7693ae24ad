import { classifyWords, wordsOf } from "../django/module-class.js";
import type { SourceFile } from "../model/source.js";
import type { Range } from "./constraint.js";
import { rankNewest } from "./rank.js";
import { readRequirements } from "./read-requirements.js";
import type { Requirement } from "./requirement.js";

/** Packages that carry sessions, logins and their secrets; Django itself is looked at more closely. */
const WATCHED_PACKAGES: ReadonlySet<string> = new Set([
  "django",
  "djangorestframework",
  "django-allauth",
  "social-auth-app-django",
  "django-two-factor-auth",
  "django-otp",
  "cryptography",
]);

/** Lists for other purposes than running the site, beside those for tests and development. */
const OTHER_PURPOSES: ReadonlySet<string> = new Set([
  "doc",
  "tox",
  "nox",
  "lint",
  "typing",
  "sample",
  "samples",
  "tutorial",
  "tutorials",
  "benchmark",
  "benchmarks",
  "min",
  "minimum",
  "lowest",
  "oldest",
]);

/** One file for each release that a library is tested with: `requirements-django42.txt`. */
const MATRIX = /django[-_.]?v?\d/i;

/** What one file lets through of a watched package, all its environment markers taken together. */
export interface PackageFact {
  readonly name: string;
  /** The most generous of what the file asks for, as it is written. */
  readonly requirement: Requirement & { readonly range: Range };
}

/** The watched packages that a file names for a running site. */
interface Asked {
  readonly facts: ReadonlyMap<string, PackageFact>;
  /** Those with a constraint that cannot be read, as the address of an archive. */
  readonly unread: ReadonlySet<string>;
}

/**
 * What a file lets through of the watched packages. What it asks for twice, as for two versions of
 * Python, counts as the more generous of the two; a package with a constraint that cannot be read is
 * left out.
 */
export function packageFacts(file: Omit<SourceFile, "side">): readonly PackageFact[] {
  const { facts, unread } = askedBy(file);
  return [...facts.values()].filter(({ name }) => !unread.has(name));
}

/** Whether a file asks for a package in a way that does not tell of which release. */
export function asksForAny(file: Omit<SourceFile, "side">, name: string): boolean {
  return askedBy(file).unread.has(name);
}

function askedBy({ path, text }: Omit<SourceFile, "side">): Asked {
  const facts = new Map<string, PackageFact>();
  const unread = new Set<string>();
  if (!isDeployed(path)) return { facts, unread };
  for (const requirement of readRequirements(path, text)) {
    const { name, range, group } = requirement;
    if (!WATCHED_PACKAGES.has(name) || !isDeployed(group)) continue;
    if (range === undefined) unread.add(name);
    else {
      const known = facts.get(name);
      if (known === undefined || rankNewest(range) > rankNewest(known.requirement.range)) {
        facts.set(name, { name, requirement: { ...requirement, range } });
      }
    }
  }
  return { facts, unread };
}

/** Whether a path, or the name of a group, is not one for tests, development or documentation. */
function isDeployed(name: string): boolean {
  if (MATRIX.test(name)) return false;
  const words = wordsOf(name);
  const kind = classifyWords(words);
  return (
    kind !== "test" && kind !== "development" && !words.some((word) => OTHER_PURPOSES.has(word))
  );
}
