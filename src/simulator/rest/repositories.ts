import type { Call, Route } from "../http/route.js";
import { repositoryJson } from "../json/shapes.js";
import { ApiError } from "../platform/errors.js";

/** Rules of rulesets that are in force on a branch. Classic branch protection is not among them. */
function listRules(call: Call) {
  const { owner, name, rules } = call.forge.store;
  const inForce = rules.filter((rule) => rule.branch === call.at.branch);
  const body = inForce.map(({ type, parameters }, index) => ({
    type,
    ruleset_source_type: "Repository",
    ruleset_source: `${owner}/${name}`,
    ruleset_id: index + 1,
    ...(parameters === undefined ? {} : { parameters }),
  }));
  return { status: 200, body };
}

/** Whoever may read the contents sees what classic branch protection asks for; there is none here. */
async function showBranch({ forge, at }: Call) {
  const sha = await forge.repository.resolve(`refs/heads/${at.branch}`);
  if (sha === undefined) throw new ApiError(404, "Branch not found");
  const required = { enforcement_level: "off", contexts: [], checks: [] };
  const body = {
    name: at.branch,
    commit: { sha },
    protected: false,
    protection: { enabled: false, required_status_checks: required },
  };
  return { status: 200, body };
}

export const REPOSITORY_ROUTES: readonly Route[] = [
  {
    method: "GET",
    pattern: "/repos/{owner}/{repo}",
    need: "metadata:read",
    handle: ({ forge }) => ({ status: 200, body: repositoryJson(forge) }),
  },
  {
    method: "GET",
    pattern: "/repos/{owner}/{repo}/branches/{branch}",
    need: "contents:read",
    handle: showBranch,
  },
  {
    method: "GET",
    pattern: "/repos/{owner}/{repo}/rules/branches/{branch}",
    need: "metadata:read",
    handle: listRules,
  },
];
