import type { RequiredCheck } from "../../github/app/required-checks.js";
import { fix, listNames, note, ok, type Remark } from "./remark.js";

/** The default branch of a repository, and what it asks for. */
export interface Branch {
  /** `owner/name`. */
  readonly repository: string;
  readonly branch: string;
  readonly checks: readonly RequiredCheck[];
}

const CHECK = "cyclekey";

/** Whether the check gates what is merged, and only ours can pass the gate. */
export function judgeRequiredChecks(branches: readonly Branch[], appId: number): readonly Remark[] {
  const remarks: Remark[] = [];
  const bound: string[] = [];
  const open: string[] = [];
  for (const { repository, branch, checks } of branches) {
    const ours = checks.filter(({ context }) => context === CHECK);
    const wrong = ours.find((check) => check.appId !== appId);
    if (ours.length === 0) open.push(repository);
    else if (wrong === undefined) bound.push(repository);
    else
      remarks.push(
        fix(
          `${repository} takes ${CHECK} on ${branch} from ${whoOf(wrong)}: choose cyclekey as the source of the required check in its ruleset or branch protection.`,
        ),
      );
  }
  if (bound.length > 0) {
    remarks.unshift(
      ok(`${listNames(bound)}: the check is required, and only this App can pass it.`),
    );
  }
  if (open.length > 0) {
    remarks.push(
      note(
        `${listNames(open)}: the check is not required, so a pull request that fails it can be merged; require it in a ruleset for the default branch, with this App as its source.`,
      ),
    );
  }
  return remarks;
}

function whoOf({ appId }: RequiredCheck): string {
  return appId === undefined ? "any App or user" : `another App (${appId})`;
}
