/** What a check run was made for; stands in its `external_id`. */
export interface ReviewedRange {
  /** Of the pull request, or that the range is a merge group's. */
  readonly number: number | "merge-group";
  readonly baseSha: string;
  readonly headSha: string;
  /** How many other pull requests with this head count in its verdict; absent for none. */
  readonly sharing?: number;
}

const SHAPE =
  /^cyclekey:([1-9]\d{0,14}|merge-group):([0-9a-f]{40}|[0-9a-f]{64}):([0-9a-f]{40}|[0-9a-f]{64})(?::([1-9]\d{0,2}))?$/;

/**
 * `cyclekey:<pull request>:<base sha>:<head sha>`, and `:<count>` where others share the head: one
 * commit can be the head of several pull requests.
 */
export function formatExternalId({ number, baseSha, headSha, sharing = 0 }: ReviewedRange): string {
  const range = `cyclekey:${number}:${baseSha}:${headSha}`;
  return sharing === 0 ? range : `${range}:${Math.min(sharing, 999)}`;
}

/** Undefined for anything that `formatExternalId` does not write. */
export function parseExternalId(text: string): ReviewedRange | undefined {
  const [, number, baseSha, headSha, sharing] = SHAPE.exec(text) ?? [];
  if (number === undefined || baseSha === undefined || headSha === undefined) return undefined;
  return {
    number: number === "merge-group" ? number : Number(number),
    baseSha,
    headSha,
    ...(sharing !== undefined && { sharing: Number(sharing) }),
  };
}

/** Whether a check run was made for the range, whoever shared its head by then. */
export function isMadeFor(
  externalId: string,
  { number, baseSha, headSha }: ReviewedRange,
): boolean {
  const range = parseExternalId(externalId);
  return range?.number === number && range.baseSha === baseSha && range.headSha === headSha;
}
