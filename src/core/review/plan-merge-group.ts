import type { FileChange } from "../model/change.js";
import type { ConfigurationProblem } from "../model/configuration.js";
import type { CheckRunPlan, ReviewLimits } from "../model/review.js";
import { catalogueOf } from "../render/words.js";
import { planCheck } from "./plan-check.js";
import { type VerdictInput, verdictOf } from "./verdict.js";

/** `comments` are ours on the pull request that the group's ref names: its acceptances count. */
export interface MergeGroupInput extends Omit<VerdictInput, "acceptances" | "reopened"> {
  readonly baseSha: string;
  readonly headSha: string;
  /** The files that were scanned. */
  readonly changes: readonly FileChange[];
  readonly configurationProblems: readonly ConfigurationProblem[];
  readonly limits: ReviewLimits;
  readonly docsUrl?: string | undefined;
}

/** The check of what a merge queue is about to put on the base branch. It comments nothing. */
export function planMergeGroup(input: MergeGroupInput): CheckRunPlan {
  const catalogue = catalogueOf(input.rules, input.configuration, input.docsUrl);
  return planCheck({
    ...input,
    range: { number: "merge-group", baseSha: input.baseSha, headSha: input.headSha },
    verdict: verdictOf({ ...input, acceptances: [], reopened: [] }),
    otherRanges: [],
    placements: new Map(),
    configurationChange: false,
    catalogue,
  });
}
