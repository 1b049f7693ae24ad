import {
  type AppOptions,
  acceptPermissions,
  changeSelection,
  install,
  registerApp,
  setSuspended,
  uninstall,
} from "./apps/installation.js";
import { createPage } from "./page/page.js";
import type { AppRecord, InstallationRecord, Permissions } from "./platform/app-records.js";
import type { Faults } from "./platform/faults.js";
import { createForge } from "./platform/forge.js";
import { turnsEnded } from "./platform/in-turn.js";
import { waitFor } from "./platform/news.js";
import { createPlatform } from "./platform/platform.js";
import type { RequestRecord } from "./platform/request-log.js";
import type { Delivery } from "./platform/webhooks.js";
import { runMergeQueue } from "./pull-requests/merge-queue.js";
import { createRepositoryWorld, type RepositoryWorld } from "./repository-world.js";
import { listen } from "./server.js";

export interface GitHubOptions {
  readonly owner?: string;
  readonly name?: string;
  /** A free one unless told. */
  readonly port?: number;
  readonly app?: AppOptions;
  /** May be changed while it runs. */
  readonly faults?: Faults;
}

/** A GitHub whose first repository is at hand, and what people and tests do with it. */
export interface GitHubWorld extends RepositoryWorld {
  readonly url: string;
  readonly app: AppRecord;
  /** Of the App on the account of the first repository. */
  readonly installation: InstallationRecord;
  /** PEM, PKCS #1. */
  readonly privateKey: string;
  readonly faults: Faults;
  readonly requests: readonly RequestRecord[];
  readonly deliveries: readonly Delivery[];

  /** From now on the App's webhooks go there. */
  deliverTo(url: string, secret: string): void;
  /** From now on nothing is delivered and nothing is logged, as if GitHub had lost it. */
  loseDeliveries(): void;
  /** From now on deliveries are logged with status 0 and wait for `redeliver`, in any order. */
  holdDeliveries(): void;
  redeliver(guid: string): Promise<Delivery>;
  /** Waits until what was begun has ended and every delivery of it has its answer. */
  delivered(): Promise<void>;

  /**
   * Another repository, `organisation/name`. It belongs to the App's installation on that account,
   * which is made when there is none; to no installation when that is null.
   */
  addRepository(
    fullName: string,
    options?: { readonly installation?: InstallationRecord | null },
  ): Promise<RepositoryWorld>;
  /** Installs the App on another account. */
  addInstallation(account: string): InstallationRecord;
  removeRepository(repository: RepositoryWorld, installation?: InstallationRecord): void;
  suspend(installation: InstallationRecord): void;
  unsuspend(installation: InstallationRecord): void;
  uninstall(installation: InstallationRecord): void;
  /** The App asks for more, or for less; installations keep what they have until they accept. */
  askPermissions(permissions: Permissions): void;
  acceptPermissions(installation: InstallationRecord): void;
  /** Another App on the first repository. */
  installAnotherApp(options: AppOptions): {
    readonly app: AppRecord;
    readonly privateKey: string;
    readonly installation: InstallationRecord;
  };

  waitUntil(what: string, holds: () => boolean, timeout?: number): Promise<void>;
  close(): Promise<void>;
}

export async function createGitHub(options: GitHubOptions = {}): Promise<GitHubWorld> {
  const faults = options.faults ?? {};
  const platform = createPlatform(faults);
  const { webhooks } = platform;
  const { app, privateKey } = registerApp(platform, options.app);
  const forge = await createForge(platform, options.owner ?? "acme", options.name ?? "shop");
  const installation = install(platform, app, forge.store.owner, [forge]);
  const page = createPage(forge);
  const port = options.port ?? 0;
  const listener = await listen(platform, { port, faults, page: page.handle });
  platform.url = listener.url;
  const stopQueues = [runMergeQueue(forge)];

  function installationOn(account: string): InstallationRecord | undefined {
    return platform.installations.find((one) => one.app === app && one.account === account);
  }

  async function addRepository(
    fullName: string,
    where: { readonly installation?: InstallationRecord | null } = {},
  ): Promise<RepositoryWorld> {
    const [owner = "", name = ""] = fullName.split("/");
    const added = await createForge(platform, owner, name);
    stopQueues.push(runMergeQueue(added));
    const chosen = where.installation === undefined ? installationOn(owner) : where.installation;
    if (chosen) changeSelection(chosen, added, "added");
    else if (chosen === undefined) install(platform, app, owner, [added]);
    return createRepositoryWorld(added, app);
  }

  return {
    ...createRepositoryWorld(forge, app),
    url: listener.url,
    app,
    installation,
    privateKey,
    faults,
    requests: listener.requests,
    deliveries: webhooks.log,
    deliverTo(url, secret) {
      app.hook = { url, secret, held: false };
    },
    holdDeliveries() {
      if (app.hook === undefined) throw new Error("no webhook address is set");
      app.hook = { ...app.hook, held: true };
    },
    loseDeliveries() {
      app.hook = undefined;
    },
    redeliver: (guid) => webhooks.redeliver(guid),
    async delivered() {
      await Promise.all(platform.forges.map(turnsEnded));
      await webhooks.settled();
    },
    addRepository,
    addInstallation: (account) => install(platform, app, account),
    removeRepository(repository, from) {
      const chosen = from ?? installationOn(repository.forge.store.owner);
      if (chosen !== undefined) changeSelection(chosen, repository.forge, "removed");
    },
    suspend: (one) => setSuspended(platform, one, true),
    unsuspend: (one) => setSuspended(platform, one, false),
    uninstall: (one) => uninstall(platform, one),
    askPermissions(permissions) {
      app.permissions = permissions;
    },
    acceptPermissions: (one) => acceptPermissions(platform, one),
    installAnotherApp(other) {
      const registered = registerApp(platform, other);
      const on = install(platform, registered.app, forge.store.owner, [forge]);
      return { ...registered, installation: on };
    },
    async waitUntil(what, holds, timeout) {
      await waitFor(forge, what, () => holds() || undefined, timeout);
    },
    async close() {
      for (const stop of stopQueues) stop();
      page.close();
      await listener.close();
      await Promise.all(platform.forges.map(({ repository }) => repository.remove()));
    },
  };
}
