import type { ConfigurationReading } from "../core/config/read-configuration.js";
import type { PostedComment, RangeVerdict } from "../core/model/review.js";
import type { ScanResult } from "../core/model/scan-result.js";
import { type VerdictInput, verdictOf } from "../core/review/verdict.js";
import type { InstallationClient } from "../github/client/client.js";
import { Gone, Refused } from "../github/client/errors.js";
import { compareCommits } from "../github/files/compare-commits.js";
import { listFiles } from "../github/files/list-files.js";
import { readRange } from "../github/files/read-range.js";
import { type Observation, observe } from "../github/observe.js";
import type { DefaultBranch } from "../github/pull-request/default-branch.js";
import type { Sibling } from "../github/pull-request/siblings.js";
import type { PullRequestJob } from "./job.js";
import { type ReviewerOptions, scanRange } from "./reviewer.js";

/** What people asked for in the threads of the job's own pull request, and may. */
export type Requests = Pick<VerdictInput, "acceptances" | "reopened">;

/** Each costs requests and a scan. */
const MAX_RANGES = 5;

interface Judge {
  readonly reviewer: ReviewerOptions;
  readonly client: InstallationClient;
  readonly job: PullRequestJob;
  readonly policy: ConfigurationReading;
}

/**
 * A check belongs to a commit, and whoever may merge it anywhere sees the same one: so it is judged
 * against every base that an open pull request gives it, and against the default branch, where a
 * base that is already weak would hide what is new there.
 */
export async function judgeOtherRanges(
  judge: Judge,
  { pullRequest, defaultBranch }: Observation,
  requests: Requests,
): Promise<readonly RangeVerdict[]> {
  const { siblings, moreSiblings, headSha, baseRef, number, posted } = pullRequest;
  const judged: RangeVerdict[] = [];
  for (const sibling of siblings.slice(0, MAX_RANGES)) {
    const verdict = await judgeSibling(judge, sibling, headSha);
    if (verdict !== undefined) judged.push(verdict);
  }
  judged.push(...siblings.slice(MAX_RANGES).map((sibling) => unknown(labelOf(sibling))));
  if (moreSiblings) judged.push(unknown(labelOf({ number, baseRef })));
  const bases = [baseRef, ...judged.map(baseOf)];
  if (defaultBranch !== undefined && !bases.includes(defaultBranch.name)) {
    judged.push(await judgeDefaultBranch(judge, defaultBranch, headSha, posted.comments, requests));
  }
  return judged;
}

/** The branch that it says it was judged against. */
function baseOf({ label }: RangeVerdict): string | undefined {
  return label.kind === "pull-request" ? label.baseRef : label.name;
}

async function judgeSibling(
  judge: Judge,
  sibling: Sibling,
  headSha: string,
): Promise<RangeVerdict | undefined> {
  const { client, job, reviewer, policy } = judge;
  const target = { ...job, number: sibling.number };
  return await orUnknown(labelOf(sibling), async () => {
    const observation = await observe(client, target, await listFiles(client, target));
    // It moved on, or was closed: then it shares nothing any more.
    if (observation?.pullRequest.headSha !== headSha || !observation.pullRequest.open) {
      return undefined;
    }
    const { pullRequest, changes, around } = observation;
    const scan = await scanRange(reviewer, client, job, pullRequest, changes, policy, around);
    const asked = { acceptances: [], reopened: [] };
    return verdict(judge, labelOf(pullRequest), scan, pullRequest.posted.comments, asked);
  });
}

async function judgeDefaultBranch(
  judge: Judge,
  { name, sha }: DefaultBranch,
  headSha: string,
  comments: readonly PostedComment[],
  requests: Requests,
): Promise<RangeVerdict> {
  const { client, job, reviewer, policy } = judge;
  const label = { kind: "default-branch", name } as const;
  return await orUnknown(label, async () => {
    const { mergeBase, listing } = await compareCommits(client, job, sha, headSha);
    const range = { baseSha: sha, headSha, mergeBase };
    const changes = await readRange(client, job, range, listing);
    const scan = await scanRange(reviewer, client, job, range, changes, policy);
    return verdict(judge, label, scan, comments, requests);
  });
}

function verdict(
  { reviewer, policy }: Judge,
  label: RangeVerdict["label"],
  scan: ScanResult,
  comments: readonly PostedComment[],
  requests: Requests,
): RangeVerdict {
  const { conclusion, failing } = verdictOf({
    scan,
    comments,
    rules: reviewer.rules.map(({ meta }) => meta),
    configuration: policy.configuration,
    ...requests,
  });
  return { label, conclusion, failing, unscanned: scan.unscanned.length };
}

/** What GitHub does not show, or refuses to compare, could not be judged. */
async function orUnknown<Judged>(
  label: RangeVerdict["label"],
  judge: () => Promise<Judged>,
): Promise<Judged | RangeVerdict> {
  try {
    return await judge();
  } catch (error) {
    if (error instanceof Gone || error instanceof Refused) return unknown(label);
    throw error;
  }
}

function labelOf({ number, baseRef }: Pick<Sibling, "number" | "baseRef">): RangeVerdict["label"] {
  return { kind: "pull-request", number, baseRef };
}

function unknown(label: RangeVerdict["label"]): RangeVerdict {
  return { label, conclusion: "unknown", failing: [], unscanned: 0 };
}
