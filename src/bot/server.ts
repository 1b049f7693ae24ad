import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Log } from "../github/client/log.js";
import { createWebhookEndpoint, type Deliver } from "./webhook-endpoint.js";

export interface ServerOptions {
  readonly secrets: readonly string[];
  readonly deliver: Deliver;
  /** Keeps work from starting until the returned function is called. */
  readonly hold: () => () => void;
  /** Whether work can be done: asked by `/readyz`. */
  readonly isAble: () => boolean;
  readonly log: Log;
}

export interface BotServer {
  listen(port: number, host: string): Promise<AddressInfo>;
  /** From now on webhooks are refused and `/readyz` says so; health is still answered. */
  startDraining(): void;
  close(): Promise<void>;
}

export const WEBHOOK_PATH = "/api/github/webhooks";

/** Slow and idle clients lose their connection before they cost anything. */
const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 2_000,
};
const MAX_CONNECTIONS = 4_096;

/** Three addresses: webhooks, `/healthz` and `/readyz`. Everything else is 404. */
export function createBotServer(options: ServerOptions): BotServer {
  let draining = false;
  const receive = createWebhookEndpoint({ ...options, isDraining: () => draining });

  function handle(request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? "").split("?")[0];
    if (path === WEBHOOK_PATH) {
      receive(request, response).catch((error: unknown) => fail(request, response, error));
      return;
    }
    // Nobody has to send a body here.
    request.resume();
    const reads = request.method === "GET" || request.method === "HEAD";
    if (reads && path === "/healthz") {
      say(response, 200, "ok");
    } else if (reads && path === "/readyz") {
      const ready = !draining && options.isAble();
      say(response, ready ? 200 : 503, ready ? "ready" : "not ready");
    } else {
      say(response, 404, "not found");
    }
  }

  function fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    const delivery = request.headers["x-github-delivery"];
    const message = error instanceof Error ? `${error.name}: ${error.message}` : "unknown";
    options.log.error({ delivery, error: message }, "delivery failed");
    if (response.headersSent) response.destroy();
    else say(response, 500, "internal error");
  }

  const server = createServer(TIMEOUTS, handle);
  server.maxConnections = MAX_CONNECTIONS;
  // Without a listener a client that waits for 100 is told to go on, whatever it announced.
  server.on("checkContinue", handle);

  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, host, () => {
          server.off("error", reject);
          resolve(server.address() as AddressInfo);
        });
      }),
    startDraining() {
      draining = true;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  response.end(`${text}\n`);
}
