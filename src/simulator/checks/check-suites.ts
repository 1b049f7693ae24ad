import { permits } from "../apps/permissions.js";
import { checkSuiteJson } from "../json/check-shapes.js";
import { repositoryJson, userJson } from "../json/shapes.js";
import type { AppRecord } from "../platform/app-records.js";
import type { Forge } from "../platform/forge.js";
import {
  type Author,
  type CheckSuiteRecord,
  type PullRequestRecord,
  takeId,
} from "../platform/store.js";

/** One suite for each App and commit. */
export function suiteOf(
  forge: Forge,
  app: AppRecord,
  headSha: string,
  pull = forge.store.pullRequests.find((one) => one.headSha === headSha),
): CheckSuiteRecord {
  const { store } = forge;
  const known = store.checkSuites.find((one) => one.appId === app.id && one.headSha === headSha);
  if (known !== undefined) return known;
  const suite: CheckSuiteRecord = {
    id: takeId(store),
    appId: app.id,
    headSha,
    headBranch: pull?.fork === undefined ? pull?.headRef : undefined,
    createdAt: new Date(),
  };
  store.checkSuites.push(suite);
  return suite;
}

export function announceSuite(
  forge: Forge,
  suite: CheckSuiteRecord,
  action: "requested" | "rerequested" | "completed",
  sender: Author,
): void {
  forge.send({
    event: "check_suite",
    onlyApp: suite.appId,
    payload: {
      action,
      check_suite: checkSuiteJson(forge, suite),
      repository: repositoryJson(forge),
      sender: userJson(sender),
    },
  });
}

/** After a push GitHub opens a suite for every App that may write checks, and says so. */
export function announceSuites(forge: Forge, pull: PullRequestRecord, sender: Author): void {
  const { installations } = forge.platform;
  for (const { app, permissions, repositories } of installations) {
    if (!repositories.has(forge.store.id) || !permits(permissions, "checks:write")) continue;
    announceSuite(forge, suiteOf(forge, app, pull.headSha, pull), "requested", sender);
  }
}
