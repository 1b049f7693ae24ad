import type { Probot } from "probot";
import type { Log } from "../github/client/log.js";
import { describeJob, type Job, placeOf } from "../jobs/job.js";
import type { OpenHeads } from "../jobs/open-heads.js";
import type { Queue } from "../jobs/queue.js";
import type { CommandLimit } from "./command-limit.js";
import { EVENTS, workFrom } from "./delivery-to-work.js";
import type { Deliver } from "./webhook-endpoint.js";
import type { Work } from "./work.js";

/** The queue takes no more, so the delivery must not be acknowledged. */
class QueueFull extends Error {
  override readonly name = "QueueFull";
}

export interface AppOptions {
  readonly appId: number;
  readonly queue: Queue;
  readonly openHeads: OpenHeads;
  readonly commandLimit: CommandLimit;
  /** Looks at what is open there; an empty list means every repository of the installation. */
  readonly sweepRepositories: (installationId: number, repositories: readonly string[]) => void;
  readonly log: Log;
}

/**
 * Turns deliveries into jobs. Probot dispatches the events and nothing else: the handlers never use
 * its client, and end before anything is asked of GitHub.
 */
export function createApp(probot: Probot, options: AppOptions): Deliver {
  const { queue, log } = options;
  probot.on([...EVENTS], ({ id, name, payload }) => {
    const work = workFrom(name, payload, id, options.appId);
    if (work === undefined) return;
    if ("sweep" in work) {
      options.sweepRepositories(work.sweep.installationId, work.sweep.repositories);
      return;
    }
    if (!mayAsk(work, options)) {
      log.info({ delivery: id, installation: work.job.installationId }, "too many commands");
      return;
    }
    const [job, ...others] = remembered(work, options.openHeads);
    if (!queue.add(job)) throw new QueueFull("the queue takes no more jobs");
    for (const other of others) queue.add(other);
    log.info({ ...describeJob(job), event: name }, "job queued");
  });

  return async ({ id, event, payload }) => {
    const delivery = { id, name: event, payload } as unknown;
    try {
      await probot.receive(delivery as Parameters<Probot["receive"]>[0]);
      return "accepted";
    } catch (error) {
      if (isFull(error)) return "busy";
      throw error;
    }
  };
}

type JobWork = Exclude<Work, { readonly sweep: unknown }>;

function mayAsk({ job, askedBy }: JobWork, { commandLimit }: AppOptions): boolean {
  if (askedBy === undefined || job.kind !== "pull-request") return true;
  return commandLimit.take(job.installationId, `${job.repositoryId}/${job.number}`, askedBy);
}

/**
 * The job, told whether its head was known before: then it may have a check of ours, of this process
 * or of one before. Who had the head that the pull request leaves may come off better without it.
 */
function remembered({ job, closes }: JobWork, openHeads: OpenHeads): readonly [Job, ...Job[]] {
  if (job.kind !== "pull-request") return [job];
  const { repositoryId, number, hint } = job;
  if (closes) openHeads.closed(repositoryId, number);
  if (hint === undefined) return [job];
  const { headSha } = hint;
  const known = openHeads.isKnown(repositoryId, headSha);
  const left = openHeads.leftBehind(repositoryId, number, headSha);
  openHeads.seen(repositoryId, number, headSha);
  const others = left.map(
    (other): Job => ({ kind: "pull-request", ...placeOf(job), number: other, commands: [] }),
  );
  return [known ? { ...job, careful: true } : job, ...others];
}

/** Probot wraps what handlers throw. */
function isFull(error: unknown): boolean {
  const errors: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
  return errors.some((one) => one instanceof QueueFull);
}
