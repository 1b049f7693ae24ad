import type { KeyObject } from "node:crypto";
import type { Author } from "./store.js";

export type Access = "read" | "write";
export type Permissions = Readonly<Record<string, Access>>;

/** Where an App's webhooks go, and what they are signed with. */
export interface Hook {
  readonly url: string;
  readonly secret: string;
  /** Deliveries are logged and wait until they are redelivered. */
  readonly held: boolean;
}

/** A GitHub App, as its owner registered it. */
export interface AppRecord {
  readonly id: number;
  readonly slug: string;
  readonly publicKey: KeyObject;
  /** What it asks for; an installation grants what its account accepted. */
  permissions: Permissions;
  events: readonly string[];
  hook: Hook | undefined;
}

/** An App on an account: what it was granted, and the repositories it may see. */
export interface InstallationRecord {
  readonly id: number;
  readonly app: AppRecord;
  readonly account: string;
  /** Ids of repositories. */
  readonly repositories: Set<number>;
  permissions: Permissions;
  suspendedAt: Date | undefined;
}

export interface TokenRecord {
  readonly installation: InstallationRecord;
  readonly permissions: Permissions;
  /** Whether it is good for the repository of that id. */
  readonly sees: (repositoryId: number) => boolean;
  readonly expiresAt: Date;
}

export function appAuthor(app: AppRecord): Author {
  return { login: `${app.slug}[bot]`, type: "Bot", appId: app.id };
}
