import type { Anchor } from "../git/review-anchors.js";
import type { RequestRecord } from "./request-log.js";

/** An answer in place of the real one. Text is sent as it is, anything else as JSON. */
export interface FaultAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What goes wrong with a request: no answer ever, a 502, a connection that ends, or any answer. */
export type Fault = "hang" | "bad-gateway" | "drop" | FaultAnswer;

export type Interference = (
  request: RequestRecord,
) => Fault | undefined | Promise<Fault | undefined>;

/** Where a test interferes: before anything happened, or after it happened and before the answer. */
export interface Faults {
  beforeRequest?: Interference | undefined;
  afterEffect?: Interference | undefined;
  /** Review comments that GitHub takes for off the diff, whatever the diff says. */
  refuseComment?: ((comment: Anchor) => boolean) | undefined;
  /** Most content-creating requests of one installation in 60 seconds; unlimited when undefined. */
  contentPerMinute?: number | undefined;
  contentPerHour?: number | undefined;
  /** A write counts five points, a read one. */
  pointsPerMinute?: number | undefined;
}

const UNICORN = "<html><title>Unicorn! &middot; GitHub</title></html>";

export function serverError(status = 500): FaultAnswer {
  return { status, headers: { "content-type": "text/html" }, body: UNICORN };
}

function refusal(status: number, message: string, headers: Record<string, string>): FaultAnswer {
  return { status, headers, body: { message, documentation_url: "https://docs.github.com/rest" } };
}

/** What GitHub says that it allows an installation. */
export const GITHUB_BUDGETS = { contentPerMinute: 80, contentPerHour: 500, pointsPerMinute: 900 };

/** GitHub sends `Retry-After` with some of these and leaves it out of others. */
export function secondaryLimit(retryAfter?: number, status: 403 | 429 = 403): FaultAnswer {
  const headers = retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
  const message =
    "You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.";
  return refusal(status, message, headers as Record<string, string>);
}

export function primaryLimit(resetAt: Date, status: 403 | 429 = 403): FaultAnswer {
  return refusal(status, "API rate limit exceeded for installation.", {
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": "0",
    "x-ratelimit-used": "5000",
    "x-ratelimit-reset": String(Math.ceil(resetAt.getTime() / 1000)),
  });
}

/** GraphQL tells its primary limit with 200 and an error. */
export function graphqlLimit(resetAt: Date): FaultAnswer {
  const { headers = {} } = primaryLimit(resetAt);
  const errors = [{ type: "RATE_LIMITED", message: "API rate limit exceeded for installation." }];
  return {
    status: 200,
    headers: { ...headers, "x-ratelimit-resource": "graphql" },
    body: { errors },
  };
}

export function badCredentials(): FaultAnswer {
  return refusal(401, "Bad credentials", {});
}

/** The fault for the first `times` requests that `chosen` picks, and for no other. */
export function first(
  fault: Fault,
  chosen: (request: RequestRecord) => boolean,
  times = 1,
): Interference {
  let left = times;
  return (request) => {
    if (left === 0 || !chosen(request)) return undefined;
    left -= 1;
    return fault;
  };
}
