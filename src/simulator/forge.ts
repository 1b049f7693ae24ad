import { EventEmitter } from "node:events";
import { type DiffFile, diffFiles } from "./diff-files.js";
import { createRepository, type Repository } from "./repository.js";
import { type AppRecord, createStore, type PullRequestRecord, type Store } from "./store.js";
import type { WebhookMessage } from "./webhooks.js";

/** The embedded GitHub behind its three faces (REST, GraphQL, page): records, git, and the news. */
export interface Forge {
  readonly store: Store;
  readonly repository: Repository;
  /** Tells every App that is subscribed. */
  readonly send: (message: WebhookMessage) => void;
  /** Fires `changed` after every change, for the page and for whoever waits. */
  readonly news: EventEmitter;
  /** Address of the page and the API, known once it listens. */
  url: string;
}

export async function createForge(
  owner: string,
  name: string,
  send: (message: WebhookMessage) => void,
): Promise<Forge> {
  const news = new EventEmitter();
  news.setMaxListeners(0);
  const repository = await createRepository();
  return { store: createStore(owner, name), repository, send, news, url: "" };
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
  const key = `${mergeBase}..${commit}`;
  const known = diffs.get(forge)?.get(key);
  const files = known ?? diffFiles(forge.repository, mergeBase, commit);
  const kept = diffs.get(forge) ?? new Map();
  diffs.set(forge, kept.set(key, files));
  return { mergeBase, files: await files };
}

/** Commits never change, so neither do their diffs. */
const diffs = new WeakMap<Forge, Map<string, Promise<readonly DiffFile[]>>>();

export function findPullRequest(forge: Forge, number: number): PullRequestRecord | undefined {
  return forge.store.pullRequests.find((pullRequest) => pullRequest.number === number);
}

export function findApp(forge: Forge, id: number): AppRecord | undefined {
  return forge.store.apps.find((app) => app.id === id);
}
