import type { Octokit } from "@octokit/rest";
import { partialAnswer, remainingUntil } from "./failure.js";
import { createLane } from "./lane.js";
import { createOctokit, mintToken, type OctokitOptions, type Permissions } from "./octokit.js";
import { createPace, type Pace } from "./pace.js";
import { systemTimers, type Timers } from "./timers.js";
import { createToken } from "./token.js";
import { text } from "./untrusted.js";

export interface GitHubOptions extends OctokitOptions {
  readonly timers?: Timers;
  readonly random?: () => number;
}

export type Parameters = Readonly<Record<string, unknown>>;

/**
 * Requests of one sender. Answers are unknown until their reader has checked them.
 * @throws Retryable, Gone, Refused, and the reason of the signal when that is aborted.
 */
export interface RestClient {
  /** A REST read; repeated a few times on 5xx, network errors and time-outs. */
  read(route: string, parameters: Parameters): Promise<unknown>;
  /** A REST read of one page of a list. */
  readPage(route: string, parameters: Parameters): Promise<Page>;
  /** A REST write; sent once, after those before it. */
  write(route: string, parameters: Parameters): Promise<unknown>;
  /** Milliseconds since the epoch, for the times that GitHub is told. */
  now(): number;
}

export interface Page {
  readonly items: unknown;
  /** What asks for the page after it; undefined on the last one. */
  readonly next: Parameters | undefined;
}

/** The App itself, which is told of its installations and deliveries. */
export interface AppClient extends RestClient {
  during(signal: AbortSignal): AppClient;
}

/** One installation of the App on GitHub. */
export interface InstallationClient extends RestClient {
  readonly appId: number;
  /**
   * A GraphQL query; repeated like a read. An answer that lacks nothing but fields of `optional`
   * is an answer.
   */
  query(document: string, variables: Parameters, optional?: readonly string[]): Promise<unknown>;
  /** A GraphQL mutation; sent once like a write. */
  mutate(document: string, variables: Parameters): Promise<unknown>;
  /**
   * The same client with the permission that resolving a review thread needs, which is to write
   * contents; undefined where the installation does not grant it or that is not known yet.
   */
  threadResolver(): InstallationClient | undefined;
  /** The same client whose reads, and writes not yet sent, end with the signal. */
  during(signal: AbortSignal): InstallationClient;
}

export interface GitHub {
  readonly appId: number;
  forInstallation(id: number): InstallationClient;
  asApp(): AppClient;
  /** What an installation grants, as GitHub's list of installations says. */
  learnGrants(id: number, grants: Parameters): void;
}

/** What the bot needs for everything but resolving threads; it never changes code. */
const PERMISSIONS: Permissions = {
  metadata: "read",
  contents: "read",
  pull_requests: "write",
  checks: "write",
};
const RESOLVER_PERMISSIONS: Permissions = { contents: "write", pull_requests: "write" };

/** A client for each installation, each with its own tokens, write lane and limits. */
export function createGitHub(options: GitHubOptions): GitHub {
  const timers = options.timers ?? systemTimers;
  const random = options.random ?? Math.random;
  const clients = new Map<number, InstallationClient>();
  const resolving = new Set<number>();
  const lane = createLane(timers);
  const app: Connection = {
    octokit: createOctokit(options, {
      onHeaders: (headers) => lane.rest(remainingUntil(headers)),
    }),
    pace: createPace(lane, timers, random, () => undefined),
  };

  function connect(id: number): InstallationClient {
    const lane = createLane(timers);
    const withPermissions = (permissions: Permissions): Connection => {
      const token = createToken(() => mintToken(app.octokit, id, permissions), timers.now);
      const onHeaders = (headers: Parameters) => lane.rest(remainingUntil(headers));
      return {
        octokit: createOctokit(options, { installation: id, token, onHeaders }),
        pace: createPace(lane, timers, random, token.forget),
      };
    };
    const resolver = withPermissions(RESOLVER_PERMISSIONS);
    return createClient(
      { appId: options.appId, timers, resolver: () => (resolving.has(id) ? resolver : undefined) },
      withPermissions(PERMISSIONS),
    );
  }

  return {
    appId: options.appId,
    forInstallation(id) {
      const client = clients.get(id) ?? connect(id);
      clients.set(id, client);
      return client;
    },
    asApp: () => createAppClient(app, timers),
    learnGrants(id, grants) {
      if (grants.contents === "write") resolving.add(id);
      else resolving.delete(id);
    },
  };
}

interface Connection {
  readonly octokit: Octokit;
  readonly pace: Pace;
}

interface Surroundings {
  readonly appId: number;
  readonly timers: Timers;
  readonly resolver: () => Connection | undefined;
}

function createRestClient(
  { octokit, pace }: Connection,
  timers: Timers,
  signal: AbortSignal | undefined,
): RestClient {
  const reading = signal === undefined ? {} : { request: { signal } };
  return {
    read: (route, parameters) =>
      pace.read(
        async () => whole((await octokit.request(route, { ...parameters, ...reading })).data),
        signal,
      ),
    readPage: (route, parameters) =>
      pace.read(async () => {
        const { data, headers } = await octokit.request(route, { ...parameters, ...reading });
        return { items: whole(data), next: nextPage(text(headers.link)) };
      }, signal),
    // A write under way is not aborted: whether it had its effect could not be known.
    write: (route, parameters) =>
      pace.write(async () => whole((await octokit.request(route, parameters)).data), signal),
    now: timers.now,
  };
}

function createAppClient(connection: Connection, timers: Timers, signal?: AbortSignal): AppClient {
  return {
    ...createRestClient(connection, timers, signal),
    during: (other) => createAppClient(connection, timers, other),
  };
}

function createClient(
  around: Surroundings,
  connection: Connection,
  signal?: AbortSignal,
): InstallationClient {
  const { octokit, pace } = connection;
  const reading = signal === undefined ? {} : { request: { signal } };
  return {
    ...createRestClient(connection, around.timers, signal),
    appId: around.appId,
    query: (document, variables, optional = []) =>
      pace.read(async () => {
        try {
          return whole(await octokit.graphql(document, { ...variables, ...reading }));
        } catch (error) {
          const answer = partialAnswer(error, optional);
          if (answer === undefined) throw error;
          return answer;
        }
      }, signal),
    mutate: (document, variables) =>
      pace.write(async () => whole(await octokit.graphql(document, { ...variables })), signal),
    threadResolver() {
      const resolver = around.resolver();
      return resolver === undefined ? undefined : createClient(around, resolver, signal);
    },
    during: (other) => createClient(around, connection, other),
  };
}

/** octokit gives an answer that broke off, or is not JSON, as text or as nothing, and no error. */
function whole(data: unknown): unknown {
  if (typeof data !== "object" || data === null) throw new Error("GitHub's answer broke off");
  return data;
}

/** The parameters of `rel="next"`; the address itself is never followed. */
function nextPage(link: string | undefined): Parameters | undefined {
  const [, address] = /<([^<>]*)>; rel="next"/.exec(link ?? "") ?? [];
  if (address === undefined || !URL.canParse(address)) return undefined;
  return Object.fromEntries(new URL(address).searchParams);
}
