/** What a check run was made for; stands in its `external_id`. */
export interface ReviewedRange {
  readonly number: number;
  readonly baseSha: string;
  readonly headSha: string;
}

const SHAPE = /^cyclekey:([1-9]\d{0,14}):([0-9a-f]{40}|[0-9a-f]{64}):([0-9a-f]{40}|[0-9a-f]{64})$/;

/** `cyclekey:<pull request>:<base sha>:<head sha>`: one commit can be the head of several pull requests. */
export function formatExternalId({ number, baseSha, headSha }: ReviewedRange): string {
  return `cyclekey:${number}:${baseSha}:${headSha}`;
}

/** Undefined for anything that `formatExternalId` does not write. */
export function parseExternalId(text: string): ReviewedRange | undefined {
  const [, number, baseSha, headSha] = SHAPE.exec(text) ?? [];
  if (number === undefined || baseSha === undefined || headSha === undefined) return undefined;
  return { number: Number(number), baseSha, headSha };
}
