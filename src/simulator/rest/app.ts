import { narrow } from "../apps/permissions.js";
import { issueToken, refuseSuspended } from "../apps/tokens.js";
import {
  type AppRoute,
  type InstallationCall,
  type InstallationRoute,
  type PlatformCall,
  paginate,
} from "../http/route.js";
import { appJson, installationJson } from "../json/app-shapes.js";
import { organizationJson, repositoryJson } from "../json/shapes.js";
import type { InstallationRecord, Permissions } from "../platform/app-records.js";
import { ApiError, notFound } from "../platform/errors.js";
import { forgesOf } from "../platform/platform.js";

function ownInstallations({ platform, app }: PlatformCall): readonly InstallationRecord[] {
  return platform.installations.filter((one) => one.app === app);
}

function calledInstallation(call: PlatformCall): InstallationRecord {
  const id = Number(call.at.installation);
  const installation = ownInstallations(call).find((one) => one.id === id);
  if (installation === undefined) throw notFound();
  return installation;
}

/** Narrowed to repositories by id or name; undefined for all. */
function wantedRepositories(call: PlatformCall, installation: InstallationRecord) {
  const { repositories, repository_ids: ids } = call.body;
  if (!Array.isArray(repositories) && !Array.isArray(ids)) return undefined;
  const names: readonly unknown[] = Array.isArray(repositories) ? repositories : [];
  const numbers: readonly unknown[] = Array.isArray(ids) ? ids : [];
  const found = forgesOf(call.platform, installation).filter(
    ({ store }) => names.includes(store.name) || numbers.includes(store.id),
  );
  if (found.length < names.length + numbers.length) {
    throw new ApiError(
      422,
      "There is at least one repository that does not exist or is not accessible to the parent installation.",
    );
  }
  return new Set(found.map(({ store }) => store.id));
}

function createAccessToken(call: PlatformCall) {
  const installation = calledInstallation(call);
  refuseSuspended(installation);
  const wanted = call.body.permissions as Permissions | undefined;
  const permissions = narrow(installation.permissions, wanted);
  if (permissions === undefined) {
    throw new ApiError(422, "The permissions requested are not granted to this installation.");
  }
  const repositories = wantedRepositories(call, installation);
  const { token, expiresAt } = issueToken(call.platform, installation, permissions, repositories);
  return {
    status: 201,
    body: {
      token,
      expires_at: expiresAt.toISOString(),
      permissions,
      repository_selection: "selected",
    },
  };
}

function describeApp(call: PlatformCall) {
  const { app, platform } = call;
  return {
    ...appJson(app),
    owner: organizationJson(platform.forges[0]?.store.owner ?? app.slug),
    html_url: `${platform.url}/apps/${app.slug}`,
    external_url: `${platform.url}/apps/${app.slug}`,
    installations_count: ownInstallations(call).length,
  };
}

export const APP_ROUTES: readonly AppRoute[] = [
  {
    method: "GET",
    pattern: "/app",
    handle: (call) => ({ status: 200, body: describeApp(call) }),
  },
  {
    method: "GET",
    pattern: "/app/installations",
    handle: (call) =>
      paginate(
        call,
        ownInstallations(call).map((one) => installationJson(call.platform, one)),
      ),
  },
  {
    method: "GET",
    pattern: "/app/installations/{installation}",
    handle: (call) => ({
      status: 200,
      body: installationJson(call.platform, calledInstallation(call)),
    }),
  },
  {
    method: "POST",
    pattern: "/app/installations/{installation}/access_tokens",
    handle: createAccessToken,
  },
];

function listRepositories(call: InstallationCall) {
  const seen = call.platform.forges.filter(({ store }) => call.token.sees(store.id));
  return paginate(call, seen.map(repositoryJson), (repositories) => ({
    total_count: seen.length,
    repository_selection: "selected",
    repositories,
  }));
}

export const INSTALLATION_ROUTES: readonly InstallationRoute[] = [
  { method: "GET", pattern: "/installation/repositories", handle: listRepositories },
];
