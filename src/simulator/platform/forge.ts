import type { EventEmitter } from "node:events";
import { type DiffFile, diffFiles } from "../git/diff-files.js";
import { createRepository, type Repository } from "../git/repository.js";
import type { AppRecord } from "./app-records.js";
import { tellApps } from "./notify.js";
import type { Platform } from "./platform.js";
import { createStore, type PullRequestRecord, type Store, takeId } from "./store.js";
import type { WebhookMessage } from "./webhooks.js";

/** One repository behind its three faces (REST, GraphQL, page): records, git, and the news. */
export interface Forge {
  readonly platform: Platform;
  readonly store: Store;
  readonly repository: Repository;
  /** Tells every App that is subscribed. */
  readonly send: (message: WebhookMessage) => void;
  readonly news: EventEmitter;
  /** Address of the page and the API. */
  readonly url: string;
}

export async function createForge(platform: Platform, owner: string, name: string): Promise<Forge> {
  const store = createStore(owner, name, takeId(platform), platform.ids);
  const repository = await createRepository();
  const forge: Forge = {
    platform,
    store,
    repository,
    send: (message) => tellApps(forge, message),
    news: platform.news,
    get url() {
      return platform.url;
    },
  };
  platform.forges.push(forge);
  return forge;
}

export function tellChange(forge: Forge): void {
  forge.news.emit("changed");
}

/** The three-dot diff at a commit of the pull request (its head unless told). */
export async function pullRequestDiff(
  forge: Forge,
  pullRequest: PullRequestRecord,
  commit = pullRequest.headSha,
): Promise<{ readonly mergeBase: string; readonly files: readonly DiffFile[] }> {
  const mergeBase = await forge.repository.mergeBase(pullRequest.baseSha, commit);
  if (mergeBase === undefined) throw new Error(`#${pullRequest.number} has no merge base`);
  return { mergeBase, files: await diffBetween(forge, mergeBase, commit) };
}

/** Commits never change, so neither do their diffs. */
export function diffBetween(forge: Forge, from: string, to: string): Promise<readonly DiffFile[]> {
  const kept = diffs.get(forge) ?? new Map<string, Promise<readonly DiffFile[]>>();
  diffs.set(forge, kept);
  const key = `${from}..${to}`;
  const files = kept.get(key) ?? diffFiles(forge.repository, from, to);
  kept.set(key, files);
  return files;
}

const diffs = new WeakMap<Forge, Map<string, Promise<readonly DiffFile[]>>>();

export function findPullRequest(forge: Forge, number: number): PullRequestRecord | undefined {
  return forge.store.pullRequests.find((pullRequest) => pullRequest.number === number);
}

export function findApp(forge: Forge, id: number): AppRecord | undefined {
  return forge.platform.apps.find((app) => app.id === id);
}
