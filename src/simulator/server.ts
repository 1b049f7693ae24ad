import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerApi } from "./api.js";
import { callerOf } from "./apps/tokens.js";
import { type Answer, answerError, standardHeaders } from "./http/answer.js";
import { createSecondaryLimits } from "./http/secondary-limits.js";
import { ApiError } from "./platform/errors.js";
import { type Fault, type Faults, serverError } from "./platform/faults.js";
import type { Platform } from "./platform/platform.js";
import type { RequestRecord } from "./platform/request-log.js";

export interface Listener {
  readonly url: string;
  readonly requests: readonly RequestRecord[];
  close(): Promise<void>;
}

export interface ServerOptions {
  readonly port: number;
  readonly faults: Faults;
  /** Answers what is not the API: the page. */
  readonly page: (request: IncomingMessage, response: ServerResponse) => void;
}

const MAX_REQUEST = 32 * 1024 * 1024;

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > MAX_REQUEST) throw new ApiError(413, "Payload too large");
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** `/api/v3/x` is REST, `/api/graphql` is GraphQL; anything else is the page. */
function apiPath(pathname: string): string | undefined {
  if (pathname === "/api/graphql") return "/graphql";
  return pathname.startsWith("/api/v3/") ? pathname.slice("/api/v3".length) : undefined;
}

/** Carries a fault out; true when there is nothing left to answer. */
function inflict(
  fault: Fault | undefined,
  record: RequestRecord,
  response: ServerResponse,
): boolean {
  if (fault === undefined) return false;
  if (fault === "hang") return true;
  if (fault === "drop") {
    response.destroy();
    return true;
  }
  const { status, headers, body = "" } = fault === "bad-gateway" ? serverError(502) : fault;
  record.status = status;
  const text = typeof body === "string" ? body : JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
  response.end(text);
  return true;
}

function send(response: ServerResponse, answer: Answer, used: number, resource: string): void {
  response.writeHead(answer.status, { ...standardHeaders(used, resource), ...answer.headers });
  if (answer.body === undefined) response.end();
  else if (Buffer.isBuffer(answer.body)) response.end(answer.body);
  else response.end(JSON.stringify(answer.body));
}

export async function listen(platform: Platform, options: ServerOptions): Promise<Listener> {
  const requests: RequestRecord[] = [];
  const used = new Map<number | undefined, number>();
  const limit = createSecondaryLimits();

  function usedBy({ installationId }: RequestRecord): number {
    const count = (used.get(installationId) ?? 0) + 1;
    used.set(installationId, count);
    return count;
  }

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    path: string,
  ): Promise<void> {
    const method = request.method ?? "GET";
    const body = await readBody(request);
    const record: RequestRecord = {
      index: requests.length,
      method,
      path,
      search: url.search,
      body,
      at: new Date(),
      tokenRequest: path.endsWith("/access_tokens"),
      installationId: callerOf(platform, request.headers.authorization),
      status: 0,
    };
    requests.push(record);
    const { faults } = options;
    const before = limit(record, faults) ?? (await faults.beforeRequest?.(record));
    if (inflict(before, record, response)) return;
    const headers = request.headers as Record<string, string | undefined>;
    const made = await answerApi(platform, {
      method,
      path,
      query: url.searchParams,
      headers,
      body,
    });
    if (inflict(await faults.afterEffect?.(record), record, response)) return;
    record.status = made.status;
    send(response, made, usedBy(record), path === "/graphql" ? "graphql" : "core");
  }

  const server = createServer((request, response) => {
    const url = new URL(`http://embedded${request.url ?? "/"}`);
    const path = apiPath(url.pathname);
    if (path === undefined) {
      options.page(request, response);
      return;
    }
    answer(request, response, url, path).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) return;
      const refusal = error instanceof ApiError ? error : new ApiError(500, "Server Error");
      send(response, answerError(refusal), requests.length, "core");
    });
  });

  await listenOn(server, options.port);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listenOn(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve());
  });
}
