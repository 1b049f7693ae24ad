import { graphqlError } from "./access.js";

export interface Paging {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

const MAX_PAGE = 100;

function cursor(index: number): string {
  return Buffer.from(`cursor:${index}`).toString("base64");
}

function readCursor(text: string): number {
  const index = Number(Buffer.from(text, "base64").toString().replace("cursor:", ""));
  if (!Number.isSafeInteger(index)) {
    throw graphqlError(
      "INVALID_CURSOR_ARGUMENTS",
      `\`${text}\` does not appear to be a valid cursor.`,
    );
  }
  return index;
}

/** A window on a list. As on GitHub, `first` or `last` is required, and 100 is the most. */
export function connect<T>(field: string, items: readonly T[], paging: Paging) {
  const size = paging.first ?? paging.last;
  if (size === null || size === undefined) {
    throw graphqlError(
      "MISSING_PAGINATION_BOUNDARIES",
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${field}\` connection.`,
    );
  }
  if (size > MAX_PAGE || size < 0) {
    throw graphqlError(
      "EXCESSIVE_PAGINATION",
      `Requesting ${size} records on the \`${field}\` connection exceeds the \`first\` limit of 100 records.`,
    );
  }
  const from = paging.after ? readCursor(paging.after) + 1 : 0;
  const to = paging.before ? readCursor(paging.before) : items.length;
  const start =
    paging.first === null || paging.first === undefined ? Math.max(from, to - size) : from;
  const end = Math.min(to, start + size);
  const nodes = items.slice(start, end);
  return {
    nodes,
    totalCount: items.length,
    pageInfo: {
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
      startCursor: nodes.length > 0 ? cursor(start) : null,
      endCursor: nodes.length > 0 ? cursor(end - 1) : null,
    },
  };
}
