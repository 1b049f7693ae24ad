import { type Answer, answerError } from "./answer.js";
import { ApiError, forbidden, notFound } from "./errors.js";
import type { Forge } from "./forge.js";
import { answerGraphql } from "./graphql/endpoint.js";
import { permits } from "./permissions.js";
import { ROUTES } from "./rest/index.js";
import { type Body, matchPattern, type Route } from "./route.js";
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

function findRoute(request: ApiRequest): {
  readonly route: Route;
  readonly at: Readonly<Record<string, string>>;
} {
  for (const route of ROUTES) {
    const at = route.method === request.method && matchPattern(route.pattern, request.path);
    if (at) return { route, at };
  }
  throw notFound();
}

async function answerRest(forge: Forge, request: ApiRequest): Promise<Answer> {
  const { route, at } = findRoute(request);
  const authorization = request.headers.authorization;
  const byApp = route.need === "jwt";
  const token = byApp ? undefined : authenticateInstallation(forge, authorization);
  const app = token?.app ?? authenticateApp(forge, authorization);
  if (token !== undefined) {
    const { owner, name } = forge.store;
    const asked = `${at.owner}/${at.repo}`.toLowerCase();
    if (asked !== `${owner}/${name}`.toLowerCase()) throw notFound();
    if (!permits(token.permissions, route.need)) throw forbidden(route.need);
  }
  const accept = request.headers.accept ?? "";
  return route.handle({
    forge,
    app,
    token,
    path: request.path,
    at,
    query: request.query,
    body: parseBody(request.body),
    accept,
  });
}

/** Never throws: what goes wrong is an answer, also what is our own mistake. */
export async function answerApi(forge: Forge, request: ApiRequest): Promise<Answer> {
  try {
    if (!request.headers["user-agent"]) {
      throw new ApiError(403, "Request forbidden by administrative rules. No User-Agent header.");
    }
    if (request.path !== "/graphql") return await answerRest(forge, request);
    const token = authenticateInstallation(forge, request.headers.authorization);
    return await answerGraphql(forge, token, parseBody(request.body));
  } catch (error) {
    if (error instanceof ApiError) return answerError(error);
    return answerError(new ApiError(500, `Server Error: ${String(error)}`));
  }
}
