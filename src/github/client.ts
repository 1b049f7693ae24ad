import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { fetchSameOrigin } from "./fetch.js";
import { createLane } from "./lane.js";
import type { Log } from "./log.js";
import { createPace, type Pace } from "./pace.js";
import { systemTimers, type Timers } from "./timers.js";
import { createTokenCache } from "./token-cache.js";

export interface GitHubOptions {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  /** REST base, `https://api.github.com` or `<protocol>://<host>/api/v3`; GraphQL follows from it. */
  readonly baseUrl: string;
  readonly log: Log;
  readonly timers?: Timers;
  readonly random?: () => number;
  /** Milliseconds after which a request is given up. */
  readonly requestTimeout?: number;
}

export type Parameters = Readonly<Record<string, unknown>>;

/**
 * One installation of the App on GitHub. Answers are unknown until their reader has checked them.
 * @throws Retryable, Gone, Refused, and the reason of the signal when that is aborted.
 */
export interface InstallationClient {
  readonly appId: number;
  /** A REST read; repeated a few times on 5xx, network errors and time-outs. */
  read(route: string, parameters: Parameters): Promise<unknown>;
  /** A REST write; sent once, after those before it. */
  write(route: string, parameters: Parameters): Promise<unknown>;
  /** A GraphQL query; repeated like a read. */
  query(document: string, variables: Parameters): Promise<unknown>;
  /** A GraphQL mutation; sent once like a write. */
  mutate(document: string, variables: Parameters): Promise<unknown>;
  /** The same client whose reads, and writes not yet sent, end with the signal. */
  during(signal: AbortSignal): InstallationClient;
  /** Milliseconds since the epoch, for the times that GitHub is told. */
  now(): number;
}

export interface GitHub {
  forInstallation(id: number): InstallationClient;
}

const REQUEST_TIMEOUT = 15_000;
const API_VERSION = "2022-11-28";

/** A client for each installation, each with its own token, write lane and limits. */
export function createGitHub(options: GitHubOptions): GitHub {
  const timers = options.timers ?? systemTimers;
  const clients = new Map<number, InstallationClient>();
  return {
    forInstallation(id) {
      const known = clients.get(id);
      if (known !== undefined) return known;
      const tokens = createTokenCache(timers.now);
      const octokit = createOctokit(options, id, tokens);
      const pace = createPace(
        createLane(timers),
        timers,
        options.random ?? Math.random,
        tokens.clear,
      );
      const client = createClient(options.appId, octokit, pace, timers, undefined);
      clients.set(id, client);
      return client;
    },
  };
}

/**
 * Bare octokit: neither plugin-retry, which repeats POSTs, nor plugin-throttling, which puts seconds
 * between writes. Its request log stays silent because it holds bodies.
 */
function createOctokit(
  options: GitHubOptions,
  installationId: number,
  cache: ReturnType<typeof createTokenCache>,
): Octokit {
  const silent = () => undefined;
  const octokit = new Octokit({
    authStrategy: createAppAuth,
    auth: { appId: options.appId, privateKey: options.privateKey, installationId, cache },
    baseUrl: options.baseUrl,
    userAgent: "cyclekey",
    log: {
      debug: silent,
      info: silent,
      warn: (message: string) => options.log.warn({ installation: installationId }, message),
      error: silent,
    },
    request: { fetch: fetchSameOrigin },
  });
  // Also the token's own request passes here, inside the one that needs it.
  octokit.hook.wrap("request", async (request, parameters) => {
    const timeout = AbortSignal.timeout(options.requestTimeout ?? REQUEST_TIMEOUT);
    const outer = parameters.request?.signal as AbortSignal | undefined;
    const started = performance.now();
    const note = (status: unknown) =>
      options.log.debug(
        {
          installation: installationId,
          method: parameters.method,
          route: parameters.url,
          status,
          milliseconds: Math.round(performance.now() - started),
        },
        "github request",
      );
    // Hooks further in are bound to these options, not to what is passed on: they are changed in place.
    parameters.headers = { ...parameters.headers, "x-github-api-version": API_VERSION };
    parameters.request = {
      ...parameters.request,
      signal: outer === undefined ? timeout : AbortSignal.any([outer, timeout]),
    };
    try {
      const response = await request(parameters);
      note(response.status);
      return response;
    } catch (error) {
      note((error as { status?: unknown }).status);
      throw error;
    }
  });
  return octokit;
}

function createClient(
  appId: number,
  octokit: Octokit,
  pace: Pace,
  timers: Timers,
  signal: AbortSignal | undefined,
): InstallationClient {
  const reading = signal === undefined ? {} : { request: { signal } };
  return {
    appId,
    read: (route, parameters) =>
      pace.read(
        async () => whole((await octokit.request(route, { ...parameters, ...reading })).data),
        signal,
      ),
    // A write under way is not aborted: whether it had its effect could not be known.
    write: (route, parameters) =>
      pace.write(async () => whole((await octokit.request(route, parameters)).data), signal),
    query: (document, variables) =>
      pace.read(
        async () => whole(await octokit.graphql(document, { ...variables, ...reading })),
        signal,
      ),
    mutate: (document, variables) =>
      pace.write(async () => whole(await octokit.graphql(document, { ...variables })), signal),
    during: (other) => createClient(appId, octokit, pace, timers, other),
    now: timers.now,
  };
}

/** octokit gives an answer that broke off, or is not JSON, as text or as nothing, and no error. */
function whole(data: unknown): unknown {
  if (typeof data !== "object" || data === null) throw new Error("GitHub's answer broke off");
  return data;
}
