import { randomBytes } from "node:crypto";
import type { ApiError } from "../platform/errors.js";

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const DOCUMENTATION = "https://docs.github.com/rest";

export function answerError(error: ApiError): Answer {
  return {
    status: error.status,
    headers: error.headers,
    body: {
      message: error.message,
      ...(error.errors === undefined ? {} : { errors: error.errors }),
      documentation_url: DOCUMENTATION,
      status: String(error.status),
    },
  };
}

/** Headers that every answer of the API carries. */
export function standardHeaders(used: number, resource: string): Record<string, string> {
  const limit = 5000;
  return {
    "content-type": "application/json; charset=utf-8",
    "x-github-media-type": "github.v3; format=json",
    "x-github-request-id": randomBytes(10).toString("hex").toUpperCase(),
    "x-ratelimit-limit": String(limit),
    // A limit that is not enforced is never reached.
    "x-ratelimit-remaining": String(Math.max(1, limit - used)),
    "x-ratelimit-used": String(used),
    "x-ratelimit-reset": String(Math.floor(Date.now() / 1000) + 3600),
    "x-ratelimit-resource": resource,
  };
}
