import type { InstallationClient, Parameters } from "../client/client.js";
import { Gone } from "../client/errors.js";
import { array, at, integer, record, text } from "../client/untrusted.js";
import type { Repository } from "./installations.js";

/** A check that a branch asks for before anything is merged into it. */
export interface RequiredCheck {
  readonly context: string;
  /** The App that must have written it; undefined where any will do. */
  readonly appId: number | undefined;
}

/** What rulesets and the branch's own protection ask for, as far as an App may read them. */
export async function readRequiredChecks(
  client: InstallationClient,
  { owner, repo }: Repository,
  branch: string,
): Promise<readonly RequiredCheck[]> {
  const place = { owner, repo, branch };
  const [rules, found] = await Promise.all([
    readIfThere(client, "GET /repos/{owner}/{repo}/rules/branches/{branch}", {
      ...place,
      per_page: 100,
    }),
    readIfThere(client, "GET /repos/{owner}/{repo}/branches/{branch}", place),
  ]);
  const ofRulesets = array(rules)
    .filter((rule) => record(rule)?.type === "required_status_checks")
    .flatMap((rule) => array(at(rule, "parameters", "required_status_checks")))
    .map((check) => readCheck(check, record(check)?.integration_id));
  const ofProtection = array(at(found, "protection", "required_status_checks", "checks")).map(
    (check) => readCheck(check, record(check)?.app_id),
  );
  return [...ofRulesets, ...ofProtection].flatMap((check) => check ?? []);
}

/** A repository without a commit has no branch, and not every plan has rulesets. */
async function readIfThere(
  client: InstallationClient,
  route: string,
  parameters: Parameters,
): Promise<unknown> {
  try {
    return await client.read(route, parameters);
  } catch (error) {
    if (error instanceof Gone) return undefined;
    throw error;
  }
}

/** -1 is GitHub's word for any App. */
function readCheck(check: unknown, app: unknown): RequiredCheck | undefined {
  const context = text(record(check)?.context);
  const appId = integer(app);
  if (context === undefined) return undefined;
  return { context, appId: appId === undefined || appId < 0 ? undefined : appId };
}
