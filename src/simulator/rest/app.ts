import { ApiError, notFound } from "../errors.js";
import { narrow } from "../permissions.js";
import type { Call, Route } from "../route.js";
import { appJson, ownerJson, repositoryJson } from "../shapes.js";
import type { Permissions } from "../store.js";
import { issueToken } from "../tokens.js";

function installationJson(call: Call) {
  const { forge, app } = call;
  return {
    id: app.installationId,
    app_id: app.id,
    app_slug: app.slug,
    account: ownerJson(forge),
    target_type: "Organization",
    repository_selection: "selected",
    permissions: app.permissions,
    events: app.events,
  };
}

function createAccessToken(call: Call) {
  const { forge, app, at, body } = call;
  if (Number(at.installation) !== app.installationId) throw notFound();
  const permissions = narrow(app.permissions, body.permissions as Permissions | undefined);
  if (permissions === undefined) {
    throw new ApiError(422, "The permissions requested are not granted to this installation.");
  }
  const { token, record } = issueToken(forge, app, permissions);
  return {
    status: 201,
    body: {
      token,
      expires_at: record.expiresAt.toISOString(),
      permissions,
      repository_selection: "selected",
    },
  };
}

export const APP_ROUTES: readonly Route[] = [
  {
    method: "GET",
    pattern: "/app",
    need: "jwt",
    handle: ({ app }) => ({ status: 200, body: appJson(app) }),
  },
  {
    method: "GET",
    pattern: "/app/installations",
    need: "jwt",
    handle: (call) => ({ status: 200, body: [installationJson(call)] }),
  },
  {
    method: "GET",
    pattern: "/app/installations/{installation}",
    need: "jwt",
    handle: (call) => {
      if (Number(call.at.installation) !== call.app.installationId) throw notFound();
      return { status: 200, body: installationJson(call) };
    },
  },
  {
    method: "POST",
    pattern: "/app/installations/{installation}/access_tokens",
    need: "jwt",
    handle: createAccessToken,
  },
  {
    method: "GET",
    pattern: "/repos/{owner}/{repo}",
    need: "metadata:read",
    handle: ({ forge }) => ({ status: 200, body: repositoryJson(forge) }),
  },
];
