import type { AppRecord, InstallationRecord } from "../platform/app-records.js";
import { nodeId } from "../platform/node-id.js";
import type { Platform } from "../platform/platform.js";
import { type Json, organizationJson, timestamp } from "./shapes.js";

export function appJson(app: AppRecord): Json {
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId("A", app.id),
    name: app.slug,
    permissions: app.permissions,
    events: app.events,
  };
}

export function installationJson(platform: Platform, installation: InstallationRecord): Json {
  const { id, app, account, permissions, suspendedAt } = installation;
  return {
    id,
    node_id: nodeId("I", id),
    app_id: app.id,
    app_slug: app.slug,
    account: organizationJson(account),
    target_type: "Organization",
    repository_selection: "selected",
    permissions,
    events: app.events,
    suspended_at: suspendedAt ? timestamp(suspendedAt) : null,
    html_url: `${platform.url}/organizations/${account}/settings/installations/${id}`,
  };
}
