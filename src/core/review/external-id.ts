/** What a check run was made for; stands in its `external_id`. */
export interface ReviewedRange {
  /** Of the pull request, or that the range is a merge group's. */
  readonly number: number | "merge-group";
  readonly baseSha: string;
  readonly headSha: string;
}

const SHAPE =
  /^cyclekey:([1-9]\d{0,14}|merge-group):([0-9a-f]{40}|[0-9a-f]{64}):([0-9a-f]{40}|[0-9a-f]{64})$/;

/** `cyclekey:<pull request>:<base sha>:<head sha>`: one commit can be the head of several pull requests. */
export function formatExternalId({ number, baseSha, headSha }: ReviewedRange): string {
  return `cyclekey:${number}:${baseSha}:${headSha}`;
}

/** Undefined for anything that `formatExternalId` does not write. */
export function parseExternalId(text: string): ReviewedRange | undefined {
  const [, number, baseSha, headSha] = SHAPE.exec(text) ?? [];
  if (number === undefined || baseSha === undefined || headSha === undefined) return undefined;
  return { number: number === "merge-group" ? number : Number(number), baseSha, headSha };
}
