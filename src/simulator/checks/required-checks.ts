import type { Forge } from "../platform/forge.js";
import type { BranchRule, CheckRunRecord } from "../platform/store.js";
import { latestCheckRuns } from "./check-runs.js";

/** A check that must pass before a pull request is merged. */
export interface RequiredCheck {
  readonly context: string;
  /** The App that must have written it; undefined where any will do. */
  readonly appId: number | undefined;
}

const TYPE = "required_status_checks";

export function requireCheck(forge: Forge, branch: string, check: RequiredCheck): BranchRule {
  const named = check.appId === undefined ? {} : { integration_id: check.appId };
  const rule = {
    branch,
    type: TYPE,
    parameters: {
      strict_required_status_checks_policy: false,
      do_not_enforce_on_create: false,
      required_status_checks: [{ context: check.context, ...named }],
    },
  };
  forge.store.rules.push(rule);
  return rule;
}

export function requirementsOf(forge: Forge, branch: string): readonly RequiredCheck[] {
  return forge.store.rules
    .filter((rule) => rule.branch === branch && rule.type === TYPE)
    .flatMap((rule) => {
      const checks = rule.parameters?.required_status_checks;
      return Array.isArray(checks) ? checks : [];
    })
    .map((check: { readonly context?: unknown; readonly integration_id?: unknown }) => ({
      context: String(check.context),
      appId: typeof check.integration_id === "number" ? check.integration_id : undefined,
    }));
}

type Verdict = "pending" | "passed" | "failed";

/** Neutral and skipped satisfy a required check, as on GitHub. */
const PASSES: readonly (string | undefined)[] = ["success", "neutral", "skipped"];

/** What the required checks of a branch say about a commit. */
export function verdictOf(forge: Forge, branch: string, headSha: string): Verdict {
  const runs = latestCheckRuns(forge.store.checkRuns, headSha);
  const verdicts = requirementsOf(forge, branch).map(({ context, appId }) => {
    const found: CheckRunRecord | undefined = runs.find(
      (run) => run.name === context && (appId === undefined || run.appId === appId),
    );
    if (found?.status !== "completed") return "pending";
    return PASSES.includes(found.conclusion) ? "passed" : "failed";
  });
  if (verdicts.includes("failed")) return "failed";
  return verdicts.includes("pending") ? "pending" : "passed";
}
