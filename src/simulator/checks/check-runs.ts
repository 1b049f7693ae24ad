import { checkRunJson } from "../json/check-shapes.js";
import { repositoryJson, userJson } from "../json/shapes.js";
import { type AppRecord, appAuthor } from "../platform/app-records.js";
import { ApiError, invalidRequest } from "../platform/errors.js";
import { type Forge, tellChange } from "../platform/forge.js";
import {
  type CheckAnnotation,
  type CheckConclusion,
  type CheckRunRecord,
  type CheckStatus,
  takeId,
} from "../platform/store.js";
import { announceSuite, suiteOf } from "./check-suites.js";

/** What REST and GraphQL both turn their input into. Undefined leaves a field as it is. */
export interface CheckRunInput {
  readonly name?: string | undefined;
  readonly headSha?: string | undefined;
  readonly externalId?: string | undefined;
  readonly detailsUrl?: string | undefined;
  readonly status?: CheckStatus | undefined;
  readonly conclusion?: CheckConclusion | undefined;
  readonly startedAt?: string | undefined;
  readonly completedAt?: string | undefined;
  readonly output?: CheckRunOutput | undefined;
}

export interface CheckRunOutput {
  readonly title: string | undefined;
  readonly summary: string;
  readonly text: string | undefined;
  readonly annotations: readonly CheckAnnotation[];
}

const MAX_ANNOTATIONS = 50;
const MAX_SUMMARY = 65_535;
const MAX_TITLE = 255;
const MAX_MESSAGE = 64 * 1024;

function refuseAnnotation(annotation: CheckAnnotation): string | undefined {
  if (annotation.path === "" || annotation.message === "") return "path and message are required.";
  if (annotation.startLine < 1 || annotation.endLine < annotation.startLine) {
    return "end_line must not precede start_line.";
  }
  if ((annotation.title ?? "").length > MAX_TITLE) return "title is too long.";
  if (Buffer.byteLength(annotation.message) > MAX_MESSAGE) return "message exceeds 64 KB.";
  return undefined;
}

function refuseOutput(output: CheckRunOutput): string | undefined {
  const { annotations, summary, text, title } = output;
  if (annotations.length > MAX_ANNOTATIONS) {
    return `No more than 50 items are allowed; ${annotations.length} were supplied.`;
  }
  if (title === undefined || title === "") return '"title" wasn\'t supplied.';
  const longest = Math.max(summary.length, text?.length ?? 0);
  if (longest > MAX_SUMMARY) {
    return `Only ${MAX_SUMMARY} characters are allowed; ${longest} were supplied.`;
  }
  return annotations.map(refuseAnnotation).find((reason) => reason !== undefined);
}

function validate(input: CheckRunInput): void {
  const reason =
    input.status === "completed" && input.conclusion === undefined
      ? '"conclusion" wasn\'t supplied.'
      : input.output && refuseOutput(input.output);
  if (reason !== undefined) throw invalidRequest(reason);
}

function assign(run: CheckRunRecord, input: CheckRunInput): void {
  if (input.name !== undefined) run.name = input.name;
  if (input.externalId !== undefined) run.externalId = input.externalId;
  if (input.detailsUrl !== undefined) run.detailsUrl = input.detailsUrl;
  if (input.status !== undefined) run.status = input.status;
  if (input.startedAt !== undefined) run.startedAt = new Date(input.startedAt);
  if (input.conclusion !== undefined) {
    // Naming a conclusion completes the run, whatever status came with it.
    run.conclusion = input.conclusion;
    run.status = "completed";
    run.completedAt = input.completedAt ? new Date(input.completedAt) : new Date();
  } else if (input.status !== undefined) {
    run.conclusion = undefined;
    run.completedAt = undefined;
  }
  if (input.output === undefined) return;
  run.title = input.output.title;
  run.summary = input.output.summary;
  run.text = input.output.text;
  // Annotations are only ever added.
  run.annotations.push(...input.output.annotations);
}

export async function createCheckRun(
  forge: Forge,
  app: AppRecord,
  input: CheckRunInput,
): Promise<CheckRunRecord> {
  const { name, headSha } = input;
  if (name === undefined || headSha === undefined) {
    throw invalidRequest(`"${name === undefined ? "name" : "head_sha"}" wasn't supplied.`);
  }
  validate(input);
  if (!/^[0-9a-f]{40}$/.test(headSha) || !(await forge.repository.resolve(`${headSha}^{commit}`))) {
    throw new ApiError(422, `No commit found for SHA: ${headSha}`);
  }
  const run: CheckRunRecord = {
    id: takeId(forge.store),
    suiteId: suiteOf(forge, app, headSha).id,
    appId: app.id,
    headSha,
    annotations: [],
    name,
    status: "queued",
    conclusion: undefined,
    externalId: "",
    detailsUrl: undefined,
    title: undefined,
    summary: undefined,
    text: undefined,
    startedAt: new Date(),
    completedAt: undefined,
  };
  assign(run, input);
  forge.store.checkRuns.push(run);
  announceCheckRun(forge, app, run, "created");
  if (run.status === "completed") announceCompletion(forge, app, run);
  tellChange(forge);
  return run;
}

export function updateCheckRun(
  forge: Forge,
  app: AppRecord,
  run: CheckRunRecord,
  input: CheckRunInput,
): void {
  if (run.appId !== app.id) {
    throw new ApiError(
      403,
      `Invalid app_id \`${app.id}\` - check run can only be modified by the GitHub App that created it.`,
    );
  }
  validate(input);
  const before = run.status;
  assign(run, input);
  if (before !== "completed" && run.status === "completed") {
    announceCompletion(forge, app, run);
  }
  tellChange(forge);
}

/** The last run that ends completes its suite. */
function announceCompletion(forge: Forge, app: AppRecord, run: CheckRunRecord): void {
  announceCheckRun(forge, app, run, "completed");
  const runs = latestCheckRuns(forge.store.checkRuns, run.headSha);
  const mine = runs.filter((one) => one.appId === app.id);
  if (mine.some((one) => one.status !== "completed")) return;
  announceSuite(forge, suiteOf(forge, app, run.headSha), "completed", appAuthor(app));
}

export function announceCheckRun(
  forge: Forge,
  app: AppRecord,
  run: CheckRunRecord,
  action: "created" | "completed" | "rerequested",
  sender = appAuthor(app),
): void {
  forge.send({
    event: "check_run",
    onlyApp: app.id,
    payload: {
      action,
      check_run: checkRunJson(forge, run),
      repository: repositoryJson(forge),
      sender: userJson(sender),
    },
  });
}

/** The newest run of each name and App on a commit: what GitHub shows and judges by. */
export function latestCheckRuns(
  runs: readonly CheckRunRecord[],
  headSha: string,
): readonly CheckRunRecord[] {
  const latest = new Map<string, CheckRunRecord>();
  for (const run of runs) {
    if (run.headSha === headSha) latest.set(`${run.appId} ${run.name}`, run);
  }
  return [...latest.values()];
}
