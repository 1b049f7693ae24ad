import { GITHUB_LIMITS } from "../../src/core/review/limits.js";
import { RULES } from "../../src/core/rules/index.js";
import { loadPython } from "../../src/grammar/node.js";
import { createHeadLocks, type HeadLocks } from "../../src/jobs/head-locks.js";
import type { Job } from "../../src/jobs/job.js";
import { createOpenHeads, type OpenHeads } from "../../src/jobs/open-heads.js";
import type { ReviewerOptions } from "../../src/jobs/reviewer.js";
import { createRunJob } from "../../src/jobs/run-job.js";
import { connect, silentLog, TARGET } from "../github/wire.js";

const parse = await loadPython();

export const REVIEWER: ReviewerOptions = { parse, rules: RULES, limits: GITHUB_LIMITS };
export const NEVER = new AbortController().signal;

/** A repository that a sweep saw, with one open pull request. */
export function sweptHeads(headSha: string): OpenHeads {
  const heads = createOpenHeads();
  heads.learn(TARGET.repositoryId, [{ number: TARGET.number, headSha }]);
  return heads;
}

export interface JobRun {
  /** Jobs that it left for the queue. */
  readonly left: readonly Job[];
}

export async function runJob(
  job: Job,
  more: { readonly openHeads?: OpenHeads; readonly locks?: HeadLocks } = {},
): Promise<JobRun> {
  const left: Job[] = [];
  const run = createRunJob({
    github: connect(),
    reviewer: REVIEWER,
    locks: createHeadLocks(),
    openHeads: createOpenHeads(),
    enqueue: (one) => void left.push(one),
    log: silentLog,
    ...more,
  });
  await run(job, { signal: NEVER, attempt: 1 });
  return { left };
}
