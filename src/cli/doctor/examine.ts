import type { Environment } from "../../bot/environment.js";
import { WEBHOOK_PATH } from "../../bot/server.js";
import { listAttempts } from "../../github/app/deliveries.js";
import { type RegisteredApp, readApp, readHook } from "../../github/app/describe-app.js";
import {
  type Installation,
  listInstallations,
  listRepositories,
} from "../../github/app/installations.js";
import { readRequiredChecks } from "../../github/app/required-checks.js";
import type { GitHub } from "../../github/client/client.js";
import { statusOf } from "../../github/client/failure.js";
import { judgeApp } from "./judge-app.js";
import { judgeInstallations } from "./judge-installations.js";
import { type Branch, judgeRequiredChecks } from "./judge-required-checks.js";
import { judgeWebhook } from "./judge-webhook.js";
import type { Manifest } from "./manifest.js";
import { fix, note, type Remark, type Section, unasked } from "./remark.js";

export interface ExamineOptions {
  readonly environment: Environment;
  readonly github: GitHub;
  readonly manifest: Manifest;
}

const THREE_DAYS = 72 * 3_600_000;
/** Each costs two requests. */
const MAX_REPOSITORIES = 100;

/** What GitHub says of the App, section by section; what cannot be asked is said too. */
export async function examineApp(options: ExamineOptions): Promise<readonly Section[]> {
  const { environment, github, manifest } = options;
  const app = await attempt(() => readApp(github.asApp()));
  if ("failure" in app) return [{ title: "App", remarks: [whyNot(app.failure, environment)] }];
  const web = webAddress(environment.baseUrl);
  const settingsUrl = settingsOf(app.value, web);
  const installations = await attempt(() => listInstallations(github.asApp()));
  return [
    { title: "App", remarks: judgeApp(app.value, manifest, settingsUrl) },
    {
      title: "Installations",
      remarks:
        "failure" in installations
          ? [cannotAsk("Its installations", installations.failure)]
          : judgeInstallations(app.value, installations.value, `${settingsUrl}/installations`),
    },
    ...("failure" in installations ? [] : await examineGates(options, installations.value)),
    { title: "Webhook", remarks: await examineWebhook(github, settingsUrl) },
  ];
}

async function examineGates(
  { environment, github }: ExamineOptions,
  installations: readonly Installation[],
): Promise<readonly Section[]> {
  const remarks: Remark[] = [];
  const branches: Branch[] = [];
  let passedOver = 0;
  for (const { id, account, suspended } of installations) {
    if (suspended) continue;
    const client = github.forInstallation(id);
    const repositories = await attempt(() => listRepositories(client));
    if ("failure" in repositories) {
      remarks.push(cannotAsk(`The repositories of ${account}`, repositories.failure));
      continue;
    }
    for (const repository of repositories.value) {
      const branch = repository.defaultBranch;
      const name = `${repository.owner}/${repository.repo}`;
      if (branch === undefined) continue;
      if (branches.length >= MAX_REPOSITORIES) {
        passedOver++;
        continue;
      }
      const checks = await attempt(() => readRequiredChecks(client, repository, branch));
      if ("failure" in checks) remarks.push(cannotAsk(`The rules of ${name}`, checks.failure));
      else branches.push({ repository: name, branch, checks: checks.value });
    }
  }
  remarks.unshift(...judgeRequiredChecks(branches, environment.appId));
  if (passedOver > 0) remarks.push(note(`${passedOver} more repositories were not looked at.`));
  return remarks.length === 0 ? [] : [{ title: "Required check", remarks }];
}

async function examineWebhook(github: GitHub, settingsUrl: string): Promise<readonly Remark[]> {
  const app = github.asApp();
  const facts = await attempt(async () => ({
    hook: await readHook(app),
    attempts: (await listAttempts(app, app.now() - THREE_DAYS, 1)).attempts,
  }));
  return "failure" in facts
    ? [cannotAsk("The webhook", facts.failure)]
    : judgeWebhook({ ...facts.value, path: WEBHOOK_PATH, settingsUrl });
}

type Attempted<T> = { readonly value: T } | { readonly failure: unknown };

async function attempt<T>(ask: () => Promise<T>): Promise<Attempted<T>> {
  try {
    return { value: await ask() };
  } catch (failure) {
    return { failure };
  }
}

/** GitHub answers 401 to a key of another App, and 404 to the number of none. */
function whyNot(failure: unknown, { appId, baseUrl }: Environment): Remark {
  const status =
    statusOf(failure) ?? statusOf(failure instanceof Error ? failure.cause : undefined);
  return status === 401 || status === 404
    ? fix(
        `GitHub does not know the key as one of the App ${appId}: take APP_ID and PRIVATE_KEY from the settings of the same App.`,
      )
    : cannotAsk(`GitHub at ${baseUrl}`, failure);
}

function cannotAsk(what: string, failure: unknown): Remark {
  const reason = failure instanceof Error ? failure.message : String(failure);
  return unasked(`${what} could not be asked: ${reason}`);
}

/** Of the pages that people use. */
function webAddress(baseUrl: string): string {
  return baseUrl === "https://api.github.com" ? "https://github.com" : new URL(baseUrl).origin;
}

function settingsOf({ owner, ownedByOrganisation, slug }: RegisteredApp, web: string): string {
  const account = ownedByOrganisation ? `organizations/${owner}/` : "";
  return `${web}/${account}settings/apps/${slug}`;
}
