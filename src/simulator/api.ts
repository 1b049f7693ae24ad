import { permits } from "./apps/permissions.js";
import { authenticateApp, authenticateInstallation } from "./apps/tokens.js";
import { answerGraphql } from "./graphql/endpoint.js";
import { type Answer, answerError } from "./http/answer.js";
import { type Body, matchPattern } from "./http/route.js";
import type { AppRecord } from "./platform/app-records.js";
import { ApiError, forbidden, notFound } from "./platform/errors.js";
import { fullName, type Platform, visibleForge } from "./platform/platform.js";
import { APP_ROUTES, INSTALLATION_ROUTES, ROUTES } from "./rest/index.js";

/** One request to the API, read to its end. `path` is raw, without `/api/v3`. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

function parseBody(text: string): Body {
  if (text === "") return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ApiError(400, "Problems parsing JSON");
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Body;
  throw new ApiError(400, "Body should be a JSON object");
}

/** The first route of a list that the request is for. */
function match<R extends { readonly method: string; readonly pattern: string }>(
  routes: readonly R[],
  request: Pick<ApiRequest, "method" | "path">,
): { readonly route: R; readonly at: Readonly<Record<string, string>> } | undefined {
  for (const route of routes) {
    const at = route.method === request.method && matchPattern(route.pattern, request.path);
    if (at) return { route, at };
  }
  return undefined;
}

const BY_ID = /^\/repositories\/(\d+)(?=\/|$)/;

/** A repository may be called by its id, which is where GitHub sends whoever calls it by an old name. */
function namedPath(platform: Platform, path: string): string {
  const id = BY_ID.exec(path)?.[1];
  const forge = platform.forges.find(({ store }) => String(store.id) === id);
  return forge === undefined ? path : path.replace(BY_ID, `/repos/${fullName(forge.store)}`);
}

/** A read may be repeated for ever there, a write once. */
function redirect(platform: Platform, { method, path, query }: ApiRequest, id: number): Answer {
  const rest = path.split("/").slice(4).join("/");
  const search = query.size === 0 ? "" : `?${query}`;
  const location = `${platform.url}/api/v3/repositories/${id}/${rest}${search}`;
  const [status, message] =
    method === "GET" ? [301, "Moved Permanently"] : [307, "Temporary Redirect"];
  return { status, headers: { location }, body: { message, url: location } };
}

async function answerRest(platform: Platform, request: ApiRequest): Promise<Answer> {
  const { authorization, accept = "" } = request.headers;
  const call = (app: AppRecord, at: Readonly<Record<string, string>>) => {
    const { path, query } = request;
    return { platform, app, path, at, query, body: parseBody(request.body), accept };
  };

  const byApp = match(APP_ROUTES, request);
  if (byApp !== undefined) {
    const app = authenticateApp(platform, authorization);
    return byApp.route.handle(call(app, byApp.at));
  }
  const token = authenticateInstallation(platform, authorization);
  const { installation } = token;
  const byInstallation = match(INSTALLATION_ROUTES, request);
  if (byInstallation !== undefined) {
    return byInstallation.route.handle({ ...call(installation.app, byInstallation.at), token });
  }
  const path = namedPath(platform, request.path);
  const found = match(ROUTES, { method: request.method, path });
  if (found === undefined) throw notFound();
  const { route, at } = found;
  const forge = visibleForge(platform, token, at.owner ?? "", at.repo ?? "");
  if (forge === undefined) throw notFound();
  const asked = `${at.owner}/${at.repo}`;
  if (asked.toLowerCase() !== fullName(forge.store).toLowerCase()) {
    return redirect(platform, request, forge.store.id);
  }
  if (!permits(token.permissions, route.need)) throw forbidden(route.need);
  return route.handle({ ...call(installation.app, at), token, forge });
}

const API_VERSION = "2022-11-28";

/** Never throws: what goes wrong is an answer, also what is our own mistake. */
export async function answerApi(platform: Platform, request: ApiRequest): Promise<Answer> {
  try {
    if (!request.headers["user-agent"]) {
      throw new ApiError(403, "Request forbidden by administrative rules. No User-Agent header.");
    }
    const version = request.headers["x-github-api-version"] ?? API_VERSION;
    if (version !== API_VERSION) {
      throw new ApiError(400, `The API version "${version}" is not supported.`);
    }
    if (request.path !== "/graphql") return await answerRest(platform, request);
    const token = authenticateInstallation(platform, request.headers.authorization);
    return await answerGraphql(platform, token, parseBody(request.body));
  } catch (error) {
    if (error instanceof ApiError) return answerError(error);
    return answerError(new ApiError(500, `Server Error: ${String(error)}`));
  }
}
