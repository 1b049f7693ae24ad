import { EventEmitter } from "node:events";
import type { AppRecord, InstallationRecord, TokenRecord } from "./app-records.js";
import type { Faults } from "./faults.js";
import type { Forge } from "./forge.js";
import type { Ids, Store } from "./store.js";
import { createWebhookSender, type WebhookSender } from "./webhooks.js";

/** The embedded GitHub as a whole: its repositories, the Apps and where they are installed. */
export interface Platform {
  readonly forges: Forge[];
  readonly apps: AppRecord[];
  readonly installations: InstallationRecord[];
  readonly tokens: Map<string, TokenRecord>;
  readonly webhooks: WebhookSender;
  readonly ids: Ids;
  readonly faults: Faults;
  /** Fires `changed` after every change, for the page and for whoever waits. */
  readonly news: EventEmitter;
  /** Address of the page and the API, known once it listens. */
  url: string;
}

export function createPlatform(faults: Faults): Platform {
  const news = new EventEmitter();
  news.setMaxListeners(0);
  const ids = { last: 9000 };
  return {
    forges: [],
    apps: [],
    installations: [],
    tokens: new Map(),
    webhooks: createWebhookSender(ids),
    ids,
    faults,
    news,
    url: "",
  };
}

export function fullName({ owner, name }: Pick<Store, "owner" | "name">): string {
  return `${owner}/${name}`;
}

/**
 * GitHub compares names of accounts and repositories without regard to case, and remembers what a
 * repository was called before.
 */
export function findForge(platform: Platform, owner: string, name: string): Forge | undefined {
  const asked = `${owner}/${name}`.toLowerCase();
  const isCalled = (one: string) => one.toLowerCase() === asked;
  return (
    platform.forges.find(({ store }) => isCalled(fullName(store))) ??
    platform.forges.find(({ store }) => store.formerNames.some(isCalled))
  );
}

export function forgesOf(platform: Platform, installation: InstallationRecord): readonly Forge[] {
  return platform.forges.filter(({ store }) => installation.repositories.has(store.id));
}

/** The repository of that name, if the token may see it. */
export function visibleForge(
  platform: Platform,
  token: TokenRecord,
  owner: string,
  name: string,
): Forge | undefined {
  const forge = findForge(platform, owner, name);
  return forge !== undefined && token.sees(forge.store.id) ? forge : undefined;
}
