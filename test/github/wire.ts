import { generateKeyPairSync } from "node:crypto";
import nock from "nock";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { createGitHub, type GitHub, type GitHubOptions } from "../../src/github/client.js";
import type { Log } from "../../src/github/log.js";
import type { Target } from "../../src/github/target.js";
import type { Timers } from "../../src/github/timers.js";

export const BASE = "https://api.github.com";
export const APP_ID = 4711;
export const HEAD = "a".repeat(40);
export const BASE_SHA = "b".repeat(40);
export const MERGE_BASE = "c".repeat(40);
export const NEXT_HEAD = "d".repeat(40);
export const TARGET: Target = { owner: "octo", repo: "shop", repositoryId: "R_1", number: 7 };

export const PRIVATE_KEY = generateKeyPairSync("rsa", { modulusLength: 2048 })
  .privateKey.export({ type: "pkcs8", format: "pem" })
  .toString();

/** Fails the test on a request that nobody announced, and on one announced that nobody sent. */
export function useWire(): void {
  beforeAll(() => {
    nock.disableNetConnect();
  });
  afterEach(() => {
    const pending = nock.pendingMocks();
    nock.cleanAll();
    nock.abortPendingRequests();
    expect(pending).toEqual([]);
  });
  afterAll(() => {
    nock.enableNetConnect();
    nock.restore();
  });
}

/** What a token is asked for: all that the bot needs, and nothing that changes code. */
export const PERMISSIONS = {
  metadata: "read",
  contents: "read",
  pull_requests: "write",
  checks: "write",
};

/** Announces the request of a token. */
export function expectToken(
  installation = 1,
  token = "t1",
  permissions: object = PERMISSIONS,
): void {
  nock(BASE, { reqheaders: { authorization: /^bearer [\w-]+\.[\w-]+\.[\w-]+$/i } })
    .post(`/app/installations/${installation}/access_tokens`, {
      permissions,
    } as nock.DataMatcherMap)
    .reply(201, {
      token,
      expires_at: "2030-01-01T00:00:00Z",
      permissions: { checks: "write" },
      repository_selection: "all",
    });
}

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: Record<string, unknown>;
}

export type Answer = readonly [number, unknown, Record<string, string>?];

/** Announces requests, and records them in the order they come. */
export function createScript(): {
  readonly sent: Sent[];
  readonly on: (method: string, path: string, ...answers: readonly Answer[]) => void;
} {
  const sent: Sent[] = [];
  return {
    sent,
    on(method, path, ...answers) {
      for (const [status, body, headers] of answers) {
        nock(BASE)
          .intercept(path, method)
          .reply(
            status,
            (_uri, requestBody) => {
              sent.push({ method, path, body: requestBody as Record<string, unknown> });
              return body as nock.Body;
            },
            headers as nock.ReplyHeaders,
          );
      }
    },
  };
}

/** A clock that jumps instead of waiting. */
export function createJumpingTimers(start = Date.parse("2026-11-22T12:00:00Z")): Timers & {
  readonly slept: number[];
} {
  let time = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => time,
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted();
      slept.push(milliseconds);
      time += milliseconds;
    },
  };
}

export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export function connect(options: Partial<GitHubOptions> = {}): GitHub {
  return createGitHub({
    appId: APP_ID,
    privateKey: PRIVATE_KEY,
    baseUrl: BASE,
    log: silentLog,
    timers: createJumpingTimers(),
    random: () => 0.5,
    ...options,
  });
}

/** An entry of the list of changed files, at HEAD unless told otherwise. */
export function listed(path: string, patch?: string, more: Record<string, unknown> = {}): object {
  const lines = (patch ?? "").split("\n");
  const additions = lines.filter((line) => line.startsWith("+")).length;
  const deletions = lines.filter((line) => line.startsWith("-")).length;
  return {
    sha: "0".repeat(40),
    filename: path,
    status: "modified",
    additions,
    deletions,
    changes: additions + deletions,
    contents_url: `${BASE}/repos/octo/shop/contents/${path}?ref=${HEAD}`,
    ...(patch === undefined ? {} : { patch }),
    ...more,
  };
}

/** What `PullRequestState` answers. */
export function stateOf(more: {
  readonly headRefOid?: string;
  readonly threads?: readonly object[];
  readonly checks?: readonly object[];
  readonly state?: string;
  readonly app?: number;
  readonly page?: object;
}): object {
  const head = more.headRefOid ?? HEAD;
  return {
    number: 7,
    state: more.state ?? "OPEN",
    isDraft: false,
    headRefOid: head,
    baseRefOid: BASE_SHA,
    author: { login: "ann" },
    reviewThreads: {
      pageInfo: more.page ?? { hasNextPage: false, endCursor: null },
      nodes: more.threads ?? [],
    },
    commits: {
      nodes: [
        {
          commit: {
            oid: head,
            checkSuites: {
              nodes: [
                {
                  app: { databaseId: more.app ?? APP_ID },
                  checkRuns: { nodes: more.checks ?? [] },
                },
              ],
            },
          },
        },
      ],
    },
  };
}

export function thread(id: number, body: string, replies: readonly object[] = []): object {
  return {
    id: `T_${id}`,
    isResolved: false,
    comments: {
      nodes: [
        {
          id: `C_${id}`,
          fullDatabaseId: String(id),
          body,
          isMinimized: false,
          viewerDidAuthor: true,
        },
        ...replies,
      ],
    },
  };
}

export function blob(text: string): object {
  return {
    oid: "1".repeat(40),
    byteSize: Buffer.byteLength(text),
    isBinary: false,
    isTruncated: false,
    text,
  };
}
