import { Gone, Refused, Retryable, Superseded } from "./errors.js";
import { array, record, text } from "./untrusted.js";

/** What an answer says of GitHub's limits. `seconds` is undefined when it names no time. */
export interface LimitReached {
  readonly seconds: number | undefined;
}

/** HTTP status of an octokit error that carries an answer; undefined for network errors and time-outs. */
export function statusOf(error: unknown): number | undefined {
  const response = record(record(error)?.response);
  return typeof response?.status === "number" ? response.status : undefined;
}

/**
 * Whether GitHub refused because of a limit. Primary: 403 or 429 with `x-ratelimit-remaining: 0`;
 * secondary: 403 or 429 with `retry-after`, or only a message; GraphQL: 200 with type RATE_LIMITED.
 */
export function limitOf(error: unknown, now: number): LimitReached | undefined {
  const failure = record(error);
  const response = record(failure?.response);
  const headers = record(response?.headers) ?? record(failure?.headers);
  const status = statusOf(error);
  const retryAfter = seconds(headers?.["retry-after"]);
  const exhausted = text(headers?.["x-ratelimit-remaining"]) === "0";
  const reset = seconds(headers?.["x-ratelimit-reset"]);
  const untilReset =
    exhausted && reset !== undefined ? Math.max(1, Math.ceil(reset - now / 1_000) + 1) : undefined;
  if (graphqlTypes(error).includes("RATE_LIMITED")) return { seconds: retryAfter ?? untilReset };
  if (status !== 403 && status !== 429) return undefined;
  const secondary = /rate limit|abuse/i.test(text(failure?.message) ?? "");
  if (status === 403 && retryAfter === undefined && !exhausted && !secondary) return undefined;
  return { seconds: retryAfter ?? untilReset };
}

/** Until when, in milliseconds since the epoch, an answer says that no request is left; 0 for now. */
export function remainingUntil(headers: Readonly<Record<string, unknown>>): number {
  const reset = seconds(headers["x-ratelimit-reset"]);
  const exhausted = text(headers["x-ratelimit-remaining"]) === "0";
  return exhausted && reset !== undefined ? (reset + 1) * 1_000 : 0;
}

/** GitHub has no such thing, or does not show it to us; anything else may be there after all. */
const ABSENT = ["NOT_FOUND", "FORBIDDEN"];

/** What a GraphQL answer has, when all that it lacks is absent and stands below one of these fields. */
export function partialAnswer(error: unknown, optional: readonly string[]): unknown {
  const errors = graphqlErrors(error) ?? [];
  const enough = errors.every((entry) => {
    const { path, type } = record(entry) ?? {};
    return optional.includes(text(array(path)[0]) ?? "") && ABSENT.includes(text(type) ?? "");
  });
  return errors.length > 0 && enough ? record(record(error)?.data) : undefined;
}

/** Whether the request may have failed on the way or inside GitHub, so that a read can be repeated. */
export function isTransient(error: unknown): boolean {
  if (isOurs(error)) return false;
  const status = statusOf(error);
  if (graphqlErrors(error) !== undefined) return false;
  return status === undefined || status >= 500;
}

/** Every failure as one of our four. A limit is dealt with before. */
export function toOurError(error: unknown): Error {
  if (isOurs(error)) return error;
  const message = (text(record(error)?.message) ?? "unknown failure").slice(0, 300);
  const options = { cause: error };
  const errors = graphqlErrors(error);
  if (errors !== undefined) return fromGraphql(graphqlTypes(error), message, options);
  const status = statusOf(error);
  if (status === undefined || status >= 500) return new Retryable(message, undefined, options);
  // A bad credential may be a token that GitHub has not replicated yet, or a key that is being rotated.
  if (status === 401) return new Retryable(message, undefined, options);
  if ([403, 404, 410, 451].includes(status)) return new Gone(message, options);
  return new Refused(message, status, options);
}

function isOurs(error: unknown): error is Error {
  return [Retryable, Superseded, Gone, Refused].some((kind) => error instanceof kind);
}

function fromGraphql(types: readonly string[], message: string, options: ErrorOptions): Error {
  if (types.includes("NOT_FOUND") || types.includes("FORBIDDEN")) return new Gone(message, options);
  if (types.includes("UNPROCESSABLE")) return new Refused(message, 422, options);
  // "Something went wrong while executing your query" comes without a type.
  return new Retryable(message, undefined, options);
}

function graphqlErrors(error: unknown): readonly unknown[] | undefined {
  const failure = record(error);
  return failure?.name === "GraphqlResponseError" ? array(failure.errors) : undefined;
}

function graphqlTypes(error: unknown): readonly string[] {
  return (graphqlErrors(error) ?? []).flatMap((entry) => text(record(entry)?.type) ?? []);
}

function seconds(value: unknown): number | undefined {
  const number = Number(typeof value === "number" ? value : (text(value) ?? Number.NaN));
  return Number.isFinite(number) && number >= 0 ? number : undefined;
}
