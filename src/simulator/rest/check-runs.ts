import {
  type CheckRunInput,
  type CheckRunOutput,
  createCheckRun,
  latestCheckRuns,
  updateCheckRun,
} from "../checks/check-runs.js";
import {
  type Body,
  type Call,
  paginate,
  type Route,
  readChoice,
  readInteger,
  readObjects,
  readText,
} from "../http/route.js";
import { checkRunJson } from "../json/check-shapes.js";
import { invalidRequest, notFound } from "../platform/errors.js";
import type {
  CheckAnnotation,
  CheckConclusion,
  CheckRunRecord,
  CheckStatus,
} from "../platform/store.js";

const STATUSES: readonly CheckStatus[] = ["queued", "in_progress", "completed"];
const CONCLUSIONS: readonly CheckConclusion[] = [
  "action_required",
  "cancelled",
  "failure",
  "neutral",
  "success",
  "skipped",
  "timed_out",
];
const LEVELS = ["notice", "warning", "failure"] as const;

function readAnnotation(body: Body): CheckAnnotation {
  const startLine = readInteger(body, "start_line");
  const endLine = readInteger(body, "end_line");
  const level = readChoice(body, "annotation_level", LEVELS);
  if (startLine === undefined || endLine === undefined || level === undefined) {
    throw invalidRequest("start_line, end_line and annotation_level are required.");
  }
  return {
    path: readText(body, "path") ?? "",
    startLine,
    endLine,
    level,
    title: readText(body, "title"),
    message: readText(body, "message") ?? "",
  };
}

function readOutput(body: Body): CheckRunOutput | undefined {
  const output = body.output;
  if (output === undefined || output === null) return undefined;
  if (typeof output !== "object") throw invalidRequest("output is not an object.");
  const given = output as Body;
  const summary = readText(given, "summary");
  if (summary === undefined) throw invalidRequest('"summary" wasn\'t supplied.');
  return {
    title: readText(given, "title"),
    summary,
    text: readText(given, "text"),
    annotations: readObjects(given, "annotations").map(readAnnotation),
  };
}

function readInput(body: Body): CheckRunInput {
  return {
    name: readText(body, "name"),
    headSha: readText(body, "head_sha"),
    externalId: readText(body, "external_id"),
    detailsUrl: readText(body, "details_url"),
    status: readChoice(body, "status", STATUSES),
    conclusion: readChoice(body, "conclusion", CONCLUSIONS),
    startedAt: readText(body, "started_at"),
    completedAt: readText(body, "completed_at"),
    output: readOutput(body),
  };
}

function calledRun(call: Call): CheckRunRecord {
  const id = Number(call.at.run);
  const run = call.forge.store.checkRuns.find((one) => one.id === id);
  if (run === undefined) throw notFound();
  return run;
}

async function listForCommit(call: Call) {
  const { forge, query } = call;
  const sha = await forge.repository.resolve(`${call.at.ref}^{commit}`);
  if (sha === undefined) throw notFound();
  const all = forge.store.checkRuns.filter((run) => run.headSha === sha);
  const shown = query.get("filter") === "all" ? all : latestCheckRuns(all, sha);
  const name = query.get("check_name");
  const app = query.get("app_id");
  const runs = shown.filter(
    (run) => (name === null || run.name === name) && (app === null || run.appId === Number(app)),
  );
  const listed = runs.map((run) => checkRunJson(forge, run));
  return paginate(call, listed, (page) => ({ total_count: listed.length, check_runs: page }));
}

export const CHECK_RUN_ROUTES: readonly Route[] = [
  {
    method: "POST",
    pattern: "/repos/{owner}/{repo}/check-runs",
    need: "checks:write",
    handle: async (call) => {
      const run = await createCheckRun(call.forge, call.app, readInput(call.body));
      return { status: 201, body: checkRunJson(call.forge, run) };
    },
  },
  {
    method: "PATCH",
    pattern: "/repos/{owner}/{repo}/check-runs/{run}",
    need: "checks:write",
    handle: (call) => {
      const run = calledRun(call);
      updateCheckRun(call.forge, call.app, run, readInput(call.body));
      return { status: 200, body: checkRunJson(call.forge, run) };
    },
  },
  {
    method: "GET",
    pattern: "/repos/{owner}/{repo}/check-runs/{run}",
    need: "checks:read",
    handle: (call) => ({ status: 200, body: checkRunJson(call.forge, calledRun(call)) }),
  },
  {
    method: "GET",
    pattern: "/repos/{owner}/{repo}/commits/{ref}/check-runs",
    need: "checks:read",
    handle: listForCommit,
  },
];
