import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { Gone } from "./errors.js";
import { statusOf } from "./failure.js";
import { type Fetch, fetchSameOrigin } from "./fetch.js";
import type { Log } from "./log.js";
import type { Token } from "./token.js";
import { record } from "./untrusted.js";

export interface OctokitOptions {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  /** REST base, `https://api.github.com` or `<protocol>://<host>/api/v3`; GraphQL follows from it. */
  readonly baseUrl: string;
  readonly log: Log;
  /** Milliseconds after which a request is given up. */
  readonly requestTimeout?: number;
  /** How requests are sent, unless over the network. */
  readonly fetch?: Fetch;
}

/** Permissions that a token is asked for, and not one more. */
export type Permissions = Readonly<Record<string, "read" | "write">>;

/** Who sends, and who hears the headers of every answer. */
export interface Sender {
  /** For the log; undefined for the App itself. */
  readonly installation?: number;
  /** Undefined for the App itself, which signs its requests. */
  readonly token?: Token;
  readonly onHeaders: (headers: Readonly<Record<string, unknown>>) => void;
}

const REQUEST_TIMEOUT = 15_000;
const API_VERSION = "2022-11-28";

/**
 * Bare octokit, as an installation or as the App: neither plugin-retry, which repeats POSTs, nor
 * plugin-throttling, which puts seconds between writes. Its request log stays silent because it
 * holds bodies.
 */
export function createOctokit(options: OctokitOptions, sender: Sender): Octokit {
  const { token, onHeaders } = sender;
  const silent = () => undefined;
  const who = sender.installation === undefined ? {} : { installation: sender.installation };
  const { appId, privateKey, baseUrl } = options;
  const octokit = new Octokit({
    ...(token === undefined ? { authStrategy: createAppAuth, auth: { appId, privateKey } } : {}),
    baseUrl,
    userAgent: "cyclekey",
    log: {
      debug: silent,
      info: silent,
      warn: (message: string) => options.log.warn(who, message),
      error: silent,
    },
    request: { fetch: options.fetch ?? fetchSameOrigin },
  });
  octokit.hook.wrap("request", async (request, parameters) => {
    const authorization =
      token === undefined ? {} : { authorization: `token ${await token.get()}` };
    const timeout = AbortSignal.timeout(options.requestTimeout ?? REQUEST_TIMEOUT);
    const outer = parameters.request?.signal as AbortSignal | undefined;
    const started = performance.now();
    const note = (status: unknown, headers: unknown) => {
      options.log.debug(
        {
          ...who,
          method: parameters.method,
          route: parameters.url,
          status,
          milliseconds: Math.round(performance.now() - started),
        },
        "github request",
      );
      onHeaders(record(headers) ?? {});
    };
    // Hooks further in are bound to these options, not to what is passed on: they are changed in place.
    parameters.headers = {
      ...parameters.headers,
      ...authorization,
      "x-github-api-version": API_VERSION,
    };
    parameters.request = {
      ...parameters.request,
      signal: outer === undefined ? timeout : AbortSignal.any([outer, timeout]),
    };
    try {
      const response = await request(parameters);
      note(response.status, response.headers);
      return response;
    } catch (error) {
      const response = record(record(error)?.response);
      note(response?.status, response?.headers);
      throw error;
    }
  });
  return octokit;
}

/**
 * Asks for a token as the App, whose octokit this is.
 * @throws Gone where the installation has not accepted what is asked for: 422 says so.
 */
export async function mintToken(
  app: Octokit,
  installationId: number,
  permissions: Permissions,
): Promise<string> {
  const asked = { type: "installation", installationId, permissions, refresh: true };
  try {
    const { token } = (await app.auth(asked)) as { readonly token: string };
    return token;
  } catch (error) {
    if (statusOf(error) !== 422) throw error;
    throw new Gone("the installation does not grant what the App needs", { cause: error });
  }
}
