import { array, at, integer, sha, text } from "../client/untrusted.js";

/** Another open pull request of the same repository with the same head. */
export interface Sibling {
  readonly number: number;
  /** Undefined where only its number is known. */
  readonly baseRef: string | undefined;
}

/**
 * Closed pull requests count, and those that contain the commit further down: a stack has many.
 * With all places taken there may be more.
 */
const LISTED = 100;

export const SIBLINGS = `
fragment Siblings on Commit {
  oid
  associatedPullRequests(first: ${LISTED}) {
    nodes { number state headRefOid baseRefName baseRepository { id } }
  }
}`;

/** A pull request is associated with each of its commits; only where it is the head it shares the check. */
export function readSiblings(
  commit: unknown,
  own: { readonly number: number; readonly headSha: string; readonly repositoryId: string },
): { readonly siblings: readonly Sibling[]; readonly moreSiblings: boolean } {
  const nodes = array(at(commit, "associatedPullRequests", "nodes"));
  const siblings = nodes.flatMap((node): readonly Sibling[] => {
    const number = integer(at(node, "number"));
    const baseRef = text(at(node, "baseRefName"));
    if (number === undefined || number === own.number || baseRef === undefined) return [];
    if (at(node, "state") !== "OPEN" || sha(at(node, "headRefOid")) !== own.headSha) return [];
    return at(node, "baseRepository", "id") === own.repositoryId ? [{ number, baseRef }] : [];
  });
  return {
    siblings: siblings.toSorted((a, b) => a.number - b.number),
    moreSiblings: nodes.length >= LISTED,
  };
}
