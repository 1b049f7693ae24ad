import { listRepositories, type Repository } from "../github/app/installations.js";
import {
  type ListedPullRequest,
  PULL_REQUESTS_PER_QUERY,
  REPOSITORIES_PER_QUERY,
  readOpenPullRequests,
  readOwnRuns,
} from "../github/app/open-pull-requests.js";
import type { InstallationClient } from "../github/client/client.js";
import { findClosedUnheard } from "./closed-unheard.js";
import { jobKey } from "./job.js";
import { judgeChecks } from "./judge-checks.js";
import type { OpenHeads } from "./open-heads.js";
import type { Queue } from "./queue.js";
import { type Listed, sweptJob } from "./swept-job.js";
import { findWaitingGroups, type Group } from "./waiting-groups.js";

const HOUR = 60 * 60_000;
/** Requests of one sweep, for lists and for check runs, and jobs that it leaves in the queue. */
const MAX_LISTS = 40;
const MAX_LOOKS = 20;
const MAX_JOBS = 100;
/** GitHub's times are in seconds: what was just changed may change again at the same time. */
const SETTLES_AFTER = 2_000;
/** Pages of 100 open pull requests that are read of one repository. */
const MAX_PAGES = 10;

export interface SweepOptions {
  readonly queue: Queue;
  readonly openHeads: OpenHeads;
}

export interface SweepCount {
  readonly repositories: number;
  readonly pullRequests: number;
  readonly jobs: number;
  /** Repositories and pull requests that wait for the next sweep. */
  readonly left: number;
}

/** What the last sweeps found, so that a quiet installation costs next to nothing. */
export interface SweepMemory {
  repositories: readonly Repository[];
  listedAt: number;
  /** Where the next sweep begins. */
  from: number;
  /** By node id of the repository and number. */
  readonly seen: Map<string, Map<number, Seen>>;
}

interface Seen {
  /** Head, who shares it, base and time of the last change. */
  readonly state: string;
  /** When its check was found in order. */
  readonly settledAt?: number;
  /** A job was asked for it as it is now. */
  readonly asked?: true;
}

interface Open extends Listed {
  /** How many other open pull requests have its head. */
  readonly sharing: number;
  readonly seen: Map<number, Seen>;
}

export function createSweepMemory(): SweepMemory {
  return { repositories: [], listedAt: 0, from: 0, seen: new Map() };
}

/**
 * Looks at the open pull requests of an installation: in all its repositories, or only in those
 * with these node ids.
 */
export async function sweepInstallation(
  { queue, openHeads }: SweepOptions,
  client: InstallationClient,
  installationId: number,
  memory: SweepMemory,
  only: readonly string[] = [],
): Promise<SweepCount> {
  if (only.length > 0 || client.now() - memory.listedAt > HOUR) {
    memory.repositories = await listRepositories(client);
    memory.listedAt = client.now();
  }
  const all = inTurn(memory);
  const repositories =
    only.length === 0 ? all : all.filter(({ repositoryId }) => only.includes(repositoryId));
  const { open, closed, groups, swept } = await readOpen(client, repositories, memory, openHeads);
  if (only.length === 0) memory.from += swept;
  const toJob = (one: Open) => sweptJob(installationId, one);
  const due = open
    .filter((one) => !queue.has(jobKey(toJob(one))) && !isSettled(one, client.now()))
    .toSorted((a, b) => b.pullRequest.updatedAt - a.pullRequest.updatedAt);
  let jobs = 0;
  let refused = 0;
  let looked = 0;
  // A merge queue waits for its check and for nothing else, so it comes first.
  for (const job of [
    ...(await findWaitingGroups(client, installationId, groups)),
    ...(await findClosedUnheard(client, installationId, closed)),
  ]) {
    if (queue.has(jobKey(job))) continue;
    if (queue.add(job, { urgent: false })) jobs++;
    else refused++;
  }
  for (let look = 0; look < MAX_LOOKS && looked < due.length && jobs < MAX_JOBS; look++) {
    const some = due.slice(looked, looked + PULL_REQUESTS_PER_QUERY);
    looked += some.length;
    for (const one of await findUnsettled(client, some)) {
      if (!queue.add(toJob(one), { urgent: false })) {
        refused++;
        continue;
      }
      remember(one, client.now(), { asked: true });
      jobs++;
    }
  }
  const left = repositories.length - swept + due.length - looked + refused;
  return { repositories: swept, pullRequests: open.length, jobs, left };
}

/** All of them, beginning where the sweep before this one came to. */
function inTurn({ repositories, from }: SweepMemory): readonly Repository[] {
  const start = repositories.length === 0 ? 0 : from % repositories.length;
  return [...repositories.slice(start), ...repositories.slice(0, start)];
}

async function readOpen(
  client: InstallationClient,
  repositories: readonly Repository[],
  memory: SweepMemory,
  openHeads: OpenHeads,
): Promise<{
  readonly open: readonly Open[];
  /** In repositories that were not looked at before. */
  readonly closed: readonly Listed[];
  readonly groups: readonly Group[];
  readonly swept: number;
}> {
  const open: Open[] = [];
  const closed: Listed[] = [];
  const groups: Group[] = [];
  let swept = 0;
  let requests = 0;
  while (swept < repositories.length && requests < MAX_LISTS) {
    const some = repositories.slice(swept, swept + REPOSITORIES_PER_QUERY);
    const lists = await readOpenPullRequests(
      client,
      some.map(({ repositoryId }) => repositoryId),
      { closed: some.some(({ repositoryId }) => !memory.seen.has(repositoryId)) },
    );
    requests++;
    swept += some.length;
    for (const list of lists) {
      const repository = some.find(({ repositoryId }) => repositoryId === list.repositoryId);
      if (repository === undefined) continue;
      groups.push(...list.mergeGroups.map((group) => ({ repository, group })));
      if (!memory.seen.has(list.repositoryId)) {
        closed.push(...list.closed.map((pullRequest) => ({ repository, pullRequest })));
      }
      const pullRequests = [...list.pullRequests];
      let { after } = list;
      for (let page = 1; after !== undefined && page < MAX_PAGES; page++) {
        const [more] = await readOpenPullRequests(client, [list.repositoryId], {
          after,
          closed: false,
        });
        requests++;
        pullRequests.push(...(more?.pullRequests ?? []));
        after = more?.after;
      }
      if (after === undefined) openHeads.learn(list.repositoryId, pullRequests);
      open.push(...keepSeen(memory, repository, pullRequests));
    }
  }
  return { open, closed, groups, swept };
}

/** Forgets what is not open any more, or is not as it was. */
function keepSeen(
  memory: SweepMemory,
  repository: Repository,
  pullRequests: readonly ListedPullRequest[],
): readonly Open[] {
  const before = memory.seen.get(repository.repositoryId);
  const seen = new Map<number, Seen>();
  memory.seen.set(repository.repositoryId, seen);
  const heads = new Map<string, number>();
  for (const { headSha } of pullRequests) heads.set(headSha, (heads.get(headSha) ?? 0) + 1);
  return pullRequests.map((pullRequest) => {
    const { number, headSha } = pullRequest;
    const one = { repository, pullRequest, sharing: (heads.get(headSha) ?? 1) - 1, seen };
    const known = before?.get(number);
    if (known?.state === stateOf(one)) seen.set(number, known);
    return one;
  });
}

function isSettled({ pullRequest, seen }: Open, now: number): boolean {
  const settledAt = seen.get(pullRequest.number)?.settledAt;
  return settledAt !== undefined && now - settledAt < HOUR;
}

/** Those that need a job; of the others it is remembered that they need none. */
async function findUnsettled(
  client: InstallationClient,
  some: readonly Open[],
): Promise<readonly Open[]> {
  const runs = await readOwnRuns(
    client,
    some.map(({ pullRequest }) => pullRequest.id),
  );
  return some.filter((one) => {
    const { pullRequest, sharing, seen } = one;
    const own = runs.get(pullRequest.id);
    if (own === undefined) return false;
    const finding = judgeChecks(pullRequest, sharing, own);
    const asked = seen.get(pullRequest.number)?.asked === true;
    if (finding === "unfinished" || (finding === "stale" && !asked)) return true;
    const now = client.now();
    remember(one, now, { settledAt: now, ...(asked && { asked }) });
    return false;
  });
}

function remember(one: Open, now: number, what: Pick<Seen, "asked" | "settledAt">): void {
  const { pullRequest, seen } = one;
  if (now - pullRequest.updatedAt < SETTLES_AFTER) return;
  seen.set(pullRequest.number, { state: stateOf(one), ...what });
}

function stateOf({ pullRequest: { headSha, baseSha, updatedAt }, sharing }: Open): string {
  return `${headSha}:${sharing}:${baseSha}:${updatedAt}`;
}
