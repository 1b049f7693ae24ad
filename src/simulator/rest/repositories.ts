import type { Call, Route } from "../route.js";
import { repositoryJson } from "../shapes.js";

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

export const REPOSITORY_ROUTES: readonly Route[] = [
  {
    method: "GET",
    pattern: "/repos/{owner}/{repo}",
    need: "metadata:read",
    handle: ({ forge }) => ({ status: 200, body: repositoryJson(forge) }),
  },
  {
    method: "GET",
    pattern: "/repos/{owner}/{repo}/rules/branches/{branch}",
    need: "metadata:read",
    handle: listRules,
  },
];
