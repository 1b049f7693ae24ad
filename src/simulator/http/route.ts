import type { Need } from "../apps/permissions.js";
import type { AppRecord, TokenRecord } from "../platform/app-records.js";
import { ApiError, notFound } from "../platform/errors.js";
import type { Forge } from "../platform/forge.js";
import type { Platform } from "../platform/platform.js";
import type { Answer } from "./answer.js";

/** What every handler gets to see of a request. */
export interface PlatformCall {
  readonly platform: Platform;
  readonly app: AppRecord;
  /** Raw path, without `/api/v3`. */
  readonly path: string;
  /** Decoded pieces of the path. */
  readonly at: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Body;
  readonly accept: string;
}

/** A request of an installation. */
export interface InstallationCall extends PlatformCall {
  readonly token: TokenRecord;
}

/** A request of an installation on one of its repositories. */
export interface Call extends InstallationCall {
  readonly forge: Forge;
}

/** A JSON object that came from outside. */
export type Body = Readonly<Record<string, unknown>>;

interface Endpoint<C> {
  readonly method: string;
  readonly pattern: string;
  readonly handle: (call: C) => Answer | Promise<Answer>;
}

/** A route below `/repos/{owner}/{repo}` and the permission it asks for. */
export interface Route extends Endpoint<Call> {
  readonly need: Need;
}

/** A route that only the App itself may call, with its JWT. */
export type AppRoute = Endpoint<PlatformCall>;

/** A route on the installation as a whole. */
export type InstallationRoute = Endpoint<InstallationCall>;

/**
 * The pieces of a path that a pattern names: `{x}` is one segment, `{x+}` the rest. Segments are
 * split before they are decoded, so an encoded slash stays inside its segment.
 */
export function matchPattern(
  pattern: string,
  path: string,
): Readonly<Record<string, string>> | undefined {
  const wanted = pattern.split("/");
  const given = path.split("/");
  const found: Record<string, string> = {};
  for (const [index, piece] of wanted.entries()) {
    const [, name, rest] = /^\{(\w+)(\+?)\}$/.exec(piece) ?? [];
    const value = rest ? given.slice(index).join("/") : given[index];
    if (value === undefined || (name === undefined && value !== piece)) return undefined;
    if (name !== undefined) found[name] = decodePiece(value);
    if (rest) return found;
  }
  return wanted.length === given.length ? found : undefined;
}

function decodePiece(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw notFound();
  }
}

export function readText(body: Body, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  throw new ApiError(
    422,
    `Invalid request.\n\nFor 'properties/${name}', ${value} is not a string.`,
  );
}

export function readInteger(body: Body, name: string): number | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (Number.isInteger(value)) return value as number;
  throw new ApiError(
    422,
    `Invalid request.\n\nFor 'properties/${name}', ${value} is not a number.`,
  );
}

export function readChoice<T extends string>(
  body: Body,
  name: string,
  choices: readonly T[],
): T | undefined {
  const value = readText(body, name);
  if (value === undefined) return undefined;
  const choice = choices.find((one) => one === value);
  if (choice !== undefined) return choice;
  throw new ApiError(
    422,
    `Invalid request.\n\n${value} is not a possible value. Must be one of the following: ${choices.join(", ")}.`,
  );
}

export function readObjects(body: Body, name: string): readonly Body[] {
  const value = body[name] ?? [];
  if (Array.isArray(value) && value.every((one) => typeof one === "object" && one !== null)) {
    return value as Body[];
  }
  throw new ApiError(422, `Invalid request.\n\nFor 'properties/${name}', it is not an array.`);
}

/** A page of a list with GitHub's `Link` header. */
export function paginate(
  call: PlatformCall,
  items: readonly unknown[],
  wrap: (page: readonly unknown[]) => unknown = (page) => page,
): Answer {
  const size = Math.min(100, Math.max(1, Number(call.query.get("per_page")) || 30));
  const page = Math.max(1, Number(call.query.get("page")) || 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const link = (to: number, rel: string) => {
    const query = new URLSearchParams(call.query);
    query.set("page", String(to));
    return `<${call.platform.url}/api/v3${call.path}?${query}>; rel="${rel}"`;
  };
  return {
    status: 200,
    body: wrap(items.slice((page - 1) * size, page * size)),
    headers: page < last ? { link: `${link(page + 1, "next")}, ${link(last, "last")}` } : {},
  };
}

/** As `paginate`, for lists that are followed by a cursor: the id of the last item before the page. */
export function readCursor<T>(
  call: PlatformCall,
  items: readonly T[],
  idOf: (item: T) => number,
  show: (item: T) => unknown,
): Answer {
  const { query, platform, path } = call;
  const size = Math.min(100, Math.max(1, Number(query.get("per_page")) || 30));
  const cursor = query.get("cursor");
  const after = items.findIndex((item) => String(idOf(item)) === cursor?.replace(/^v1_/, ""));
  if (cursor !== null && after === -1) throw new ApiError(422, "Invalid cursor");
  const page = items.slice(after + 1, after + 1 + size);
  const last = page.at(-1);
  const more = last !== undefined && after + 1 + size < items.length;
  const next = new URLSearchParams(query);
  if (more) next.set("cursor", `v1_${idOf(last)}`);
  const link = `<${platform.url}/api/v3${path}?${next}>; rel="next"`;
  return { status: 200, body: page.map(show), headers: more ? { link } : {} };
}
