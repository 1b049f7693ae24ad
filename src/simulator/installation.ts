import { createPublicKey, generateKeyPairSync } from "node:crypto";
import type { Forge } from "./forge.js";
import type { AppRecord, Permissions } from "./store.js";

export interface AppOptions {
  readonly id?: number;
  readonly slug?: string;
  readonly installationId?: number;
  readonly permissions?: Permissions;
  readonly events?: readonly string[];
}

/** What cyclekey asks for; app.yml says the same. */
const PERMISSIONS: Permissions = {
  metadata: "read",
  contents: "read",
  pull_requests: "write",
  checks: "write",
  issues: "read",
};

const EVENTS: readonly string[] = ["pull_request", "issue_comment", "check_run", "check_suite"];

/** Registers an App with a fresh key and installs it on the repository. */
export function installApp(
  forge: Forge,
  options: AppOptions = {},
): { readonly app: AppRecord; readonly privateKey: string } {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const id = options.id ?? 4242;
  const app: AppRecord = {
    id,
    slug: options.slug ?? "cyclekey",
    installationId: options.installationId ?? id * 10 + 1,
    publicKey: createPublicKey(privateKey),
    permissions: options.permissions ?? PERMISSIONS,
    events: options.events ?? EVENTS,
  };
  forge.store.apps.push(app);
  return { app, privateKey };
}
