import type { InstallationRecord } from "./app-records.js";
import type { Forge } from "./forge.js";
import { nodeId } from "./node-id.js";
import type { WebhookMessage } from "./webhooks.js";

/** Tells the Apps that are installed on a repository and subscribed to the event. */
export function tellApps(forge: Forge, message: WebhookMessage): void {
  const { platform, store } = forge;
  for (const installation of platform.installations) {
    const { app } = installation;
    if (!installation.repositories.has(store.id) || !app.events.includes(message.event)) continue;
    if (message.onlyApp !== undefined && message.onlyApp !== app.id) continue;
    if (installation.suspendedAt !== undefined) continue;
    const named = { id: installation.id, node_id: nodeId("I", installation.id) };
    const payload = { ...message.payload, installation: named };
    deliver(forge.platform.webhooks, installation, { ...message, payload }, store.id);
  }
}

/** `installation` and `installation_repositories` need no subscription. */
export function tellInstallation(
  forge: Pick<Forge, "platform">,
  installation: InstallationRecord,
  message: WebhookMessage,
): void {
  deliver(forge.platform.webhooks, installation, message, undefined);
}

function deliver(
  webhooks: Forge["platform"]["webhooks"],
  installation: InstallationRecord,
  message: WebhookMessage,
  repositoryId: number | undefined,
): void {
  const { app } = installation;
  if (app.hook === undefined) return;
  const about = { app, installationId: installation.id, repositoryId };
  void webhooks.send(about, message.event, message.payload);
}
