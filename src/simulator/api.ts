import { type Answer, answerError } from "./answer.js";
import type { AppRecord } from "./app-records.js";
import { ApiError, forbidden, notFound } from "./errors.js";
import { answerGraphql } from "./graphql/endpoint.js";
import { permits } from "./permissions.js";
import { type Platform, visibleForge } from "./platform.js";
import { APP_ROUTES, INSTALLATION_ROUTES, ROUTES } from "./rest/index.js";
import { type Body, matchPattern } from "./route.js";
import { authenticateApp, authenticateInstallation } from "./tokens.js";

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
  request: ApiRequest,
): { readonly route: R; readonly at: Readonly<Record<string, string>> } | undefined {
  for (const route of routes) {
    const at = route.method === request.method && matchPattern(route.pattern, request.path);
    if (at) return { route, at };
  }
  return undefined;
}

async function answerRest(platform: Platform, request: ApiRequest): Promise<Answer> {
  const { authorization, accept = "" } = request.headers;
  const asked = (app: AppRecord, at: Readonly<Record<string, string>>) => {
    const { path, query } = request;
    return { platform, app, path, at, query, body: parseBody(request.body), accept };
  };

  const byApp = match(APP_ROUTES, request);
  if (byApp !== undefined) {
    const app = authenticateApp(platform, authorization);
    return byApp.route.handle(asked(app, byApp.at));
  }
  const token = authenticateInstallation(platform, authorization);
  const { installation } = token;
  const byInstallation = match(INSTALLATION_ROUTES, request);
  if (byInstallation !== undefined) {
    return byInstallation.route.handle({ ...asked(installation.app, byInstallation.at), token });
  }
  const found = match(ROUTES, request);
  if (found === undefined) throw notFound();
  const { route, at } = found;
  const forge = visibleForge(platform, token, at.owner ?? "", at.repo ?? "");
  if (forge === undefined) throw notFound();
  if (!permits(token.permissions, route.need)) throw forbidden(route.need);
  return route.handle({ ...asked(installation.app, at), token, forge });
}

/** Never throws: what goes wrong is an answer, also what is our own mistake. */
export async function answerApi(platform: Platform, request: ApiRequest): Promise<Answer> {
  try {
    if (!request.headers["user-agent"]) {
      throw new ApiError(403, "Request forbidden by administrative rules. No User-Agent header.");
    }
    if (request.path !== "/graphql") return await answerRest(platform, request);
    const token = authenticateInstallation(platform, request.headers.authorization);
    return await answerGraphql(platform, token, parseBody(request.body));
  } catch (error) {
    if (error instanceof ApiError) return answerError(error);
    return answerError(new ApiError(500, `Server Error: ${String(error)}`));
  }
}
