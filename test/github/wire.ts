import { generateKeyPairSync } from "node:crypto";
import nock from "nock";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { createGitHub, type GitHub, type GitHubOptions } from "../../src/github/client/client.js";
import type { Log } from "../../src/github/client/log.js";
import type { Target } from "../../src/github/client/target.js";
import type { Timers } from "../../src/github/client/timers.js";

export const BASE = "https://api.github.com";
export const APP_ID = 4711;
export const HEAD = "a".repeat(40);
export const BASE_SHA = "b".repeat(40);
export const MERGE_BASE = "c".repeat(40);
export const NEXT_HEAD = "d".repeat(40);
/** The commit of the default branch. */
export const MAIN = "e".repeat(40);
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

export interface StateChange {
  readonly headRefOid?: string;
  readonly baseRefName?: string;
  readonly changedFiles?: number;
  readonly threads?: readonly object[];
  readonly checks?: readonly object[];
  /** Commits before the head, with their checks. */
  readonly earlier?: readonly object[];
  readonly forcePushed?: readonly object[];
  readonly siblings?: readonly object[];
  readonly state?: string;
  readonly app?: number;
  readonly page?: object;
}

/** What `PullRequestState` answers. */
export function stateOf(more: StateChange): object {
  const head = more.headRefOid ?? HEAD;
  const own = commitWith(head, more.checks ?? [], more.app);
  const tip = {
    ...own,
    associatedPullRequests: { nodes: more.siblings ?? [] },
  };
  return {
    number: 7,
    state: more.state ?? "OPEN",
    isDraft: false,
    headRefOid: head,
    baseRefOid: BASE_SHA,
    baseRefName: more.baseRefName ?? "main",
    changedFiles: more.changedFiles ?? 0,
    author: { login: "ann" },
    reviewThreads: {
      pageInfo: more.page ?? { hasNextPage: false, endCursor: null },
      nodes: more.threads ?? [],
    },
    tip: { nodes: [{ commit: tip }] },
    commits: {
      nodes: [...(more.earlier ?? []), own].map((commit) => ({ commit })),
    },
    timelineItems: {
      nodes: (more.forcePushed ?? []).map((left) => ({
        beforeCommit: { history: { nodes: [left] } },
      })),
    },
  };
}

/** GitHub's answer to a check run that was opened, with the pull request as it is then. */
export function started(id = 1, pullRequest: object = stateOf({})): Answer {
  const checkRun = { databaseId: id, repository: { pullRequest } };
  return [200, { data: { createCheckRun: { checkRun } } }];
}

/** A commit with check runs of an App, ours unless told otherwise. */
export function commitWith(oid: string, checks: readonly object[], app = APP_ID): object {
  const suite = { app: { databaseId: app }, checkRuns: { nodes: checks } };
  return { oid, checkSuites: { nodes: [suite] } };
}

/** A pull request that has the same head. */
export function sibling(number: number, baseRefName: string, more: object = {}): object {
  return {
    number,
    state: "OPEN",
    headRefOid: HEAD,
    baseRefName,
    baseRepository: { id: "R_1" },
    ...more,
  };
}

/** The answer to the query of a pull request: its state, files by alias, and what is configured. */
export function queried(
  state: object,
  blobs: readonly unknown[] = [],
  more: { readonly repository?: string; readonly organisation?: string } = {},
): [number, unknown] {
  const aliases = Object.fromEntries(blobs.map((value, index) => [`f${index}`, value]));
  const repository = {
    id: "R_1",
    defaultBranchRef: defaultBranch(more.repository),
    pullRequest: state,
    ...aliases,
  };
  if (more.organisation !== undefined) {
    const organisation = { defaultBranchRef: defaultBranch(more.organisation) };
    return [200, { data: { repository, organisation } }];
  }
  const absent = { type: "NOT_FOUND", path: ["organisation"], message: "Could not resolve" };
  return [200, { data: { repository, organisation: null }, errors: [absent] }];
}

export function defaultBranch(configuration?: string): object {
  const file = configuration === undefined ? null : { object: blob(configuration) };
  return { name: "main", target: { oid: MAIN, file } };
}

/** A thread of ours, with a reply that says what it is told to. */
export function thread(id: number, body: string, replies: readonly object[] = []): object {
  return {
    id: `T_${id}`,
    isResolved: false,
    comments: {
      nodes: [
        {
          id: `C_${id}`,
          fullDatabaseId: String(id),
          path: "shop/settings.py",
          body,
          isMinimized: false,
          viewerDidAuthor: true,
          author: { __typename: "Bot", login: "cyclekey" },
          editor: null,
          reactionGroups: [],
        },
        ...replies,
      ],
    },
  };
}

export function reply(id: number, body: string, more: object = {}): object {
  return {
    id: `C_${id}`,
    fullDatabaseId: String(id),
    path: "shop/settings.py",
    body,
    isMinimized: false,
    viewerDidAuthor: false,
    author: { __typename: "User", login: "bob" },
    editor: null,
    reactionGroups: [],
    ...more,
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
