import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { installationJson } from "../json/app-shapes.js";
import { shortRepositoryJson, userJson } from "../json/shapes.js";
import type { AppRecord, InstallationRecord, Permissions } from "../platform/app-records.js";
import type { Forge } from "../platform/forge.js";
import { tellInstallation } from "../platform/notify.js";
import { forgesOf, type Platform } from "../platform/platform.js";
import { takeId } from "../platform/store.js";
import { type Manifest, readManifest } from "./permissions.js";

export interface AppOptions {
  readonly id?: number;
  readonly slug?: string;
  readonly permissions?: Permissions;
  readonly events?: readonly string[];
}

/** What cyclekey asks for when it is installed. */
function readAppManifest(): Manifest {
  return readManifest(readFileSync(join(import.meta.dirname, "../../../app.yml"), "utf8"));
}

/** Registers an App with a fresh key. */
export function registerApp(
  platform: Platform,
  options: AppOptions = {},
): { readonly app: AppRecord; readonly privateKey: string } {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const manifest = readAppManifest();
  const app: AppRecord = {
    id: options.id ?? 4242,
    slug: options.slug ?? "cyclekey",
    publicKey: createPublicKey(privateKey),
    permissions: options.permissions ?? manifest.permissions,
    events: options.events ?? manifest.events,
    hook: undefined,
  };
  platform.apps.push(app);
  return { app, privateKey };
}

export type InstallationAction =
  | "created"
  | "deleted"
  | "suspend"
  | "unsuspend"
  | "new_permissions_accepted";

function announceInstallation(
  platform: Platform,
  installation: InstallationRecord,
  action: InstallationAction,
): void {
  const repositories = forgesOf(platform, installation).map(shortRepositoryJson);
  tellInstallation({ platform }, installation, {
    event: "installation",
    payload: {
      action,
      installation: installationJson(platform, installation),
      repositories,
      sender: userJson({ login: installation.account, type: "User" }),
    },
  });
  platform.news.emit("changed");
}

/** Installs an App on an account, for these of its repositories. */
export function install(
  platform: Platform,
  app: AppRecord,
  account: string,
  forges: readonly Forge[] = [],
): InstallationRecord {
  const installation: InstallationRecord = {
    id: takeId(platform),
    app,
    account,
    repositories: new Set(forges.map(({ store }) => store.id)),
    permissions: app.permissions,
    suspendedAt: undefined,
  };
  platform.installations.push(installation);
  announceInstallation(platform, installation, "created");
  return installation;
}

export function setSuspended(
  platform: Platform,
  installation: InstallationRecord,
  suspended: boolean,
): void {
  installation.suspendedAt = suspended ? new Date() : undefined;
  announceInstallation(platform, installation, suspended ? "suspend" : "unsuspend");
}

/** The account grants what the App asks for by now. */
export function acceptPermissions(platform: Platform, installation: InstallationRecord): void {
  installation.permissions = installation.app.permissions;
  announceInstallation(platform, installation, "new_permissions_accepted");
}

/** Its tokens are worthless from now on. */
export function uninstall(platform: Platform, installation: InstallationRecord): void {
  platform.installations.splice(platform.installations.indexOf(installation), 1);
  announceInstallation(platform, installation, "deleted");
}

/** Adds or takes away one repository. */
export function changeSelection(
  installation: InstallationRecord,
  forge: Forge,
  action: "added" | "removed",
): void {
  const { platform, store } = forge;
  if (action === "added") installation.repositories.add(store.id);
  else installation.repositories.delete(store.id);
  const named = [shortRepositoryJson(forge)];
  tellInstallation({ platform }, installation, {
    event: "installation_repositories",
    payload: {
      action,
      installation: installationJson(platform, installation),
      repository_selection: "selected",
      repositories_added: action === "added" ? named : [],
      repositories_removed: action === "removed" ? named : [],
      requester: null,
      sender: userJson({ login: installation.account, type: "User" }),
    },
  });
  platform.news.emit("changed");
}
