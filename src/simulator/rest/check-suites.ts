import { announceSuite } from "../checks/check-suites.js";
import { type Call, paginate, type Route } from "../http/route.js";
import { checkRunJson, checkSuiteJson } from "../json/check-shapes.js";
import { appAuthor } from "../platform/app-records.js";
import { notFound } from "../platform/errors.js";
import type { CheckSuiteRecord } from "../platform/store.js";

function calledSuite(call: Call): CheckSuiteRecord {
  const id = Number(call.at.suite);
  const suite = call.forge.store.checkSuites.find((one) => one.id === id);
  if (suite === undefined) throw notFound();
  return suite;
}

function listForCommit(call: Call) {
  const app = call.query.get("app_id");
  const suites = call.forge.store.checkSuites.filter(
    (one) => one.headSha === call.at.ref && (app === null || one.appId === Number(app)),
  );
  const listed = suites.map((one) => checkSuiteJson(call.forge, one));
  return paginate(call, listed, (page) => ({ total_count: listed.length, check_suites: page }));
}

function listRuns(call: Call) {
  const { id } = calledSuite(call);
  const runs = call.forge.store.checkRuns.filter((run) => run.suiteId === id);
  const listed = runs.map((run) => checkRunJson(call.forge, run));
  return paginate(call, listed, (page) => ({ total_count: listed.length, check_runs: page }));
}

/** Nothing is run by this: the App hears of it and does what it does. */
function rerequest(call: Call) {
  announceSuite(call.forge, calledSuite(call), "rerequested", appAuthor(call.app));
  return { status: 201, body: {} };
}

const SUITE = "/repos/{owner}/{repo}/check-suites/{suite}";

export const CHECK_SUITE_ROUTES: readonly Route[] = [
  {
    method: "GET",
    pattern: "/repos/{owner}/{repo}/commits/{ref}/check-suites",
    need: "checks:read",
    handle: listForCommit,
  },
  {
    method: "GET",
    pattern: SUITE,
    need: "checks:read",
    handle: (call) => ({ status: 200, body: checkSuiteJson(call.forge, calledSuite(call)) }),
  },
  { method: "GET", pattern: `${SUITE}/check-runs`, need: "checks:read", handle: listRuns },
  { method: "POST", pattern: `${SUITE}/rerequest`, need: "checks:write", handle: rerequest },
];
