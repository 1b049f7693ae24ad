import type { IncomingMessage, ServerResponse } from "node:http";
import { record } from "../github/client/untrusted.js";
import { type BodyBudget, readBody } from "./read-body.js";
import { isSignedBy, looksSigned } from "./signature.js";

/** One webhook, its signature checked. */
export interface Delivery {
  readonly id: string;
  /** `X-GitHub-Event`. */
  readonly event: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** `busy`: the work could not be taken on, so GitHub has to see a failure. */
export type Deliver = (delivery: Delivery) => Promise<"accepted" | "busy">;

export interface WebhookOptions {
  readonly secrets: readonly string[];
  readonly deliver: Deliver;
  readonly isDraining: () => boolean;
  /** Keeps work from starting until the returned function is called. */
  readonly hold: () => () => void;
}

/** GitHub sends no payload above 25 MB. */
export const MAX_BODY = 25 * 1024 * 1024;
const MAX_BODIES = 4 * MAX_BODY;
const RETRY_AFTER = { "retry-after": "30" };

interface Refusal {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The rest of the body is not wanted: the connection ends with the answer. */
  readonly hangUp?: true;
}

/**
 * Takes a delivery: what is wrong by its headers is refused before the body is read, what is not
 * signed before it is parsed, and the answer is given before any work is done.
 */
export function createWebhookEndpoint(
  options: WebhookOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const budget: BodyBudget = { used: 0, limit: MAX_BODIES };
  return async (request, response) => {
    const refusal = options.isDraining()
      ? { status: 503, headers: RETRY_AFTER, hangUp: true as const }
      : refuseByHeaders(request);
    if (refusal !== undefined) return answer(request, response, refusal);
    if (request.headers.expect !== undefined) response.writeContinue();
    const body = await readBody(request, MAX_BODY, budget);
    if ("refused" in body) {
      if (body.refused === "broken") return void response.destroy();
      const status = body.refused === "busy" ? 503 : 413;
      return answer(request, response, { status, hangUp: true });
    }
    // Closed is also what an answer is that nobody waited for.
    const release = options.hold();
    response.once("close", release);
    answer(request, response, await receive(options, request, body.bytes));
  };
}

function refuseByHeaders(request: IncomingMessage): Refusal | undefined {
  const { headers } = request;
  if (request.method !== "POST") {
    return { status: 405, headers: { allow: "POST" }, hangUp: true };
  }
  if (Number(headers["content-length"] ?? 0) > MAX_BODY) return { status: 413, hangUp: true };
  if (!/^application\/json\s*(;|$)/i.test(headers["content-type"] ?? "")) {
    return { status: 415, hangUp: true };
  }
  if (headers["content-encoding"] !== undefined) return { status: 415, hangUp: true };
  if (!/^[a-z_]{1,64}$/.test(header(request, "x-github-event"))) {
    return { status: 400, hangUp: true };
  }
  if (!/^[\w-]{1,64}$/.test(header(request, "x-github-delivery"))) {
    return { status: 400, hangUp: true };
  }
  return looksSigned(header(request, "x-hub-signature-256"))
    ? undefined
    : { status: 401, hangUp: true };
}

async function receive(
  { secrets, deliver }: WebhookOptions,
  request: IncomingMessage,
  body: Buffer,
): Promise<Refusal> {
  if (!isSignedBy(secrets, body, header(request, "x-hub-signature-256"))) return { status: 401 };
  const payload = parseObject(body);
  if (payload === undefined) return { status: 400 };
  const outcome = await deliver({
    id: header(request, "x-github-delivery"),
    event: header(request, "x-github-event"),
    payload,
  });
  return outcome === "accepted" ? { status: 202 } : { status: 503, headers: RETRY_AFTER };
}

function parseObject(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    return record(JSON.parse(body.toString("utf8")));
  } catch {
    return undefined;
  }
}

/** Node joins a repeated header with commas, which fits none of the shapes above. */
function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === "string" ? value : "";
}

const TEXTS: Readonly<Record<number, string>> = {
  202: "accepted",
  400: "bad request",
  401: "unauthorized",
  405: "method not allowed",
  413: "too large",
  415: "unsupported media type",
  503: "try again later",
};
/** Long enough for the answer to arrive, short enough for nobody to keep sending. */
const LINGER = 500;

function answer(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  const hangUp = refusal.hangUp === true && !request.complete;
  if (hangUp) {
    // What is not read stays in the socket's buffers, which are bounded. `connection: close` would
    // let Node destroy the socket at once, and the reset would overtake the answer; a body that
    // nobody read would be read to its end.
    request.pause();
    request.read(0);
    setTimeout(() => request.socket.destroy(), LINGER).unref();
  }
  response.writeHead(refusal.status, {
    "content-type": "text/plain; charset=utf-8",
    ...refusal.headers,
  });
  response.end(`${TEXTS[refusal.status] ?? ""}\n`);
}
