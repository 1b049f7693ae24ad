import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Forge } from "./forge.js";
import { type Manifest, readManifest } from "./permissions.js";
import type { AppRecord, Permissions } from "./store.js";

export interface AppOptions {
  readonly id?: number;
  readonly slug?: string;
  readonly installationId?: number;
  readonly permissions?: Permissions;
  readonly events?: readonly string[];
}

/** What cyclekey asks for when it is installed. */
function readAppManifest(): Manifest {
  return readManifest(readFileSync(join(import.meta.dirname, "../../app.yml"), "utf8"));
}

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
  const manifest = readAppManifest();
  const id = options.id ?? 4242;
  const app: AppRecord = {
    id,
    slug: options.slug ?? "cyclekey",
    installationId: options.installationId ?? id * 10 + 1,
    publicKey: createPublicKey(privateKey),
    permissions: options.permissions ?? manifest.permissions,
    events: options.events ?? manifest.events,
  };
  forge.store.apps.push(app);
  return { app, privateKey };
}
