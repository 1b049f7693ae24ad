import type { FileChange } from "../model/change.js";
import type { Configuration, ConfigurationProblem } from "../model/configuration.js";
import type {
  Acceptance,
  Posted,
  PullRequestState,
  RangeVerdict,
  ReviewLimits,
  ReviewPlan,
} from "../model/review.js";
import type { RuleMeta } from "../model/rule.js";
import type { ScanResult } from "../model/scan-result.js";
import { atLeast } from "../model/severity.js";
import { catalogueOf } from "../render/words.js";
import { planEdits } from "./edits.js";
import { sortByGravity } from "./gravity.js";
import { readOwnComments } from "./own-comment.js";
import { placeComments } from "./placement.js";
import { planCheck } from "./plan-check.js";
import { decideStandings } from "./standing.js";
import { judgeStandings } from "./verdict.js";

export interface ReviewInput {
  readonly scan: ScanResult;
  /** The files that were scanned: they say where a comment may stand. */
  readonly changes: readonly FileChange[];
  readonly rules: readonly RuleMeta[];
  readonly pullRequest: PullRequestState;
  /** Only what our own App wrote. */
  readonly posted: Posted;
  readonly limits: ReviewLimits;
  readonly configuration: Configuration;
  readonly configurationProblems: readonly ConfigurationProblem[];
  /** This pull request changes the configuration file. */
  readonly configurationChange: boolean;
  /** What was asked for in replies and admitted, at most one for a comment. */
  readonly acceptances: readonly Acceptance[];
  /** Ids of comments whose acceptance was taken back. */
  readonly reopened: readonly number[];
  /** The verdict on the head is the worst of this range's and theirs. */
  readonly otherRanges: readonly RangeVerdict[];
  /** Whether the installation grants what closing a thread needs. */
  readonly mayResolveThreads: boolean;
  /** Address of docs/rules, without a final slash. */
  readonly docsUrl?: string | undefined;
}

/**
 * Everything that a review writes. Applied once, it plans nothing more for the same input: a finding
 * that a comment of ours tells of is not commented again, wherever its lines went.
 */
export function planReview(input: ReviewInput): ReviewPlan {
  const { scan, pullRequest, limits, configuration } = input;
  const { comments: manners } = configuration;
  const catalogue = catalogueOf(input.rules, input.configuration, input.docsUrl);
  const own = readOwnComments(input.posted.comments);
  const standings = decideStandings(own, scan, input);
  const { edits, covered, live, withoutEffect } = planEdits({
    scan,
    comments: own,
    standings,
    requests: input,
    headSha: pullRequest.headSha,
    mayResolveThreads: input.mayResolveThreads,
    commentLimit: manners.max,
    bodyLimit: limits.body,
    catalogue,
  });
  const findings = sortByGravity(scan.findings);
  const silent = pullRequest.draft && !manners.drafts;
  const { comments, placements } = placeComments({
    findings: findings.filter(
      ({ severity, fingerprint }) => atLeast(severity, "warning") && !covered.has(fingerprint),
    ),
    changes: input.changes,
    room: silent ? 0 : manners.max - live,
    whenFull: silent ? "draft" : "no-room",
    bodyLimit: limits.body,
    catalogue,
  });
  const check = planCheck({
    ...input,
    range: pullRequest,
    verdict: judgeStandings(input, standings),
    placements,
    catalogue,
  });
  return { comments, edits, check, withoutEffect };
}
